import type { Clock } from '../core/ambient.ts';
import { defined } from '../core/defined.ts';
import type { ItemId, SlateId } from '../core/ids.ts';
import type { Candidate, Slate } from '../core/item.ts';
import { type EarlyRecipe, MOST_EARLY } from '../core/order-snapshot.ts';
import { atOnce } from '../core/steps.ts';
import type { WorkerApi } from '../wire/worker-api.ts';
import { announce } from './announce.ts';
import { type Arrangement, disarrangeList, targetOf } from './arrange-list.ts';
import { farCards } from './far-cards.ts';
import { isMovable, type ProductList, toCandidates } from './product-list.ts';
import { rearrange } from './rearrange.ts';
import { type Box, boxesOf, unseen } from './rows.ts';
import { inSlices } from './slices.ts';

/** Doing any of this in a list makes it the shopper's: it does not move any more. */
const INTERACTIONS = ['pointerdown', 'keydown', 'focusin', 'wheel', 'touchmove'] as const;
/** Of longer lists only the best rise, so that no task lasts: a full permutation of 1,000 cards costs 300 ms. */
const MAX_FREE = 200;
const MAX_RISING = 60;

export interface ShelfParts {
  readonly clock: Clock;
  readonly recipe: EarlyRecipe;
  /** Lowest line of the page that has been in view. */
  readonly seenBottom: () => number;
  readonly maxShift: number | undefined;
  /** What was done to this list; shared with whoever else orders it. */
  readonly arrangements: Map<Element, Arrangement>;
  /** Cards whose place is decided: they were here when the list was ordered before. */
  readonly settled: ReadonlySet<Element>;
  /** Called around our own writes, so that they are not taken for the page's. @returns whether it was done */
  readonly write: (container: Element, list: string, work: () => void) => boolean;
}

/** One list on the page: a card moves at most once, only where nobody has looked, and never under the shopper's hands. */
export interface Shelf {
  readonly list: ProductList;
  readonly recipe: EarlyRecipe;
  /** The answer that the shopper looks at; none where the head snippet has ordered. */
  slateId(): SlateId | undefined;
  /** Asks for an order, and applies it to what has not been seen. @param known ids as they stood before: they do so again, and nobody is asked */
  arrange(api: () => Promise<WorkerApi>, known: readonly string[]): Promise<void>;
  /** The cards as they stand for the eye. */
  standing(): HTMLElement[];
  /** The recipe, with what was measured of the cards. */
  early(): EarlyRecipe;
  /** Ids of the products that may move in that order, as many as are remembered. */
  shown(): ItemId[];
  /** Whether the list still holds what it held when this shelf was made, in whatever order. */
  isCurrent(): boolean;
  /** Leaves the list as it is. */
  leave(): void;
  /** Puts the shop's own order back, and leaves it. */
  undo(): void;
}

export function createShelf(list: ProductList, parts: ShelfParts): Shelf {
  const { container } = list;
  const { recipe, arrangements } = parts;
  const controller = new AbortController();
  const cardOf = new Map<Element, ProductList['cards'][number]>(
    list.cards.map((card) => [card.element, card]),
  );
  const children = new Set(list.children);
  const shops = new Map<Element, number>(list.cards.map(({ element }, place) => [element, place]));
  const classes = new Map(list.cards.map(({ element }) => [element, element.className]));
  let isInUse = container.contains(document.activeElement);
  let isLeftAlone = false;
  let slate: Slate | undefined;
  for (const name of INTERACTIONS)
    container.addEventListener(
      name,
      () => {
        isInUse = true;
        controller.abort();
      },
      { capture: true, passive: true, signal: controller.signal },
    );

  function standing(): HTMLElement[] {
    const known = recipe.way === 'order' ? (arrangements.get(container)?.target ?? []) : [];
    return [...new Set<Element>([...known, ...container.children])].flatMap((card) =>
      card.parentElement === container ? (cardOf.get(card)?.element ?? []) : [],
    );
  }
  /** Where the cards stood when they were last measured, and where the list was. */
  let measured: readonly Box[] = [];
  let measuredAt = '';
  let far: string | undefined;
  function placeOfList(): string {
    const { top, width, height } = container.getBoundingClientRect();
    return [top + window.scrollY, width, height].join();
  }
  /** The cards as they stand, and which of them may still move; nothing where the page has changed the list. */
  function look() {
    const cards = standing();
    if (isLeftAlone || !container.isConnected || cards.length !== list.cards.length) return undefined;
    const isMeasured =
      measuredAt === placeOfList() && cards.every((card, place) => card === measured[place]?.card);
    const boxes = isMeasured ? measured : atOnce(boxesOf(cards));
    const isFree = unseen(boxes, parts.seenBottom());
    const places = cards.map((element, place) => {
      const card = cardOf.get(element);
      const position = shops.get(element) ?? place;
      const isOpen = isFree[place] === true && !parts.settled.has(element);
      return {
        element,
        position,
        id: card?.id ?? null,
        isMovable: card !== undefined && isMovable(card) && isOpen,
      };
    });
    const free = new Set(places.flatMap(({ id, isMovable: may }) => (may && id !== null ? [id] : [])));
    return { cards, places, free };
  }
  function apply(answer: Slate | undefined, known: readonly string[]): void {
    const now = look();
    if (now === undefined) return;
    const { cards, places, free } = now;
    if (answer?.drafted === undefined) slate = answer;
    else if (answer.drafted !== free.size) return; // seen in the meantime: a part of a draft compares nothing
    const ids =
      answer === undefined
        ? known.filter((id) => (free as ReadonlySet<string>).has(id))
        : rising(answer, free);
    const wished = targetOf(places, ids);
    // places that stay may have pushed somebody too far
    const target = wished && isTooFar(wished) ? targetOf(places, ids, parts.maxShift) : wished;
    if (target === undefined || isTooFar(target)) return;
    if (isInUse) {
      announce('reshelf:diagnostic', { code: 'list/in-use', listId: list.listId });
      return;
    }
    slate = answer;
    const isDone = parts.write(container, recipe.list, () =>
      rearrange(arrangements, container, cards, target, recipe),
    );
    if (isDone) announce('reshelf:reordered', { listId: list.listId });
  }
  function isTooFar(target: readonly HTMLElement[]): boolean {
    const most = parts.maxShift ?? Number.POSITIVE_INFINITY;
    return target.some((card, place) => Math.abs((shops.get(card) ?? place) - place) > most);
  }

  return {
    list,
    recipe,
    slateId: () => slate?.slateId,
    standing,
    isCurrent: () =>
      container.isConnected &&
      container.childElementCount === children.size &&
      [...container.children].every((child) => children.has(child)),
    early: () => ({ ...recipe, ...defined({ far }) }),
    shown: () =>
      standing()
        .slice(0, MOST_EARLY)
        .flatMap((element) => {
          const card = cardOf.get(element);
          return card !== undefined && isMovable(card) ? card.id : [];
        }),
    async arrange(api, known) {
      const candidates: Candidate[] = toCandidates(list);
      if (candidates.length < 2) return;
      const { rank } = await api();
      let answer = known.length > 0 ? undefined : await rank(candidates, parts.clock());
      measuredAt = placeOfList();
      measured = await inSlices(boxesOf(standing())); // in the frame in which they move it takes too long
      far = farCards(recipe, measured);
      if (answer?.drafted === 0) answer = await rank(candidates, parts.clock(), [...(look()?.free ?? [])]);
      if (document.visibilityState === 'hidden') apply(answer, known);
      else await new Promise<void>((done) => requestAnimationFrame(() => done(apply(answer, known))));
    },
    leave() {
      isLeftAlone = true;
      controller.abort();
    },
    undo() {
      isLeftAlone = true;
      controller.abort();
      const undone = arrangements.get(container);
      if (undone === undefined) return;
      parts.write(container, '', () => {
        arrangements.delete(container);
        disarrangeList(container, undone, recipe, standing);
        if (recipe.way === 'order') return;
        for (const card of standing()) restoreClasses(card, classes.get(card));
      });
    },
  };
}

/** The answer's order of what is free to move; of long lists the best few, and then the shop's order. */
function rising({ order }: Slate, free: ReadonlySet<string>): string[] {
  const ids = order.flatMap(({ id }) => (free.has(id) ? [id as string] : []));
  if (ids.length <= MAX_FREE) return ids;
  const best = ids.slice(0, MAX_RISING);
  return [...best, ...[...free].filter((id) => !best.includes(id))];
}

/** Dealing row classes may leave them in another sequence; where the set is the same again, so is the text. */
function restoreClasses(card: Element, text: string | undefined): void {
  const sorted = (names: string) => names.split(/\s+/).filter(Boolean).sort().join(' ');
  if (text !== undefined && text !== card.className && sorted(text) === sorted(card.className))
    card.className = text;
}
