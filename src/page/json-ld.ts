import { defined } from '../core/defined.ts';
import type { ItemFacts } from '../core/item.ts';
import { toMachinePrice } from '../core/price.ts';
import type { Steps } from '../core/steps.ts';

/** A product as the page's structured data names it. */
export interface NamedProduct {
  /** Every id given, best first: productID, sku, the path of @id, the path of the address. */
  readonly ids: readonly string[];
  /** Path of the product's own page, to find its card by its link. */
  readonly path: string | undefined;
  readonly facts: ItemFacts;
  readonly currency: string | undefined;
  readonly image?: string;
}

export interface OrderedItem {
  readonly product: NamedProduct;
  readonly quantity: number;
}

/** What schema.org JSON-LD on a page tells us (https://schema.org/Product, /ItemList, /Order). */
export interface StructuredData {
  /** Members of lists. */
  readonly listed: readonly NamedProduct[];
  /** Products that stand alone: the page's own product. */
  readonly single: readonly NamedProduct[];
  readonly ordered: readonly OrderedItem[];
}

type Json = Record<string, unknown>;

/** schema.org's names for what cannot be bought now (https://schema.org/ItemAvailability). */
export const SOLD_OUT = /OutOfStock|SoldOut|Discontinued/i;

/** Reads every JSON-LD block; broken blocks are skipped, as search engines do. */
export function* readStructuredData(root: ParentNode): Steps<StructuredData> {
  const listed: NamedProduct[] = [];
  const single: NamedProduct[] = [];
  const ordered: OrderedItem[] = [];

  function* visit(value: unknown, isInList: boolean): Steps<void> {
    yield;
    if (Array.isArray(value)) {
      for (const inner of value) yield* visit(inner, isInList);
      return;
    }
    if (!isJson(value) || isOf(value, 'BreadcrumbList')) return; // its ListItems are pages, not products
    if (isOf(value, 'Order')) {
      for (const item of asArray(value.orderedItem ?? value.acceptedOffer)) addOrdered(item);
      return;
    }
    if (isOf(value, 'Product') || isOf(value, 'ProductGroup')) {
      (isInList ? listed : single).push(toProduct(value));
      return;
    }
    if (isOf(value, 'ListItem')) {
      const url = value.url ?? value.item;
      if (isJson(value.item)) yield* visit({ url, ...value.item }, isInList);
      else if (typeof url === 'string') listed.push(toProduct({ ...value, url }));
      return;
    }
    yield* visit(value.itemListElement, true);
    yield* visit(value['@graph'], isInList);
    yield* visit(value.mainEntity, isInList);
  }
  function addOrdered(item: unknown): void {
    if (!isJson(item)) return;
    const product = item.orderedItem ?? item.itemOffered ?? item;
    const quantity = toNumber(
      item.orderQuantity ?? (isJson(item.eligibleQuantity) ? item.eligibleQuantity.value : 1),
    );
    if (isJson(product)) ordered.push({ product: toProduct(product), quantity: quantity ?? 1 });
  }

  for (const script of root.querySelectorAll('script[type="application/ld+json"]')) {
    try {
      yield* visit(JSON.parse(script.textContent ?? ''), false);
    } catch {
      // not JSON: the shop's mistake, and search engines ignore such a block too
    }
  }
  return { listed, single, ordered };
}

/** Addresses whose path stands in them as it is, which is most: reading a thousand as URLs takes tens of ms. */
const PLAIN_ADDRESS = /^(?:https?:\/\/[\w.:-]+)?(\/(?:[\w~-][\w~/-]*)?)(?:[?#]|$)/;

/** Where one program shows every product, the query string tells which. */
const PRODUCT_QUERY = /\.(?:php|aspx)\b.*?[?&](?:product_?|item_?|p)?id=(\w+)/;

/**
 * Shopify's second address of a product, by way of a collection, also behind a market's prefix ("/en-gb")
 * (https://shopify.dev/docs/api/liquid/filters/within); and slashes at an end.
 */
const SURPLUS = /^(\/[a-z]{2}(?:-[a-z]{2,4})?)?\/collections\/[^/]+(?=\/products\/)|\/+$/g;

/**
 * A path without origin, query string, trailing slash and the collection by way of which it leads to a product; `undefined`
 * for another origin or no address.
 */
export function toPath(address: unknown): string | undefined {
  if (typeof address !== 'string' || address === '') return undefined;
  let [, path] = PLAIN_ADDRESS.exec(address) ?? [];
  try {
    if (path === undefined) {
      const { protocol, pathname, search } = new URL(address, document.baseURI);
      if (!/^https?:$/.test(protocol)) return undefined;
      const [, product] = PRODUCT_QUERY.exec(pathname + search) ?? [];
      path = decodeURIComponent(pathname + (product ? `/${product}` : ''));
    }
    return path.replace(SURPLUS, '$1') || '/';
  } catch {
    return undefined;
  }
}

function toProduct(json: Json): NamedProduct {
  const path = toPath(json.url ?? json['@id']);
  const variants = asArray(json.hasVariant).filter(isJson); // a ProductGroup's sizes are those of its variants
  const offer = firstOffer(json) ?? variants.map(firstOffer).find(isJson);
  const inner = offer === undefined ? undefined : (asArray(offer.offers).find(isJson) ?? offer); // AggregateOffer
  const sized =
    variants.length > 0 ? variants.filter((variant) => isInStock(firstOffer(variant)) !== false) : [json];
  const sizes = sized.flatMap(({ size }) => asArray(size)).flatMap((size) => nameOf(size) ?? []);
  return {
    ids: [json.productID, json.sku, json.mpn, toPath(json['@id']), path].flatMap((id) => toText(id) ?? []),
    path,
    currency: toText(inner?.priceCurrency ?? offer?.priceCurrency),
    facts: defined({
      title: toText(json.name),
      price: toMachinePrice(inner?.price ?? inner?.lowPrice ?? offer?.lowPrice),
      brand: nameOf(json.brand),
      category: toText(asArray(json.category)[0]),
      colour: toText(asArray(json.color)[0]),
      sizes: sizes.length > 0 ? [...new Set(sizes)] : undefined,
      inStock: isInStock(inner) ?? isInStock(offer),
    }),
  };
}

const firstOffer = (json: Json): Json | undefined => asArray(json.offers).find(isJson);
const nameOf = (value: unknown): string | undefined => toText(isJson(value) ? value.name : value);

/** `undefined` where the offer does not say. */
function isInStock(offer: Json | undefined): boolean | undefined {
  const availability = toText(offer?.availability);
  return availability === undefined ? undefined : !SOLD_OUT.test(availability);
}

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const asArray = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
const isOf = (json: Json, type: string): boolean =>
  asArray(json['@type']).some((name) => typeof name === 'string' && name.replace(/^.*[/:#]/, '') === type);

export function toText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function toNumber(value: unknown): number | undefined {
  const number = Number(value);
  return Number.isFinite(number) && number > 0 ? number : undefined;
}
