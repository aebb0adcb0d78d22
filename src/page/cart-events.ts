import type { Undo } from './adopt-sheet.ts';
import type { Guard } from './guard.ts';
import { toText } from './json-ld.ts';
import { fields } from './page-data.ts';

/**
 * Takes what was put into the cart.
 * @param source who told it: two of them tell the same
 * @param id the shop system's id of the product, where it is told
 * @param button what was pressed, where it is told
 */
export type TakeCart = (source: string, id: string | undefined, button: Node | undefined) => void;

interface JQueryEvents {
  on(name: string, hear: (...told: unknown[]) => void): void;
  off(name: string, hear: (...told: unknown[]) => void): void;
}

/** Dawn's names of its own messages; they exist only with that theme and those made from it. */
declare const PUB_SUB_EVENTS: unknown;

/** Shopify's themes: Horizon's own event, Shopify's standard one, and those of vintage and bought themes. */
const SHOPIFY = ['cart:update', 'shopify:cart:lines-update', 'cart:item-added', 'product-ajax:added'];
const WOO = 'added_to_cart';

/**
 * Listens to the cart events of WooCommerce (blocks: https://developer.woocommerce.com/docs/block-development/reference/dom-events/,
 * classic: by the page's jQuery, which alone hears its own) and of Shopify's themes. Nothing of theirs is replaced.
 */
export function hearCart(take: TakeCart, guard: Guard): Undo {
  const controller = new AbortController();
  const { signal } = controller;
  const takeShopify = guard((source: string, told: unknown) => {
    const detail = fields(told);
    const data = fields(detail?.data) ?? detail;
    const id =
      toText(data?.productId) ?? toText(fields(detail?.product ?? detail?.cartItem ?? detail)?.product_id);
    if (id !== undefined && data?.didError !== true && !signal.aborted) take(source, id, undefined);
  });
  for (const name of SHOPIFY)
    document.addEventListener(
      name,
      guard((event: Event) => {
        const { detail, action, promise } = event as Event & Record<'detail' | 'action' | 'promise', unknown>;
        if (!(promise instanceof Promise)) takeShopify(name, detail);
        else if (action === 'add')
          promise.then(
            (told: unknown) => takeShopify(name, fields(told)?.detail),
            () => {}, // not put into the cart
          );
      }),
      { signal },
    );
  document.addEventListener(
    `wc-blocks_${WOO}`,
    guard(() => take('blocks', undefined, undefined)),
    { signal },
  );

  const page = window as { jQuery?: unknown; subscribe?: unknown };
  const hearJQuery = guard((_event: unknown, _fragments: unknown, _hash: unknown, pressed: unknown) => {
    const button = fields(pressed)?.[0];
    const node = button instanceof Element ? button : undefined;
    take(WOO, node?.getAttribute('data-product_id') ?? undefined, node);
  });
  let body: JQueryEvents | undefined;
  const findShop = guard(() => {
    if (body !== undefined || typeof page.jQuery !== 'function') return;
    body = page.jQuery(document.body) as JQueryEvents;
    body.on(WOO, hearJQuery as () => void);
  });
  findShop();
  window.addEventListener('load', findShop, { signal }); // by then it is there, if ever

  let unsubscribe: unknown;
  guard(() => {
    const name = typeof PUB_SUB_EVENTS === 'undefined' ? undefined : fields(PUB_SUB_EVENTS)?.cartUpdate;
    if (typeof page.subscribe !== 'function' || name === undefined) return;
    unsubscribe = page.subscribe(name, (told: unknown) => {
      const update = fields(told);
      if (update?.source === 'product-form') takeShopify('pubsub', update.cartData);
    });
  })();
  return () => {
    controller.abort();
    guard(() => {
      body?.off(WOO, hearJQuery as () => void);
      if (typeof unsubscribe === 'function') unsubscribe(); // Dawn's first releases give none back that is right
    })();
  };
}
