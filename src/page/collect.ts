import type { Clock } from '../core/ambient.ts';
import type { ItemId } from '../core/ids.ts';
import type { ItemFacts } from '../core/item.ts';
import { toItemId } from '../core/minimize.ts';
import type { Observation } from '../core/observation.ts';
import type { Guard } from './guard.ts';
import type { StructuredData } from './json-ld.ts';
import { cardAt, type ProductList } from './product-list.ts';
import type { PageProduct } from './product-page.ts';
import type { Undo } from './reorder.ts';

export interface CollectParts {
  readonly clock: Clock;
  readonly data: StructuredData;
  readonly product: PageProduct | undefined;
  readonly lists: () => readonly ProductList[];
  /** Keeps an observation. A click goes at once: the page may be leaving. */
  readonly observe: (seen: Observation) => void;
  /** Wraps a listener so that nothing it throws reaches the page. */
  readonly guard: Guard;
  /** Keeps the view of the page's product; what it returns lengthens the view's dwell, in visible ms so far. */
  readonly observeView: (seen: Observation) => (dwellMs: number) => void;
}

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
export function collect({ clock, data, product, lists, observe, observeView, guard }: CollectParts): Undo {
  const controller = new AbortController();
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
  function productAt(node: Node): { itemId: ItemId; facts: ItemFacts } | undefined {
    const card = cardAt(lists(), node)?.card;
    if (card !== undefined) return card.id === null ? undefined : { itemId: card.id, facts: card.facts };
    return product;
  }
  function observeCart(node: Node, form: HTMLFormElement | null): void {
    const item = productAt(node);
    if (item === undefined) return;
    const size = form === null ? undefined : chosenSize(form);
    observe({ kind: 'cart', at: clock(), ...item, ...(size === undefined ? {} : { size }) });
  }

  listen('click', ({ target }) => {
    if (!(target instanceof Element)) return;
    if (target.closest(CART_BUTTON) !== null && target.closest('form') === null) observeCart(target, null);
    const link = target.closest('a[href]');
    const found = link === null ? undefined : cardAt(lists(), link);
    if (found === undefined || found.card.id === null) return;
    const position = [...found.list.container.children].indexOf(found.card.element);
    observe({ kind: 'click', at: clock(), itemId: found.card.id, facts: found.card.facts, position });
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
    observe({ kind: 'size', at: clock(), ...product, size });
  });

  const query = searchTerms();
  if (query !== undefined) observe({ kind: 'search', at: clock(), query });
  for (const { product: bought, quantity } of data.ordered) {
    const itemId = toItemId(bought.ids[0]);
    const size = bought.facts.sizes?.[0];
    if (itemId !== undefined)
      observe({
        kind: 'purchase',
        at: clock(),
        itemId,
        facts: bought.facts,
        quantity,
        ...(size === undefined ? {} : { size }),
      });
  }
  if (product !== undefined && data.ordered.length === 0) {
    const lengthen = observeView({ kind: 'view', at: clock(), ...product, dwellMs: 0 });
    const dwell = createDwell(clock);
    listen('visibilitychange', () => {
      dwell.update();
      if (document.visibilityState === 'hidden') lengthen(dwell.visibleMs());
    });
    const onLeave = guard(() => lengthen(dwell.visibleMs()));
    window.addEventListener('pagehide', onLeave, { signal: controller.signal });
  }
  return () => controller.abort();
}

/** Time that the page has been visible, in ms. */
function createDwell(clock: Clock) {
  let total = 0;
  let since = document.visibilityState === 'visible' ? clock() : undefined;
  const running = () => (since === undefined ? 0 : Math.max(0, clock() - since));
  return {
    update() {
      total += running();
      since = document.visibilityState === 'visible' ? clock() : undefined;
    },
    visibleMs: () => total + running(),
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
