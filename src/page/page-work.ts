import type { Clock } from '../core/ambient.ts';
import { earlyScorer } from '../core/early-score.ts';
import { asListId, type ListId } from '../core/ids.ts';
import type { Candidate } from '../core/item.ts';
import type { Observation } from '../core/observation.ts';
import { MOST_EARLY, SNAPSHOT_KEY } from '../core/order-snapshot.ts';
import { hasAll } from '../core/shown-order.ts';
import { atOnce } from '../core/steps.ts';
import type { WorkerApi } from '../wire/worker-api.ts';
import type { Undo } from './adopt-sheet.ts';
import { announce } from './announce.ts';
import type { Arrangement } from './arrange-list.ts';
import type { Boot } from './boot.ts';
import { collect } from './collect.ts';
import { createContest } from './contest.ts';
import { earlyRecipe } from './early-recipe.ts';
import { hasExplicitSort, isSortControl } from './explicit-sort.ts';
import { type ExposureWatch, watchExposure } from './exposure.ts';
import { findLists, pinsOf } from './find-lists.ts';
import type { Guard } from './guard.ts';
import { readStructuredData, type StructuredData } from './json-ld.ts';
import { keepLists } from './keep-lists.ts';
import { onNavigate } from './navigation.ts';
import { asShown, orderBy, orderKey, shownBefore } from './order-now.ts';
import type { OwnListsParts } from './own-lists.ts';
import { partOf } from './parts.ts';
import { isMovable, type ListedProducts, type ProductList, toCandidates, toListed } from './product-list.ts';
import { findPageProduct } from './product-page.ts';
import { watchSeen } from './rows.ts';
import type { Settings } from './settings.ts';
import { createShelf, type Shelf } from './shelf.ts';
import type { ShopSystems } from './shop-systems.ts';
import { inSlices, nextTask } from './slices.ts';
import { createSnapshotKeeper } from './snapshot-keeper.ts';
import { isOwn, notOwn, wayFor } from './way.ts';

export interface PageWorkParts {
  readonly settings: Settings;
  /** What everything on the device is named by. */
  readonly name: string;
  readonly clock: Clock;
  readonly api: () => Promise<WorkerApi>;
  readonly guard: Guard;
  readonly report: (error: unknown) => void;
  /** Keeps observations; resolves when they are stored. */
  readonly observe: (seen: readonly Observation[]) => void;
  readonly observeView: (seen: Observation) => (dwellMs: number) => void;
  readonly systems: ShopSystems;
  /** The shop's own order was asked back on this page. */
  readonly isLeftAlone: boolean;
  /** Whether the worker has stopped: what it has not ordered by then keeps the shop's order. */
  readonly isLost: () => boolean;
}

/** A card that can move, as the developers' overlay needs it. */
export interface MovableCardInfo {
  readonly element: Element;
  readonly itemId: string;
  readonly listId: string;
}

/** A product of a list with all that is ranked with it. */
export interface FoundItem {
  readonly listId: ListId;
  readonly candidate: Candidate;
  readonly candidates: readonly Candidate[];
  /** 0-based place in which it stands for the eye. */
  readonly to: number;
}

/** All that is done on the page under one grant. */
export interface PageWork {
  lists(): ListedProducts[];
  cards(): MovableCardInfo[];
  find(itemId: string, listId: string | undefined): FoundItem | undefined;
  /** For lists that the page renders by itself. */
  readonly own: OwnListsParts;
  /** Resolves when the first lists have been looked at, and moved where they may be. */
  readonly arranged: Promise<unknown>;
  /** Brings the head snippet's weights up to what is known now. */
  weigh(): void;
  /** Reads the lists anew: the page has changed one of its own. */
  look(): void;
  /** Puts the shop's own order back and leaves it. */
  undo(): void;
  /** Ends everything; the shop's own order comes back. */
  stop(): void;
}

/** A list that changed while it was read is read again after this, in ms. */
const QUIET_MS = 100;

/** Starts to collect, to order what may be ordered, and to keep up with the page. */
export function startPageWork(parts: PageWorkParts): PageWork {
  const { settings, clock, guard, report } = parts;
  const controller = new AbortController();
  const boot = partOf<Boot>('boot');
  const snapshots = createSnapshotKeeper(parts.name + SNAPSHOT_KEY, settings.maxShift);
  const pins = pinsOf(settings.pinSelector);
  const seenBottom = watchSeen(controller.signal);
  const shelves = new Map<Element, Shelf>();
  /** Lists of the head snippet that have been taken over. */
  const told = new Set<Element>();
  let stopCollecting: Undo = () => {};
  /** The view that is collected from. */
  let collected: Promise<StructuredData> | undefined;
  let exposure: ExposureWatch | undefined;
  let isLeftAlone = parts.isLeftAlone;
  const slateOf = (list: object) => [...shelves.values()].find((shelf) => shelf.list === list)?.slateId();
  const lists = (): ProductList[] => [...shelves.values()].map(({ list }) => list);

  const arrangements = new Map<Element, Arrangement>();
  const booted = parts.isLeftAlone ? [] : (boot?.lists ?? []); // else undone already
  for (const { container, ...arrangement } of booted) arrangements.set(container, arrangement);
  const contest = createContest(() => performance.now());
  const keeper = keepLists({
    guard,
    snapshot: snapshots.read,
    contest,
    arrangements,
    isLeftAlone: () => isLeftAlone || parts.isLost() || hasExplicitSort(),
    changed: look,
  });

  /** Finds the lists anew; those that are known and unchanged keep their shelf. @returns the new ones */
  async function readLists(data: Promise<StructuredData>): Promise<Shelf[]> {
    const fresh: Shelf[] = [];
    const now = await inSlices(findLists(settings, parts.systems.themes, await data));
    await nextTask();
    if (controller.signal.aborted) return fresh;
    for (const [container, shelf] of shelves)
      if (!shelf.isCurrent()) {
        shelf.leave();
        shelves.delete(container);
      }
    for (const found of now) {
      const { container } = found;
      if (shelves.has(container) || contest.isLost(notOwn(found.recipe.list))) continue;
      const arrangement = arrangements.get(container);
      const list = inShopsOrder(found, arrangement);
      const way = wayFor(container);
      const recipe = earlyRecipe(list, way === 'stand' ? 'move' : way, pins);
      await nextTask();
      if (controller.signal.aborted) break;
      if (shelves.has(container)) continue; // read twice at one time
      if (way === 'stand' && !isOwn(container))
        announce('reshelf:diagnostic', { code: 'list/framework', listId: list.listId });
      const isBooted = !told.has(container) && booted.some((one) => one.container === container);
      const settled = isBooted ? new Set(container.children) : keeper.settledIn(container);
      const { maxShift } = settings;
      const { write } = keeper;
      const shelf = createShelf(list, { clock, recipe, seenBottom, maxShift, arrangements, settled, write });
      shelves.set(container, shelf);
      if (!shelf.isCurrent()) setTimeout(look, QUIET_MS); // the page has changed it while it was read
      if (way === 'stand') {
        shelf.leave();
        continue; // a framework's list that CSS cannot order: read, never moved
      }
      keeper.know(container, recipe);
      if (isBooted) announce('reshelf:reordered', { listId: list.listId });
      told.add(container);
      fresh.push(shelf);
    }
    return fresh;
  }

  /** What the page's structured data says now. */
  const readData = () => nextTask().then(() => inSlices(readStructuredData(document)));
  function look(): void {
    if (!controller.signal.aborted) arrangeAll(readData()).catch(report);
  }
  async function arrangeAll(data: Promise<StructuredData>): Promise<void> {
    const fresh = await readLists(data);
    await nextTask();
    if (controller.signal.aborted) return;
    exposure?.watch(lists());
    if (isLeftAlone) for (const shelf of fresh) shelf.undo(); // what the head snippet did, asked back while it was read
    if (isLeftAlone || parts.isLost()) return;
    await nextTask();
    if (hasExplicitSort()) {
      announce('reshelf:diagnostic', { code: 'list/explicit-sort' });
      return;
    }
    await Promise.all(
      fresh.map(async (shelf) => {
        await shelf.arrange(parts.api, shownIn(shelf));
        await nextTask();
        if (isLeftAlone || controller.signal.aborted) return;
        const key = keyOf(shelf);
        snapshots.learn(shelf.early());
        if (key === undefined) return;
        const shown = shelf.shown();
        const shops = shelf.list.cards.map(({ id }) => id);
        snapshots.remember(key, shown, 1 + Math.max(...shown.map((id) => shops.indexOf(id))));
      }),
    );
  }
  function keyOf({ recipe, list }: Shelf): number | undefined {
    const place = [...document.querySelectorAll(recipe.list)].indexOf(list.container);
    return place < 0 ? undefined : orderKey(recipe.list, place);
  }
  /** As the shopper saw these very products, on a reload and on the way back; else nothing. */
  function shownIn(shelf: Shelf): readonly string[] {
    const candidates = toCandidates(shelf.list);
    const key = keyOf(shelf);
    const known = key === undefined ? undefined : shownBefore(key, snapshots.read());
    // of a long list the rest stood as the shop has it
    if (known === undefined || !(candidates.length > MOST_EARLY || hasAll(known.shown, candidates)))
      return [];
    return orderBy(asShown(known.shown), candidates);
  }

  async function startCollecting(): Promise<void> {
    const from = viewed;
    if (from === collected) return; // a view counts once, whoever asks
    collected = from;
    stopCollecting();
    const data = await from;
    if (controller.signal.aborted || from !== viewed) return; // the page has gone on to another view
    const { observe, observeView } = parts;
    stopCollecting = collect({
      clock,
      data,
      product: findPageProduct(data),
      hearCart: parts.systems.hearCart,
      lists,
      slateOf,
      observe,
      observeView,
      guard,
    });
  }

  async function watchShopper(): Promise<void> {
    await parts.api();
    if (settings.collect === 'api') return;
    await startCollecting(); // at once: who leaves now has seen this page
    await nextTask();
    if (controller.signal.aborted) return;
    exposure = watchExposure(slateOf, clock, parts.observe, guard);
    exposure.watch(lists());
  }

  /** One after the other, so that the newest answer is the one that stays. */
  let weighed: Promise<unknown> = Promise.resolve();
  let isWeighing = false;
  function weigh(): void {
    if (isWeighing) return; // what is asked for already will hold this too
    isWeighing = true;
    weighed = weighed
      .then(async () => {
        const api = await parts.api();
        isWeighing = false;
        const weights = await api.weights(clock());
        if (!controller.signal.aborted) snapshots.weigh(weights);
      })
      .catch(report);
  }
  function undo(): void {
    isLeftAlone = true;
    for (const shelf of shelves.values()) shelf.undo();
    keeper.undo();
  }

  /** The data of the page's view, read once for its lists and for what is collected. */
  let viewed = readData();
  const arranged = arrangeAll(viewed).catch(report);
  boot?.stop(); // from here on this is done here
  if (boot?.failed !== undefined) report(boot.failed);
  weigh();
  watchShopper().catch(report);
  const onSort = guard(({ target }: Event) => isSortControl(target) && undo());
  document.addEventListener('change', onSort, { capture: true, signal: controller.signal });
  onNavigate(
    guard(() => {
      isLeftAlone = parts.isLeftAlone;
      viewed = readData();
      if (settings.collect !== 'api') startCollecting().catch(report);
      arrangeAll(viewed).catch(report);
    }),
    controller.signal,
  );

  return {
    own: {
      snapshots,
      asShown: (shown, candidates) => orderBy(asShown(shown), candidates),
      byWeights: (weights, candidates) => orderBy(earlyScorer(weights), candidates),
      isSorted: hasExplicitSort,
    },
    arranged: Promise.all([arranged, weighed]), // the first weights too: what a page loads does not hang on its speed
    lists: () =>
      atOnce(findLists(settings, parts.systems.themes)).map((list) => {
        const shelf = shelves.get(list.container);
        return shelf?.isCurrent() ? toListed(shelf.list, shelf.standing()) : toListed(list);
      }),
    cards: () =>
      lists().flatMap(({ cards, listId }) =>
        cards.filter(isMovable).map(({ element, id }) => ({ element, itemId: id, listId })),
      ),
    find(itemId, listId) {
      for (const shelf of shelves.values()) {
        const { list } = shelf;
        const candidates = toCandidates(list);
        const candidate = candidates.find(({ id }) => id === itemId);
        if (candidate === undefined || (listId !== undefined && list.listId !== asListId(listId))) continue;
        const { items } = toListed(list, shelf.standing());
        const to = items.find(({ id }) => id === itemId)?.position ?? candidate.position;
        return { listId: list.listId, candidate, candidates, to };
      }
      return undefined;
    },
    weigh,
    look,
    undo,
    stop() {
      controller.abort();
      stopCollecting();
      exposure?.stop();
      undo();
      keeper.stop();
      shelves.clear();
    },
  };
}

/** A list as the shop had it, whatever has been done to it since. */
function inShopsOrder(list: ProductList, arrangement: Arrangement | undefined): ProductList {
  if (arrangement === undefined) return list;
  const places = new Map(arrangement.before.map((node, place) => [node, place]));
  const placeOf = ({ element }: ProductList['cards'][number]) => places.get(element) ?? places.size;
  return { ...list, cards: [...list.cards].sort((a, b) => placeOf(a) - placeOf(b)) };
}
