import type { Clock } from '../core/ambient.ts';
import type { ItemId, SlateId } from '../core/ids.ts';
import type { Slate } from '../core/item.ts';
import type { WorkerApi } from '../wire/worker-api.ts';
import { announce } from './announce.ts';
import type { Guard } from './guard.ts';
import { isMovable, type ProductList, toCandidates } from './product-list.ts';
import { reorder, type Undo } from './reorder.ts';

/** Doing any of this in a list makes it the shopper's: it does not move any more. */
const INTERACTIONS = ['pointerdown', 'keydown', 'focusin', 'wheel', 'touchmove'] as const;

/** One list on the page: ordered at most once, before the first interaction with it. */
export interface Shelf {
  readonly list: ProductList;
  slateId(): SlateId | undefined;
  /** Asks for an order once and applies it if the list is still untouched. */
  arrange(api: () => Promise<WorkerApi>): Promise<void>;
  /** Puts the shop's own order back, and leaves it. */
  undo(): void;
}

export function createShelf(list: ProductList, clock: Clock, guard: Guard): Shelf {
  const controller = new AbortController();
  let isInUse = list.container.contains(document.activeElement);
  let isLeftAlone = false;
  let slate: Slate | undefined;
  let restore: Undo | undefined;
  for (const name of INTERACTIONS)
    list.container.addEventListener(
      name,
      () => {
        isInUse = true;
        controller.abort();
      },
      { capture: true, passive: true, signal: controller.signal },
    );

  const apply = guard((answer: Slate) => {
    if (isLeftAlone) return;
    if (isInUse) {
      announce('reshelf:diagnostic', { code: 'list/in-use', listId: list.listId });
      return;
    }
    slate = answer;
    const elements = inOrder(
      list,
      answer.order.map(({ id }) => id),
    );
    if (elements === undefined) return;
    restore = reorder(list.container, elements);
    announce('reshelf:reordered', { listId: list.listId });
  });

  return {
    list,
    slateId: () => slate?.slateId,
    async arrange(api) {
      const candidates = toCandidates(list);
      if (candidates.length < 2) return;
      try {
        const answer = await (await api()).rank(candidates, clock());
        if (document.visibilityState === 'hidden') apply(answer);
        else await new Promise<void>((done) => requestAnimationFrame(() => done(apply(answer))));
      } finally {
        controller.abort();
      }
    },
    undo: guard(() => {
      isLeftAlone = true;
      controller.abort();
      restore?.();
    }),
  };
}

/**
 * The movable cards in the order of `ids`; the same product's second card stays in its place.
 * @returns `undefined` when they already stand so, or when the page has changed the list in the meantime
 */
function inOrder(list: ProductList, ids: readonly ItemId[]): HTMLElement[] | undefined {
  const elementOf = new Map<ItemId, HTMLElement>();
  for (const card of list.cards)
    if (isMovable(card) && !elementOf.has(card.id)) elementOf.set(card.id, card.element);
  const before = [...elementOf.values()];
  const { container } = list;
  if (!container.isConnected || before.some(({ parentElement }) => parentElement !== container))
    return undefined;
  const elements = ids.flatMap((id) => elementOf.get(id) ?? []);
  return elements.every((element, place) => element === before[place]) ? undefined : elements;
}
