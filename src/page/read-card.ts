import { defined } from '../core/defined.ts';
import type { ItemId } from '../core/ids.ts';
import type { ItemFacts } from '../core/item.ts';
import { toItemId } from '../core/minimize.ts';
import { toPrice } from '../core/price.ts';
import type { Recipe, RecipeField } from '../core/recipe.ts';
import { type NamedProduct, SOLD_OUT, toPath } from './json-ld.ts';
import { hasMark, readRule } from './read-rule.ts';

/** Finds a structured product by one of its ids or by the path of its page. */
export type FindNamed = (key: string) => NamedProduct | undefined;

/** What of a card was read, and how sure that is: 0 (nothing found) to 1 (said by the shop for this purpose). */
export type FieldName = 'id' | 'title' | 'price' | 'brand' | 'category' | 'inStock' | 'image' | 'handle';
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

const ID_ATTRIBUTES = [
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
  const id = first<ItemId>(
    'id',
    [toItemId(own('item')), SURE.own],
    [toItemId(themeId), SURE.theme],
    [toItemId(otherId), SURE.attribute],
    [toItemId(named?.ids[0]), SURE.named],
    [toItemId(path), SURE.path],
  );
  const priceElement = element.querySelector(
    '[class*="price" i] ins, [class*="price" i] [class*="sale" i], [class*="price" i]',
  );
  const handle = first('handle', [ruled('handle'), SURE.theme], [path?.split('/').at(-1), SURE.path]);
  const image = first(
    'image',
    [named?.image, SURE.named],
    [ruled('image'), SURE.theme],
    [imageOf(element), SURE.look],
  );
  return {
    id: id ?? null,
    handle,
    image,
    confidence,
    currency: own('currency') ?? named?.currency ?? micro('priceCurrency'),
    facts: defined({
      title: first(
        'title',
        [own('title'), SURE.own],
        [facts?.title, SURE.named],
        [title, SURE.theme],
        [micro('name'), SURE.micro],
        [readTitle(element, link), SURE.look],
      ),
      price: first(
        'price',
        [toPrice(own('price') ?? micro('price')), SURE.own],
        [facts?.price, SURE.named],
        [toPrice(ruled('price')), SURE.theme],
        [toPrice(priceElement?.textContent), SURE.look],
      ),
      brand: first(
        'brand',
        [own('brand'), SURE.own],
        [facts?.brand, SURE.named],
        [ruled('brand'), SURE.theme],
        [micro('brand'), SURE.micro],
        [attribute(element, ['data-brand', 'data-vendor']), SURE.attribute],
      ),
      category: first(
        'category',
        [own('category'), SURE.own],
        [facts?.category, SURE.named],
        [ruled('category'), SURE.theme],
        [micro('category'), SURE.micro],
        [attribute(element, ['data-category', 'data-product-type']), SURE.attribute],
      ),
      colour: own('colour') ?? facts?.colour ?? micro('color'),
      sizes: own('sizes')?.split(/\s*[,|]\s*/) ?? facts?.sizes ?? readSizes(element),
      inStock: first(
        'inStock',
        [toStock(own('in-stock') ?? micro('availability')), SURE.own],
        [theme?.soldOut !== undefined && hasMark(element, theme.soldOut) ? false : undefined, SURE.theme],
        [facts?.inStock, SURE.named],
        [readStock(element), SURE.look],
        [theme?.soldOut === undefined ? undefined : true, SURE.path], // a theme that marks what is sold out
      ),
    }),
  };
}

function readMicrodata(element: Element, name: string): string | undefined {
  const property = element.querySelector(`[itemprop~="${name}"]:not([itemprop~="brand"] *)`);
  if (property === null) return undefined;
  const inner = property.querySelector('[itemprop="name"]'); // a brand is often an item of its own
  const value =
    property.getAttribute('content') ??
    property.getAttribute('href') ??
    (inner ?? property).getAttribute('content');
  return (value ?? (inner ?? property).textContent)?.trim() || undefined;
}

function readSizes(element: Element): string[] | undefined {
  const sizes = [...element.querySelectorAll('[itemprop~="size"]')].map(
    (size) => (size.getAttribute('content') ?? size.textContent)?.trim() ?? '',
  );
  return sizes.length > 0 ? sizes : undefined;
}

function attribute(element: Element | null, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = element?.getAttribute(name)?.trim();
    if (value) return value;
  }
  return undefined;
}

function readTitle(element: Element, link: Element | null): string | undefined {
  const heading = element.querySelector('h1, h2, h3, h4, [class*="title" i], [class*="name" i]');
  const texts = [heading?.textContent, link?.textContent, element.querySelector('img')?.getAttribute('alt')];
  return texts.map((text) => text?.replace(/\s+/g, ' ').trim()).find((text) => text);
}

function imageOf(element: Element): string | undefined {
  const image = element.querySelector('img');
  return image?.getAttribute('src') || image?.getAttribute('data-src') || undefined;
}

function toStock(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : !SOLD_OUT.test(text) && !/^(false|no|0)$/i.test(text);
}

const OUT_OF_STOCK =
  /sold[-_\s]?out|out[-_\s]?of[-_\s]?stock|outofstock|ausverkauft|nicht vorrätig|épuisé|rupture de stock|agotado|esaurito|uitverkocht/i;

function readStock(element: Element): boolean | undefined {
  const marks = [...element.querySelectorAll('[class*="badge" i], [class*="stock" i], [class*="flag" i]')];
  const said = marks.map((mark) => mark.textContent ?? '').join(' ');
  return OUT_OF_STOCK.test(`${element.className} ${said}`) ? false : undefined;
}
