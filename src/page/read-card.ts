import { defined } from '../core/defined.ts';
import type { ItemId } from '../core/ids.ts';
import type { ItemFacts } from '../core/item.ts';
import { toItemId } from '../core/minimize.ts';
import { type NamedProduct, SOLD_OUT, toPath, toPrice } from './json-ld.ts';
import type { Slot } from './product-list.ts';

/** Finds a structured product by one of its ids or by the path of its page. */
export type FindNamed = (key: string) => NamedProduct | undefined;

export interface ReadProduct {
  readonly id: ItemId | null;
  readonly facts: ItemFacts;
  readonly currency: string | undefined;
}

const ID_ATTRIBUTES = [
  'data-reshelf-item',
  'data-product-id',
  'data-product_id',
  'data-id-product',
  'data-item-id',
  'data-sku',
];
const ID_SELECTOR = ID_ATTRIBUTES.slice(1)
  .map((name) => `[${name}]`)
  .join(',');

/**
 * What an element says about its product: our own attributes first, then the page's structured data for it, then
 * microdata inside it, then what a reader would take: heading, price, picture.
 */
export function readProduct(element: Element, find: FindNamed): ReadProduct {
  const link = element.matches('a[href]') ? element : element.querySelector('a[href]');
  const path = toPath(link?.getAttribute('href'));
  const micro = (name: string) => readMicrodata(element, name);
  // Our attributes may stand on an element inside the card; those of a list do not describe the page's own product.
  const holder = element.matches('[data-reshelf-item], [data-reshelf-product]')
    ? element
    : (element.querySelector('[data-reshelf-item]') ?? element);
  const ownId =
    attribute(holder, ID_ATTRIBUTES) ??
    attribute(element, ID_ATTRIBUTES) ??
    micro('productID') ??
    micro('sku') ??
    attribute(element.querySelector(ID_SELECTOR), ID_ATTRIBUTES);
  const named =
    (ownId === undefined ? undefined : find(ownId)) ?? (path === undefined ? undefined : find(path));
  const own = (name: string) => holder.getAttribute(`data-reshelf-${name}`)?.trim() || undefined;

  const priceText = own('price') ?? micro('price');
  const priceElement = element.querySelector(
    '[class*="price" i] ins, [class*="price" i] [class*="sale" i], [class*="price" i]',
  );
  const facts = named?.facts;
  return {
    id: toItemId(ownId ?? named?.ids[0] ?? path) ?? null,
    currency: own('currency') ?? named?.currency ?? micro('priceCurrency'),
    facts: defined({
      title: own('title') ?? facts?.title ?? micro('name') ?? readTitle(element, link),
      price: toPrice(priceText) ?? facts?.price ?? toPrice(priceElement?.textContent),
      brand: own('brand') ?? facts?.brand ?? micro('brand'),
      category: own('category') ?? facts?.category ?? micro('category'),
      colour: own('colour') ?? facts?.colour ?? micro('color'),
      sizes: own('sizes')?.split(/\s*[,|]\s*/) ?? facts?.sizes ?? readSizes(element),
      inStock: toStock(own('in-stock') ?? micro('availability')) ?? facts?.inStock ?? readStock(element),
    }),
  };
}

const SPONSORED_NAME = /(^|[-_\s])(sponsored|promoted|advert(isement)?|is-ad)($|[-_\s])/i;
const SPONSORED_LABEL =
  /^(sponsored|promoted|ad|advertisement|anzeige|gesponsert|sponsorisé|patrocinado|広告|إعلان)$/i;

/** Paid places are recognized by class, attribute or a visible label of their own. */
export function slotOf(element: Element, id: ItemId | null): Slot {
  if (id === null) return 'promo';
  const isMarked =
    SPONSORED_NAME.test(element.className) ||
    element.hasAttribute('data-sponsored') ||
    element.querySelector('[data-sponsored], .sponsored, .is-sponsored') !== null;
  if (isMarked) return 'sponsored';
  for (const leaf of element.querySelectorAll('span, p, small, div, b, strong, em'))
    if (leaf.childElementCount === 0 && SPONSORED_LABEL.test(leaf.textContent?.trim() ?? ''))
      return 'sponsored';
  return 'product';
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
  const texts = [heading?.textContent, link?.textContent, element.querySelector('img')?.alt];
  return texts.map((text) => text?.replace(/\s+/g, ' ').trim()).find((text) => text);
}

function toStock(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : !SOLD_OUT.test(text) && !/^(false|no|0)$/i.test(text);
}

function readStock(element: Element): boolean | undefined {
  const marks = `${element.className} ${element.querySelector('[class*="badge" i], [class*="stock" i]')?.textContent ?? ''}`;
  return /sold[-_\s]?out|out[-_\s]?of[-_\s]?stock|outofstock|ausverkauft|épuisé|agotado/i.test(marks)
    ? false
    : undefined;
}
