import { asEpochMs } from '../../core/ids.ts';
import type { Profile } from '../../core/profile.ts';
import type { TrainingList } from '../../learn/training-list.ts';
import { seededRandom } from '../../rank/random.ts';
import { createDevices, type Device } from '../records/device.ts';
import type { Folder } from '../records/folder.ts';
import { createRowMaker } from '../records/list-rows.ts';
import type { ShopEvent, Task, TrainSession } from '../records/shop-data.ts';
import { byCategory, type TrainList } from '../records/train-lists.ts';

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
 * People's lists told again from their records. Where the records show no lists, one is made up as the split's look: the
 * chosen product among others of its category, most sold first; what was sold is counted over all of `train`.
 */
export async function readPeople(folder: Folder, options: PeopleOptions): Promise<People> {
  const { catalogue } = folder;
  const random = seededRandom(7);
  const sold = new Float64Array(catalogue.products.length);
  for await (const { events } of folder.train())
    for (const item of new Set(events.map((event) => event.item)))
      if (item >= 0) sold[item] = (sold[item] ?? 0) + 1;
  const ofCategory = byCategory(catalogue);
  const toRows = createRowMaker(catalogue);
  const deviceOf = createDevices(catalogue);
  const lists = new Map<string, TrainingList[]>();
  let sessions = 0;

  function makeList(event: ShopEvent): TrainList | undefined {
    if (event.list !== undefined) {
      const target = event.list.indexOf(event.item);
      return target < 0 ? undefined : { items: event.list, target };
    }
    const category = ofCategory.get(catalogue.products[event.item]?.category ?? '') ?? [];
    const items = new Set([event.item]);
    for (let tries = 0; items.size < Math.min(options.rowsEach, category.length) && tries < 400; tries++)
      items.add(category[Math.floor(random() * category.length)] ?? event.item);
    if (items.size < 4) return undefined;
    const shown = [...items].sort((a, b) => (sold[b] ?? 0) - (sold[a] ?? 0) || a - b);
    return { items: shown, target: shown.indexOf(event.item) };
  }

  for await (const session of folder.train()) {
    const device = deviceOf(session.user);
    const owner = session.user ?? session.id;
    const places = pick(session.events.length, PLACES_A_SESSION, random);
    for (const [at, event] of session.events.entries()) {
      const list = places.has(at) ? makeList(event) : undefined;
      if (list !== undefined && device.profile.items.size > 0) {
        const made = toTrainingList(session, at, list, device.profile, toRows);
        if (made !== undefined)
          lists.set(owner, [...(lists.get(owner) ?? []), made].slice(-options.listsEach));
      }
      device.observe(event);
    }
    sessions += 1;
    if (sessions % 500 === 0) options.onProgress(`reading people: session ${sessions}`);
  }
  const people = [...lists].map(([user, own]) => ({ user, lists: own }));
  return { people, heldOut: await readHeldOut(folder, deviceOf, toRows, sessions, options) };
}

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
      for (const task of tasks)
        if (task.k === at) {
          seen += 1;
          if (seen < next || device.profile.items.size === 0) continue;
          next += every;
          const { items, target } = task;
          const made = toTrainingList(session, at, { items, target }, device.profile, toRows);
          if (made !== undefined) heldOut.push(made);
        }
      const event = session.events[at];
      if (event !== undefined) device.observe(event);
    }
    onProgress(`reading the split: task ${seen} of ${count}`);
  }
  return heldOut;
}

function toTrainingList(
  { events, id, user }: TrainSession,
  at: number,
  list: TrainList,
  profile: Profile,
  toRows: RowMaker,
): TrainingList | undefined {
  const target = events[at];
  if (list.items.length < 2 || target === undefined) return undefined;
  const before = events.slice(0, at);
  const now = asEpochMs((before.at(-1) ?? target).atMs);
  const { isNew: _, ...rows } = toRows({ list, profile, now, before, target, find: () => undefined });
  return { session: user ?? id, ...rows };
}

/** Up to `most` different numbers below `count`. */
function pick(count: number, most: number, random: () => number): Set<number> {
  if (count <= most) return new Set(Array.from({ length: count }, (_, at) => at));
  const picked = new Set<number>();
  while (picked.size < most) picked.add(Math.floor(random() * count));
  return picked;
}
