import { readFileSync } from 'node:fs';
import { list, orderBody, page, productBody, type ShopProduct, TAG } from './html.ts';

/** One thing bought, with its time. */
export interface Purchase {
  readonly id: string;
  /** Seconds since 1970. */
  readonly t: number;
}

/** A real returning customer; see test/data/README.md. */
export interface RealShopper {
  readonly shopper: number;
  /** Oldest first. */
  readonly purchases: readonly Purchase[];
  /** What was bought next, at `at`, and the category page it stood on in the shop's own order. */
  readonly target: string;
  readonly at: number;
  readonly list: readonly string[];
}

const lines = <Line>(name: string): Line[] =>
  readFileSync(`test/data/${name}`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line); // checked in, written by test/data/make-sample.ts

export function readRealShoppers(): readonly RealShopper[] {
  return lines<RealShopper>('shoppers.jsonl');
}

/** Purchases of one order, oldest order first. The lines of an invoice carry one time. */
export function ordersOf({ purchases }: RealShopper): readonly (readonly Purchase[])[] {
  const byTime = new Map<number, Purchase[]>();
  for (const purchase of purchases) byTime.set(purchase.t, [...(byTime.get(purchase.t) ?? []), purchase]);
  return [...byTime].sort(([a], [b]) => a - b).map(([, order]) => order);
}

export const categoryPath = ({ shopper }: RealShopper): string => `/category/${shopper}`;
export const orderPath = ({ shopper }: RealShopper, index: number): string => `/order/${shopper}/${index}`;

/** The cart of this shop answers in the page, as many do; it also halves the pages that a test has to load. */
const CART_SCRIPT = `<p role="status"></p><script>document.querySelector('form').addEventListener('submit', (event) => {
  event.preventDefault();
  document.querySelector('[role=status]').textContent = 'In your cart';
});</script>`;

/** The gift shop's pages: home, every product, each shopper's orders and next category page. */
export function giftShop(shoppers: readonly RealShopper[]): (path: string) => string | undefined {
  const products = new Map(lines<ShopProduct>('products.jsonl').map((product) => [product.id, product]));
  const find = (id: string): ShopProduct => {
    const found = products.get(id);
    if (found === undefined) throw new Error(`no product ${id} in test/data/products.jsonl`);
    return found;
  };
  const pages = new Map<string, () => string>([
    ['/', () => page({ title: 'Gifts', tag: TAG, body: '<a href="/cart">Cart</a>' })],
  ]);
  for (const product of products.values())
    pages.set(`/p/${product.id}`, () =>
      page({ title: product.title, tag: TAG, body: productBody(product) + CART_SCRIPT }),
    );
  for (const shopper of shoppers) {
    const body = () => list(shopper.list.map(find), 'json-ld');
    pages.set(categoryPath(shopper), () =>
      page({ title: find(shopper.target).category ?? '', tag: TAG, body: body() }),
    );
    for (const [index, order] of ordersOf(shopper).entries())
      pages.set(orderPath(shopper, index), () =>
        page({
          title: 'Thank you',
          tag: TAG,
          body: orderBody(order.map(({ id }) => ({ product: find(id), quantity: 1 }))),
        }),
      );
  }
  return (path) => pages.get(path)?.();
}
