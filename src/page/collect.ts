import type { Clock } from '../core/ambient.ts';
import { defined } from '../core/defined.ts';
import type { ItemId, SlateId } from '../core/ids.ts';
import type { ItemFacts } from '../core/item.ts';
import { toItemId } from '../core/minimize.ts';
import type { Observation } from '../core/observation.ts';
import type { Undo } from './adopt-sheet.ts';
import type { Guard } from './guard.ts';
import type { StructuredData } from './json-ld.ts';
import { cardAt, type ProductList } from './product-list.ts';
import type { PageProduct } from './product-page.ts';
import { hearShop } from './shop-events.ts';
import type { ShopSystems } from './shop-systems.ts';

export interface CollectParts {
  readonly clock: Clock;
  readonly data: StructuredData;
  readonly product: PageProduct | undefined;
  readonly hearCart: ShopSystems['hearCart'];
  readonly lists: () => readonly ProductList[];
  /** The answer that a list stands by. */
  readonly slateOf: (list: ProductList) => SlateId | undefined;
  /** Keeps observations. A click goes at once: the page may be leaving. */
  readonly observe: (seen: readonly Observation[]) => void;
  /** Wraps a listener so that nothing it throws reaches the page. */
  readonly guard: Guard;
  /** Keeps the view of the page's product; what it returns lengthens the view's dwell, in visible ms so far. */
  readonly observeView: (seen: Observation) => (dwellMs: number) => void;
}

/** When the dwell of an open page is noted; a view's worth does not grow after 20 s. */
const DWELL_NOTED_MS = [2_000, 5_000, 10_000, 20_000];
/** The shop's own event and what we see of it are never further apart: a slow shop answers a cart after seconds. */
const SAME_MS = 8_000;
const CART_ADDRESS = /(cart|basket|bag|warenkorb|panier)/i;
const CART_EDIT = /(remove|delete|change|update|clear|coupon)/i;
const CART_BUTTON =
  '[data-reshelf-cart], [name="add-to-cart"], .add_to_cart_button, [data-action="add-to-cart"]';
const SIZE_NAME = /(^|[^a-z])(size|größe|groesse|grösse|taille|talla|サイズ|المقاس)([^a-z]|$)/i;
const SEARCH_NAMES = ['q', 's', 'query', 'search', 'search_query', 'keyword', 'keywords', 'term'];

/**
 * Turns what happens on the page into observations, by delegated listeners that exist between this call and the
 * returned stop. It reads no keystrokes and no pointer paths.
 */
export function collect({
  clock,
  data,
  product,
  hearCart,
  lists,
  slateOf,
  observeView,
  guard,
  ...parts
}: CollectParts): Undo {
  const controller = new AbortController();
  const told = new Map<string, readonly [at: number, source: string]>();
  /** Keeps what no other source, of the shop's or we, has just told: the same of the same product counts once. */
  function keep(seen: readonly Observation[], source: string): void {
    const fresh = seen.filter(({ kind, itemId, at }) => {
      const [when, who] = told.get(`${kind} ${itemId}`) ?? [];
      return when === undefined || who === source || at - when > SAME_MS;
    });
    for (const { kind, itemId, at } of fresh) told.set(`${kind} ${itemId}`, [at, source]);
    if (fresh.length > 0) parts.observe(fresh);
  }
  const observe = (seen: readonly Observation[]) => keep(seen, 'own');
  const timers: ReturnType<typeof setTimeout>[] = [];
  const listen = <Name extends keyof DocumentEventMap>(
    name: Name,
    heard: (event: DocumentEventMap[Name]) => void,
  ) =>
    document.addEventListener(name, guard(heard), {
      capture: true,
      passive: true,
      signal: controller.signal,
    });

  /** The product that a node is about: its card's, else the page's own. */
  function productAt(node: Node | null): { itemId: ItemId; facts: ItemFacts } | undefined {
    const card = cardAt(lists(), node)?.card;
    if (card !== undefined) return card.id === null ? undefined : { itemId: card.id, facts: card.facts };
    return product;
  }
  function observeCart(node: Node, form: HTMLFormElement | null): void {
    const item = productAt(node);
    if (item === undefined) return;
    const size = form === null ? undefined : chosenSize(form);
    observe([{ kind: 'cart', at: clock(), ...item, ...defined({ size }) }]);
  }

  /** What was pressed last: the shop's word on its cart often names no product. */
  let pressed: Element | null = null;
  listen('click', ({ target }) => {
    if (!(target instanceof Element)) return;
    pressed = target;
    if (target.closest(CART_BUTTON) !== null && target.closest('form') === null) observeCart(target, null);
    const link = target.closest('a[href]');
    const found = link === null ? undefined : cardAt(lists(), link);
    if (found === undefined || found.card.id === null) return;
    const position = [...found.list.container.children].indexOf(found.card.element);
    const slateId = slateOf(found.list);
    const { id: itemId, facts } = found.card;
    observe([{ kind: 'click', at: clock(), itemId, facts, position, ...defined({ slateId }) }]);
  });
  listen('submit', ({ target, submitter }) => {
    if (!(target instanceof HTMLFormElement)) return;
    const action = submitter?.getAttribute('formaction') ?? target.getAttribute('action') ?? '';
    const isCart =
      (CART_ADDRESS.test(action) && !CART_EDIT.test(action)) || submitter?.matches(CART_BUTTON) === true;
    if (isCart) observeCart(target, target);
  });
  listen('change', ({ target }) => {
    const size = sizeFrom(target);
    if (size === undefined || product === undefined) return;
    observe([{ kind: 'size', at: clock(), ...product, size }]);
  });

  const query = searchTerms();
  if (query !== undefined) observe([{ kind: 'search', at: clock(), query }]);
  const bought = data.ordered.flatMap(({ product: { ids, facts }, quantity }): Observation[] => {
    const itemId = toItemId(ids[0]);
    const size = facts.sizes?.length === 1 ? facts.sizes[0] : undefined; // several: all that it comes in
    return itemId === undefined
      ? []
      : [{ kind: 'purchase', at: clock(), itemId, facts, quantity, ...defined({ size }) }];
  });
  if (bought.length > 0) observe(bought); // together: two lines of one product are no reloaded page
  if (product !== undefined && data.ordered.length === 0) {
    const lengthen = observeView({ kind: 'view', at: clock(), ...product, dwellMs: 0 });
    let visibleMs = 0;
    let since = clock();
    let wasVisible = document.visibilityState === 'visible';
    const note = guard(() => {
      const now = clock();
      if (wasVisible) visibleMs += Math.max(0, now - since);
      since = now;
      wasVisible = document.visibilityState === 'visible';
      lengthen(visibleMs);
    });
    listen('visibilitychange', note);
    window.addEventListener('pagehide', note, { signal: controller.signal });
    // A worker often ends with its page before the last message is read, so the dwell is noted on the way too.
    timers.push(...DWELL_NOTED_MS.map((ms) => setTimeout(note, ms)));
  }
  const unhear = hearShop(
    clock,
    (seen) => keep(product === undefined ? seen : seen.filter(({ kind }) => kind !== 'view'), 'ga4'), // that view is ours
    guard,
  );
  const unhearCart = hearCart((source, id, button) => {
    const itemId = toItemId(id);
    const cards = lists().flatMap((list) => list.cards);
    const facts = cards.find((card) => itemId !== undefined && card.id === itemId)?.facts;
    const named = itemId === undefined ? undefined : { itemId, facts: facts ?? {} };
    const item = facts === undefined ? (productAt(button ?? pressed) ?? named) : named;
    if (item !== undefined) keep([{ kind: 'cart', at: clock(), ...item }], source);
  }, guard);
  return () => {
    controller.abort();
    unhear();
    unhearCart();
    for (const timer of timers) clearTimeout(timer);
  };
}

function searchTerms(): string | undefined {
  const values = new URLSearchParams(location.search);
  for (const name of SEARCH_NAMES) {
    const value = values.get(name)?.trim();
    if (value) return value;
  }
  return undefined;
}

/** The size in a size control that was just used; a control is known by its name, id, label or legend. */
function sizeFrom(target: EventTarget | null): string | undefined {
  const isControl =
    target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && target.type === 'radio');
  if (!isControl) return undefined;
  const names = [target.name, target.id, target.getAttribute('aria-label'), target.dataset.optionName];
  const labels = [...(target.labels ?? [])].map((label) =>
    target instanceof HTMLSelectElement ? label.textContent : '',
  );
  const legend = target.closest('fieldset')?.querySelector('legend')?.textContent;
  if (![...names, ...labels, legend].some((text) => text && SIZE_NAME.test(text))) return undefined;
  const option = target instanceof HTMLSelectElement ? target.selectedOptions[0] : undefined;
  return target.value.trim() === '' ? undefined : (option?.value ?? target.value).trim();
}

function chosenSize(form: HTMLFormElement): string | undefined {
  for (const control of form.elements) {
    if (control instanceof HTMLInputElement && !control.checked) continue;
    const size = sizeFrom(control);
    if (size !== undefined) return size;
  }
  return undefined;
}
