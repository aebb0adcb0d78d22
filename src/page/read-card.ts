import { defined } from '../core/defined.ts';
import type { ItemId } from '../core/ids.ts';
import type { ItemFacts } from '../core/item.ts';
import { toItemId } from '../core/minimize.ts';
import { toPrice } from '../core/price.ts';
import type { Recipe, RecipeField } from '../core/recipe.ts';
import { type NamedProduct, SOLD_OUT, toPath } from './json-ld.ts';
import { lookForName, lookForPrice, lookForStock, lookForTitle } from './read-look.ts';
import { markIn, readRule } from './read-rule.ts';
import { IMAGE_RULE } from './themes.ts';

/** Finds a structured product by one of its ids or by the path of its page. */
export type FindNamed = (key: string) => NamedProduct | undefined;

/** What of a card was read, and how sure that is: 0 (nothing found) to 1 (said by the shop for this purpose). */
export type FieldName =
  | 'id'
  | 'title'
  | 'price'
  | 'brand'
  | 'category'
  | 'inStock'
  | 'image'
  | 'handle'
  | 'slot';
export type Confidence = Readonly<Partial<Record<FieldName, number>>>;

export interface ReadProduct {
  readonly id: ItemId | null;
  readonly facts: ItemFacts;
  readonly currency: string | undefined;
  readonly handle: string | undefined;
  readonly image: string | undefined;
  readonly confidence: Confidence;
}

/** How far each way of reading is believed. */
const SURE = { own: 1, theme: 0.95, named: 0.95, micro: 0.9, attribute: 0.8, path: 0.6, look: 0.5 } as const;
type Sureness = (typeof SURE)[keyof typeof SURE];

export const ID_ATTRIBUTES = [
  'data-reshelf-item',
  'data-product-id',
  'data-product_id',
  'data-id-product',
  'data-item-id',
  'data-entity-id',
  'data-sku',
  'data-product-sku',
  'data-id',
];
const BRAND_ATTRIBUTES = ['data-brand', 'data-vendor', 'data-product-brand', 'data-product-vendor'];
const CATEGORY_ATTRIBUTES = ['data-category', 'data-product-type', 'data-product-category'];
const ID_SELECTOR = ID_ATTRIBUTES.slice(1)
  .map((name) => `[${name}]`)
  .join(',');

/**
 * What an element says about its product: our own attributes first, then the page's structured data for it, the
 * theme's rules, microdata inside it, and last what a reader would take: heading, price, picture.
 */
export function readProduct(element: Element, find: FindNamed, theme?: Recipe): ReadProduct {
  const link = element.matches('a[href]') ? element : element.querySelector('a[href]:not([href^="#"])');
  const path = toPath(link?.getAttribute('href'));
  const micro = (name: string) => readMicrodata(element, name);
  const ruled = (field: RecipeField) => readRule(element, theme?.[field]);
  // Our attributes may stand on an element inside the card; those of a list do not describe the page's own product.
  const holder = element.matches('[data-reshelf-item], [data-reshelf-product]')
    ? element
    : (element.querySelector('[data-reshelf-item]') ?? element);
  const own = (name: string) => holder.getAttribute(`data-reshelf-${name}`)?.trim() || undefined;

  const confidence: { -readonly [Name in FieldName]?: Confidence[Name] } = {};
  /** The first value that was found, with how sure it is. */
  function first<Value>(
    field: FieldName,
    ...ways: readonly (readonly [Value | undefined, Sureness])[]
  ): Value | undefined {
    for (const [value, sure] of ways)
      if (value !== undefined) {
        confidence[field] = sure;
        return value;
      }
    return undefined;
  }

  const themeId = ruled('id');
  const otherId =
    attribute(element, ID_ATTRIBUTES) ??
    micro('productID') ??
    micro('sku') ??
    attribute(element.querySelector(ID_SELECTOR), ID_ATTRIBUTES);
  const ownId = own('item') ?? themeId ?? otherId;
  const title = ruled('title');
  const named = [ownId, path, title].map((key) => (key === undefined ? undefined : find(key))).find(Boolean);
  const facts = named?.facts;
  /** What is said of a product in words, surest first. */
  const said = (
    field: 'title' | 'brand' | 'category',
    property: string = field,
  ): [string | undefined, Sureness][] => [
    [own(field), SURE.own],
    [facts?.[field], SURE.named],
    [ruled(field), SURE.theme],
    [micro(property), SURE.micro],
  ];
  const given = named?.ids[0] === named?.path ? undefined : named?.ids[0];
  const isHandleOnly = themeId !== undefined && themeId === ruled('handle'); // where the page knows a real id, that counts
  const id = first<ItemId>(
    'id',
    [toItemId(own('item')), SURE.own],
    [isHandleOnly ? toItemId(given) : undefined, SURE.named],
    [toItemId(themeId), SURE.theme],
    [toItemId(otherId), SURE.attribute],
    [toItemId(named?.ids[0]), SURE.named],
    [toItemId(path), SURE.path],
  );
  const handle = first(
    'handle',
    [ruled('handle'), SURE.theme],
    [
      path
        ?.split('/')
        .at(-1)
        ?.replace(/\.html?$/, ''),
      SURE.path,
    ],
  );
  const image = first(
    'image',
    [named?.image, SURE.named],
    [ruled('image'), SURE.theme],
    [readRule(element, IMAGE_RULE), SURE.look],
  );
  return {
    id: id ?? null,
    handle,
    image,
    confidence,
    currency: own('currency') ?? named?.currency ?? micro('priceCurrency'),
    facts: defined({
      title: first('title', ...said('title', 'name'), [lookForTitle(element, link), SURE.look]),
      price: first(
        'price',
        [toPrice(own('price') ?? micro('price')), SURE.own],
        [facts?.price, SURE.named],
        [toPrice(ruled('price')), SURE.theme],
        [lookForPrice(element), SURE.look],
      ),
      brand: first(
        'brand',
        ...said('brand'),
        [within(element, BRAND_ATTRIBUTES), SURE.attribute],
        [
          lookForName(element, '[class*="brand" i], [class*="vendor" i], [class*="manufacturer" i]'),
          SURE.look,
        ],
      ),
      category: first(
        'category',
        ...said('category'),
        [within(element, CATEGORY_ATTRIBUTES), SURE.attribute],
        [lookForName(element, '[class*="category" i]'), SURE.look],
      ),
      colour: own('colour') ?? facts?.colour ?? micro('color'),
      sizes: own('sizes')?.split(/\s*[,|]\s*/) ?? facts?.sizes ?? readSizes(element),
      inStock: first(
        'inStock',
        [toStock(own('in-stock') ?? micro('availability')), SURE.own],
        [theme?.soldOut !== undefined && markIn(element, theme.soldOut) ? false : undefined, SURE.theme],
        [facts?.inStock, SURE.named],
        [lookForStock(element), SURE.look],
        [theme?.soldOut === undefined ? undefined : true, SURE.path], // a theme that marks what is sold out
      ),
    }),
  };
}

/** A brand is often an item of its own, with a name. */
function readMicrodata(element: Element, name: string): string | undefined {
  const property = `[itemprop~="${name}"]:not([itemprop~="brand"] *)`;
  const inner = `${property} [itemprop="name"]`;
  return readRule(
    element,
    `${property} @content || ${property} @href || ${inner} @content || ${inner} || ${property}`,
  );
}

function readSizes(element: Element): string[] | undefined {
  const sizes = [...element.querySelectorAll('[itemprop~="size"]')].map(
    (size) => (size.getAttribute('content') ?? size.textContent)?.trim() ?? '',
  );
  return sizes.length > 0 ? sizes : undefined;
}

/** One of these attributes on the element, else on the first inside that has one. */
const within = (element: Element, names: readonly string[]): string | undefined =>
  attribute(element, names) ??
  attribute(element.querySelector(names.map((name) => `[${name}]`).join(',')), names);

function attribute(element: Element | null, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = element?.getAttribute(name)?.trim();
    if (value) return value;
  }
  return undefined;
}

function toStock(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : !SOLD_OUT.test(text) && !/^(false|no|0)$/i.test(text);
}
