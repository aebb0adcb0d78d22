import { defined } from '../../core/defined.ts';
import { asEpochMs } from '../../core/ids.ts';
import type { TrainingList } from '../../learn/training-list.ts';
import { seededRandom } from '../../rank/random.ts';
import { hasHistory } from '../../rank/ranker.ts';
import { createDevices, type Device } from '../records/device.ts';
import type { Folder } from '../records/folder.ts';
import { createRowMaker } from '../records/list-rows.ts';
import type { ListStyle } from '../records/list-style.ts';
import { placeOfProduct } from '../records/product-place.ts';
import type { ShopEvent, Task, TrainSession } from '../records/shop-data.ts';
import { createListMaker, type TrainList } from '../records/train-lists.ts';

type RowMaker = ReturnType<typeof createRowMaker>;

/** One person of the records with what a device would have seen: lists of which something was chosen. */
export interface Person {
  readonly user: string;
  /** Shape of each [n, d] over all features. */
  readonly lists: readonly TrainingList[];
}

export interface People {
  readonly people: readonly Person[];
  /** The split's tasks, as devices with the whole history see them; learned from by nobody. */
  readonly heldOut: readonly TrainingList[];
}

export interface PeopleOptions {
  /** Lists of one person, the newest. */
  readonly listsEach: number;
  /** Rows of a list that is learned from: the chosen one, and others of its category. */
  readonly rowsEach: number;
  /** Tasks to judge by, evenly over the split. */
  readonly tasks: number;
  readonly onProgress: (text: string) => void;
}

/** Places of one session that lists are made at: a long order must not outvote the others. */
const PLACES_A_SESSION = 3;

/**
 * People's lists told again from their records, as `reshelf train` makes them. Where the records show no lists, one is
 * made up as the split's look; the sales by which such a list stands are those of `train` without the session itself.
 */
export async function readPeople(folder: Folder, style: ListStyle, options: PeopleOptions): Promise<People> {
  const { catalogue } = folder;
  const random = seededRandom(7);
  const sold = new Float64Array(catalogue.products.length);
  let isDisplayed = false;
  for await (const { events } of folder.train()) {
    for (const item of itemsOf(events)) sold[item] = (sold[item] ?? 0) + 1;
    isDisplayed ||= events.some(({ list }) => list !== undefined);
  }
  const longest = Math.min(style.longest, options.rowsEach);
  const { make } = createListMaker(catalogue, { ...style, longest });
  const toRows = createRowMaker(catalogue);
  const deviceOf = createDevices(catalogue);
  const lists = new Map<string, TrainingList[]>();
  let sessions = 0;

  for await (const session of folder.train()) {
    const device = deviceOf(session.user);
    const owner = session.user ?? session.id;
    const own = itemsOf(session.events);
    const soldOf = (item: number) => (sold[item] ?? 0) - (own.has(item) ? 1 : 0);
    const eligible = session.events.flatMap(({ kind, list }, at) =>
      kind === 'search' || (isDisplayed && list === undefined) ? [] : [at],
    );
    const places = pick(eligible, PLACES_A_SESSION, random);
    for (const [at, event] of session.events.entries()) {
      const list = places.has(at) ? make(event, soldOf) : undefined;
      const made = list && toTrainingList(session, at, list, device, toRows);
      if (made !== undefined) lists.set(owner, [...(lists.get(owner) ?? []), made].slice(-options.listsEach));
      device.observe(event);
    }
    sessions += 1;
    if (sessions % 500 === 0) options.onProgress(`reading people: session ${sessions}`);
  }
  const people = [...lists].map(([user, own]) => ({ user, lists: own }));
  return { people, heldOut: await readHeldOut(folder, deviceOf, toRows, sessions, options) };
}

const itemsOf = (events: readonly ShopEvent[]): ReadonlySet<number> =>
  new Set(events.flatMap(({ item }) => (item >= 0 ? [item] : [])));

async function readHeldOut(
  folder: Folder,
  deviceOf: (user: string | undefined) => Device,
  toRows: RowMaker,
  from: number,
  { tasks: most, onProgress }: PeopleOptions,
): Promise<TrainingList[]> {
  const bySession = new Map<string, Task[]>();
  let count = 0;
  for await (const task of folder.tasks()) {
    bySession.set(task.session, [...(bySession.get(task.session) ?? []), task]);
    count += 1;
  }
  const every = Math.max(1, count / most);
  const heldOut: TrainingList[] = [];
  let seen = 0;
  let next = 0;
  for await (const session of folder.split(from)) {
    const device = deviceOf(session.user);
    const tasks = bySession.get(session.id) ?? [];
    for (let at = 0; at <= session.events.length; at++) {
      for (const { k, items, target, prices } of tasks) {
        if (placeOfProduct(session.events, k) !== at) continue;
        seen += 1;
        if (seen < next) continue;
        const list = { items, target, ...defined({ prices }) };
        const made = toTrainingList(session, at, list, device, toRows);
        if (made === undefined) continue;
        next += every;
        heldOut.push(made);
      }
      const event = session.events[at];
      if (event !== undefined) device.observe(event);
    }
    onProgress(`reading the split: task ${seen} of ${count}`);
  }
  return heldOut;
}

/** @returns `undefined` where nothing is known of the shopper: the shop's own order is served then, whatever the weights */
function toTrainingList(
  { events, id, user }: TrainSession,
  at: number,
  list: TrainList,
  device: Device,
  toRows: RowMaker,
): TrainingList | undefined {
  const target = events[at];
  if (list.items.length < 2 || target === undefined) return undefined;
  const before = events.slice(0, at);
  const now = asEpochMs((before.at(-1) ?? target).atMs);
  device.forgetExpired(now);
  const { profile } = device;
  if (!hasHistory(profile)) return undefined;
  const { isNew: _, ...rows } = toRows({ list, profile, now, before, target, find: () => undefined });
  return { session: user ?? id, ...rows };
}

/** Up to `most` of them. */
function pick(from: readonly number[], most: number, random: () => number): ReadonlySet<number> {
  const left = [...from];
  while (left.length > most) left.splice(Math.floor(random() * left.length), 1);
  return new Set(left);
}
