import { earlyScorer } from '../core/early-score.ts';
import { type EarlyRecipe, MOST_EARLY, type OrderSnapshot } from '../core/order-snapshot.ts';
import { announce } from './announce.ts';
import { type Arrangement, disarrangeList, type Place, targetOf } from './arrange-list.ts';
import type { Contest } from './contest.ts';
import type { Guard } from './guard.ts';
import { orderBy } from './order-now.ts';
import { cardsOf, type ReadPlace, readFacts, readPlace } from './read-places.ts';
import { readAlternatives } from './read-rule.ts';
import { rearrange } from './rearrange.ts';

/** After a change the lists are read anew, once things are quiet, in ms. */
const QUIET_MS = 100;
/** Orders that are remembered of lists of one kind: a shopper goes to and fro between a few filters. */
const MOST_SHOWN = 12;

export interface KeepParts {
  readonly guard: Guard;
  readonly snapshot: () => OrderSnapshot;
  readonly contest: Contest;
  readonly arrangements: Map<Element, Arrangement>;
  /** Whether lists are to stay as the page brings them. */
  readonly isLeftAlone: () => boolean;
  /** The lists of the page are no longer what they were. */
  readonly changed: () => void;
}

export interface ListKeeper {
  /** From now on this list is known: its later changes are the page's. */
  know(container: Element, recipe: EarlyRecipe): void;
  /** Does our own writing, without taking it for the page's. @returns `false` where the list is contested */
  write(container: Element, list: string, work: () => void): boolean;
  /** Cards of this list whose place is decided. */
  settledIn(container: Element): ReadonlySet<Element>;
  /** Gives lists that were ordered here, and that nobody has read since, the shop's order back. */
  undo(): void;
  stop(): void;
}

interface Known {
  readonly recipe: EarlyRecipe;
  /** Its children as we left them. */
  children: readonly Element[];
  /** The page has put it in an order of its own. */
  isTheirs: boolean;
}

/**
 * Keeps up with a page that changes its lists. What is new is ordered by the derived weights in the same turn, before
 * it can be painted: a list that was replaced as a whole, or the part that "load more" and endless scrolling add.
 * What was there stays. A page that puts a list in an order of its own keeps that order.
 */
export function keepLists(parts: KeepParts): ListKeeper {
  const known = new Map<Element, Known>();
  const settled = new WeakMap<Element, Set<Element>>();
  /** What was shown in lists of one kind, newest first, so that the same products rendered anew stand as they stood. */
  const shownIn = new Map<string, readonly (readonly string[])[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const observer = new MutationObserver(
    parts.guard((records: MutationRecord[]) => {
      let isChanged = false;
      const touched = new Set(records.map(({ target }) => target as Element));
      for (const [container, state] of known) {
        if (!container.isConnected) {
          forget(container);
          isChanged = true;
        } else if (touched.has(container) && !sameMembers(state.children, container.children)) {
          isChanged = change(container, state) || isChanged;
        } else if (touched.has(container)) resorted(container, state);
      }
      for (const recipe of kinds())
        for (const { addedNodes } of records)
          for (const node of addedNodes)
            if (node instanceof Element)
              for (const container of [node, ...node.querySelectorAll(recipe.list)])
                if (container.matches(recipe.list) && !known.has(container)) {
                  isChanged = true;
                  know(container, recipe, false);
                  order(container, recipe, new Set(container.children));
                }
      if (isChanged && records.some(({ addedNodes }) => addedNodes.length > 0)) schedule();
      else if (known.size === 0) schedule();
    }),
  );

  /** The recipes of the lists that are or were on this page. */
  const recipes = new Map<string, EarlyRecipe>();
  const kinds = () => recipes.values();

  function schedule(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      parts.changed();
    }, QUIET_MS);
  }
  function know(container: Element, recipe: EarlyRecipe, isRead = true): void {
    recipes.set(recipe.list, recipe);
    const before = known.get(container);
    known.set(container, {
      recipe,
      children: [...container.children],
      isTheirs: before?.isTheirs ?? false,
    });
    if (isRead) rememberShown(container, recipe);
  }
  function forget(container: Element): void {
    known.delete(container);
    letGo(container);
  }
  /** What was done to it is the page's from now on. */
  function letGo(container: Element): void {
    parts.arrangements.get(container)?.unsheet?.();
    parts.arrangements.delete(container);
  }
  function rememberShown(container: Element, recipe: EarlyRecipe): void {
    const target = parts.arrangements.get(container)?.target;
    if (target === undefined) return;
    const ids = target.flatMap((card) => readAlternatives(card, recipe.id) || []);
    shownIn.set(recipe.list, [ids, ...(shownIn.get(recipe.list) ?? [])].slice(0, MOST_SHOWN));
  }
  /** The same children in another order: the page's own sort, which is not ours to touch. */
  function resorted(container: Element, state: Known): void {
    if (state.children.every((child, place) => container.children[place] === child)) return;
    state.isTheirs = true;
    state.children = [...container.children];
    letGo(container);
    announce('reshelf:diagnostic', { code: 'list/page-sorted' });
  }
  /** @returns whether the list has to be read anew */
  function change(container: Element, state: Known): boolean {
    const old = new Set(state.children);
    const fresh = new Set([...container.children].filter((child) => !old.has(child)));
    const isNew = ![...container.children].some((child) => old.has(child));
    state.children = [...container.children];
    if (isNew) {
      letGo(container);
      state.isTheirs = false;
      settled.delete(container);
    }
    if (!state.isTheirs) order(container, state.recipe, fresh);
    return !parts.contest.isLost(state.recipe.list);
  }
  /** Orders what is new in a list, by what was shown or by the weights; what was there keeps its order. */
  function order(container: Element, recipe: EarlyRecipe, fresh: ReadonlySet<Element>): void {
    if (parts.isLeftAlone()) return;
    const open = new Set([...fresh].slice(0, MOST_EARLY));
    const all = cardsOf(container, recipe).map((element, position) =>
      open.has(element)
        ? readPlace(element, position, recipe, readFacts(element, recipe))
        : { element, position },
    );
    const arrangement = parts.arrangements.get(container);
    const eye = new Map(arrangement?.target.map((card, place) => [card as Element, place]));
    // Where CSS orders, those that have a place for the eye keep to it among themselves.
    const kept = all.filter(({ element }) => eye.has(element));
    const sorted = [...kept].sort((a, b) => (eye.get(a.element) ?? 0) - (eye.get(b.element) ?? 0));
    const standing =
      recipe.way === 'order'
        ? all.map((place) => (eye.has(place.element) ? (sorted.shift() ?? place) : place))
        : all;
    const target =
      targetOf(standing, idsFor(standing, recipe), parts.snapshot().maxShift) ??
      (recipe.way === 'order' && arrangement !== undefined
        ? standing.map(({ element }) => element)
        : undefined);
    if (target === undefined) return;
    write(container, recipe.list, () => {
      const cards = standing.map(({ element }) => element);
      rearrange(parts.arrangements, container, cards, target, recipe);
      settled.set(container, new Set(container.children));
    });
  }
  function idsFor(places: readonly (Place | ReadPlace)[], { list }: EarlyRecipe): readonly string[] {
    const candidates = places.filter((place): place is ReadPlace => place.isMovable === true); // those have been read
    const shown = shownIn.get(list)?.find((ids) => candidates.every(({ id }) => ids.includes(id)));
    if (candidates.length > 1 && shown !== undefined) return shown;
    const { weights } = parts.snapshot();
    return weights === undefined ? [] : orderBy(earlyScorer(weights), candidates);
  }
  function write(container: Element, list: string, work: () => void): boolean {
    const verdict = list === '' ? 'go' : parts.contest.ask(list);
    if (verdict === 'last') announce('reshelf:diagnostic', { code: 'list/contested' });
    if (verdict !== 'go') return false;
    work();
    observer.takeRecords();
    const state = known.get(container);
    if (state !== undefined) {
      state.children = [...container.children];
      rememberShown(container, state.recipe);
    }
    return true;
  }

  observer.observe(document, { childList: true, subtree: true });
  return {
    know: (container, recipe) => know(container, recipe),
    write,
    settledIn: (container) =>
      known.get(container)?.isTheirs === true
        ? new Set(container.children)
        : (settled.get(container) ?? new Set()),
    undo() {
      for (const [container, arrangement] of parts.arrangements) {
        const recipe = known.get(container)?.recipe;
        if (recipe === undefined) continue;
        write(container, '', () => {
          parts.arrangements.delete(container);
          disarrangeList(container, arrangement, recipe, () => cardsOf(container, recipe));
        });
      }
    },
    stop() {
      observer.disconnect();
      clearTimeout(timer);
    },
  };
}

const sameMembers = (known: readonly Element[], now: HTMLCollection): boolean =>
  known.length === now.length && new Set([...known, ...now]).size === known.length;
