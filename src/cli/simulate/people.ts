import { asEpochMs } from '../../core/ids.ts';
import type { Profile } from '../../core/profile.ts';
import type { TrainingList } from '../../learn/training-list.ts';
import { type RankCandidate, toRankCandidates } from '../../rank/candidate.ts';
import { FEATURE_COUNT } from '../../rank/feature-specs.ts';
import { fillFeatures } from '../../rank/features.ts';
import { prepare } from '../../rank/prepare.ts';
import { candidatesOf, createDevice, type Device, SALT } from '../records/device.ts';
import type { Folder } from '../records/folder.ts';
import { createSeeded } from '../records/seeded.ts';
import type { Catalogue, ShopEvent, Task, TrainSession } from '../records/shop-data.ts';

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
  const random = createSeeded(7);
  const sold = new Float64Array(catalogue.products.length);
  for await (const { events } of folder.train())
    for (const item of new Set(events.map((event) => event.item)))
      if (item >= 0) sold[item] = (sold[item] ?? 0) + 1;
  const ofCategory = byCategory(catalogue);
  const candidateOf = rememberCandidates(catalogue);
  const devices = new Map<string, Device>();
  const lists = new Map<string, TrainingList[]>();
  let sessions = 0;

  function makeList(target: ShopEvent): { items: number[]; chosen: number } | undefined {
    if (target.list !== undefined) {
      const chosen = target.list.indexOf(target.item);
      return chosen < 0 ? undefined : { items: [...target.list], chosen };
    }
    const category = ofCategory.get(catalogue.products[target.item]?.category ?? '') ?? [];
    const items = new Set([target.item]);
    for (let tries = 0; items.size < Math.min(options.rowsEach, category.length) && tries < 400; tries++)
      items.add(category[Math.floor(random() * category.length)] ?? target.item);
    if (items.size < 4) return undefined;
    const shown = [...items].sort((a, b) => (sold[b] ?? 0) - (sold[a] ?? 0) || a - b);
    return { items: shown, chosen: shown.indexOf(target.item) };
  }

  for await (const session of folder.train()) {
    const device = deviceOf(devices, session, catalogue);
    const owner = session.user ?? session.id;
    const places = pick(session.events.length, PLACES_A_SESSION, random);
    for (const [at, event] of session.events.entries()) {
      const list = places.has(at) ? makeList(event) : undefined;
      if (list !== undefined && device.profile.items.size > 0) {
        const made = toTrainingList(session, at, list, device.profile, candidateOf);
        if (made !== undefined)
          lists.set(owner, [...(lists.get(owner) ?? []), made].slice(-options.listsEach));
      }
      device.observe(event);
    }
    sessions += 1;
    if (sessions % 500 === 0) options.onProgress(`reading people: session ${sessions}`);
  }
  const people = [...lists].map(([user, own]) => ({ user, lists: own }));
  return { people, heldOut: await readHeldOut(folder, devices, candidateOf, sessions, options) };
}

async function readHeldOut(
  folder: Folder,
  devices: Map<string, Device>,
  candidateOf: (item: number, position: number) => RankCandidate,
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
    const device = deviceOf(devices, session, folder.catalogue);
    const tasks = bySession.get(session.id) ?? [];
    for (let at = 0; at <= session.events.length; at++) {
      for (const task of tasks)
        if (task.k === at) {
          seen += 1;
          if (seen < next || device.profile.items.size === 0) continue;
          next += every;
          const list = { items: [...task.items], chosen: task.target };
          const made = toTrainingList(session, at, list, device.profile, candidateOf);
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
  session: TrainSession,
  at: number,
  { items, chosen }: { readonly items: readonly number[]; readonly chosen: number },
  profile: Profile,
  candidateOf: (item: number, position: number) => RankCandidate,
): TrainingList | undefined {
  if (items.length < 2) return undefined;
  const before = session.events.slice(0, at);
  const now = asEpochMs((before.at(-1) ?? session.events[at])?.atMs ?? 0);
  const rows = new Float64Array(items.length * FEATURE_COUNT);
  fillFeatures(prepare(profile, now), items.map(candidateOf), rows);
  const target = session.events[at];
  // What was touched just before in the same way, or bought in this session, cannot come next in such records.
  const last = before.at(-1);
  const masked = Uint8Array.from(items, (item, row) => {
    const isRepeat = item === last?.item && last.kind === target?.kind;
    const isBought = before.some((event) => event.kind === 'purchase' && event.item === item);
    return row !== chosen && (isRepeat || isBought) ? 1 : 0;
  });
  return { session: session.user ?? session.id, rows: Float32Array.from(rows), chosen: [chosen], masked };
}

function deviceOf(devices: Map<string, Device>, { user }: TrainSession, catalogue: Catalogue): Device {
  const known = user === undefined ? undefined : devices.get(user);
  if (known !== undefined) return known;
  const device = createDevice(catalogue);
  if (user !== undefined) devices.set(user, device);
  return device;
}

function rememberCandidates(catalogue: Catalogue): (item: number, position: number) => RankCandidate {
  const known = new Map<number, RankCandidate>();
  return (item, position) => {
    let candidate = known.get(item);
    if (candidate === undefined) {
      candidate = toRankCandidates(candidatesOf(catalogue, { items: [item] }), SALT, () => undefined)[0];
      if (candidate === undefined) throw new RangeError(`expected a product, got number ${item}`);
      known.set(item, candidate);
    }
    return { ...candidate, position };
  };
}

function byCategory({ products }: Catalogue): Map<string, number[]> {
  const found = new Map<string, number[]>();
  products.forEach(({ category = '' }, item) => {
    const items = found.get(category);
    if (items === undefined) found.set(category, [item]);
    else items.push(item);
  });
  return found;
}

/** Up to `most` different numbers below `count`. */
function pick(count: number, most: number, random: () => number): Set<number> {
  if (count <= most) return new Set(Array.from({ length: count }, (_, at) => at));
  const picked = new Set<number>();
  while (picked.size < most) picked.add(Math.floor(random() * count));
  return picked;
}
