import { defined } from '../core/defined.ts';
import { toMachinePrice } from '../core/price.ts';
import { type NamedProduct, toPath, toText } from './json-ld.ts';

type Fields = Record<string, unknown>;

/**
 * Products that the page names in its own data, besides JSON-LD: Shopify's `ShopifyAnalytics.meta.products` (prices
 * in cents, https://shopify.dev/docs/api/liquid/objects/content_for_header) and the items of GA4's `view_item_list`
 * (https://developers.google.com/analytics/devguides/collection/ga4/reference/events#view_item_list).
 */
export function readPageData(page: object): NamedProduct[] {
  const { ShopifyAnalytics, dataLayer } = page as Fields;
  const meta = fields(fields(ShopifyAnalytics)?.meta);
  const shopify = list(meta?.products ?? (meta?.product === undefined ? [] : [meta.product]));
  return [
    ...withNames(shopify.flatMap((product) => fromShopify(fields(product)))),
    ...list(dataLayer).flatMap((pushed) => fromGa4(pushed)),
  ];
}

/** Names too tell products, where no two share one. */
const withNames = (products: readonly NamedProduct[]): NamedProduct[] =>
  products.map((product) => {
    const { title } = product.facts;
    const isOnly = title !== undefined && products.filter(({ facts }) => facts.title === title).length === 1;
    return isOnly ? { ...product, ids: [...product.ids, title] } : product;
  });

function fromShopify(product: Fields | undefined): NamedProduct[] {
  const id = toText(product?.id);
  if (product === undefined || id === undefined) return [];
  const variant = fields(list(product.variants)[0]);
  const name = toText(product.title) ?? toText(variant?.name)?.replace(/ - [^-]*$/, '');
  const cents = typeof variant?.price === 'number' ? variant.price : undefined;
  const handle = toText(product.handle);
  return [
    {
      ids: [id, ...(handle === undefined ? [] : [handle])],
      path: handle === undefined ? undefined : toPath(`/products/${handle}`),
      currency: undefined,
      facts: defined({
        title: name,
        price: cents === undefined ? undefined : cents / 100,
        brand: toText(product.vendor),
        category: toText(product.type),
      }),
    },
  ];
}

/** A push of the data layer, by `dataLayer.push({ event, ecommerce })` or `gtag('event', name, parameters)`. */
function fromGa4(pushed: unknown): NamedProduct[] {
  const arg = (index: number) => (isArgs(pushed) ? pushed[index] : undefined);
  const event = arg(0) === 'event' ? arg(1) : fields(pushed)?.event;
  if (event !== 'view_item_list' && event !== 'view_item') return [];
  const source = fields(arg(0) === 'event' ? arg(2) : fields(pushed)?.ecommerce);
  return list(source?.items).flatMap((item) => toNamed(fields(item), source?.currency));
}

/** One item of a GA4 e-commerce event. */
export function toNamed(item: Fields | undefined, currency: unknown): NamedProduct[] {
  const id = toText(item?.item_id) ?? toText(item?.id);
  if (item === undefined || id === undefined) return [];
  const category = ['', 2, 3, 4, 5].flatMap((level) => toText(item[`item_category${level}`]) ?? []);
  return [
    {
      ids: [id, ...(toText(item.item_name) === undefined ? [] : [String(item.item_name)])],
      path: undefined,
      currency: toText(item.currency) ?? toText(currency),
      facts: defined({
        title: toText(item.item_name),
        price: toMachinePrice(item.price),
        brand: toText(item.item_brand),
        category: category.length > 0 ? category.join(' > ') : undefined,
      }),
    },
  ];
}

export const isArgs = (value: unknown): value is ArrayLike<unknown> =>
  typeof value === 'object' && value !== null && 'length' in value;
export const fields = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null ? (value as Fields) : undefined;
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
