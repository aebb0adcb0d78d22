import { asEpochMs } from '../../core/ids.ts';
import type { TrainingList } from '../../learn/training-list.ts';
import type { FindArtefacts } from '../../rank/candidate.ts';
import { seededRandom } from '../../rank/random.ts';
import { hasHistory } from '../../rank/ranker.ts';
import { countTables } from '../build/shop-tables.ts';
import { createDevice, createDevices, type Device } from '../records/device.ts';
import { createRowMaker } from '../records/list-rows.ts';
import type { ShopEvent, TrainSession } from '../records/shop-data.ts';
import type { Train } from '../records/train.ts';
import { createListMaker, type TrainList } from '../records/train-lists.ts';

/** Rows learned from at most, of the newest sessions: 300 MB of features. Their shoppers have the longest histories. */
const MAX_ROWS = 1_200_000;
/** Lists of one session at most: a wholesaler's order must not outvote fifty shoppers. */
const PER_SESSION = 4;
/**
 * Tables and popularity end before the stretch of sessions that they explain, as they do when they serve: no list is
 * explained by itself, and the weights learn what a table is worth that is some weeks old.
 */
const STRETCHES = 4;
/** Sessions that no list is made of: without any before them there are no tables. */
const WARM_UP_SHARE = 0.2;
/** One list in so many is learned from a second time as it looks to a shopper of one event. */
const ONE_EVENT_EVERY = 6;
/** And as it looked at the last search, filter or sort before it, where there was one. */
const PAGE_CONTEXT_EVERY = 3;
/** A list of train. */
export interface FolderList extends TrainingList {
  /** The shopper had never met what was chosen. */
  readonly isNew: boolean;
}

/** Sessions from `start` to the next stretch, with what was known before them. */
interface Stretch {
  readonly start: number;
  readonly find: FindArtefacts;
  /** By product: in how many sessions it was met. */
  readonly sold: Float64Array;
}

/** A list to be asked about before the session's event number `before`. */
interface Question {
  readonly before: number;
  readonly list: TrainList;
  readonly target: ShopEvent;
  readonly isOneEvent: boolean;
}

/**
 * The lists of train, as their shoppers' devices saw them: the same fold, features and tables that the worker has. A
 * candidate that could not have come next is masked: the product just touched in the same way (repeats are collapsed)
 * and, where purchases are asked for, what this session has bought.
 * @param count makes the tables of a stretch; another one where lists without tables are wanted
 * @throws CliError for a wrong line, or when DuckDB is missing
 */
export async function makeTrainingLists(
  train: Train,
  tell: (text: string) => void,
  count: typeof countTables = countTables,
): Promise<FolderList[]> {
  const { catalogue } = train;
  const { make } = createListMaker(catalogue, train.listStyle);
  const next = seededRandom(1);
  const { from, isDisplayed } = await lookOver(train);
  const stretches: Stretch[] = [];
  for (let at = 0; at < STRETCHES; at++) {
    tell(`counting tables ${at + 1} of ${STRETCHES}`);
    const start = from + Math.floor(((train.sessionCount - from) * at) / STRETCHES);
    stretches.push({
      start,
      find: await count(catalogue, train.sessions(), ({ index }) => index < start),
      sold: await countSales(train, start),
    });
  }
  const stretchOf = ({ index }: TrainSession): Stretch =>
    stretches.findLast(({ start }) => start <= index) as Stretch; // never asked before `from`
  const deviceOf = createDevices(catalogue);
  const toRows = createRowMaker(catalogue);
  const lists: FolderList[] = [];

  function plan(session: TrainSession): Question[] {
    const { sold } = stretchOf(session);
    const places = session.events
      .flatMap(({ kind }, at) => (kind === 'search' ? [] : [at]))
      .slice(1)
      .filter((at) => !isDisplayed || session.events[at]?.list !== undefined);
    while (places.length > PER_SESSION) places.splice(Math.floor(next() * places.length), 1);
    return places.flatMap((at): Question[] => {
      const target = session.events[at] as ShopEvent; // a place of this very list
      const list = make(target, (item) => sold[item] ?? 0);
      if (list === undefined) return [];
      const question = { before: at, list, target, isOneEvent: false };
      const search = session.events.slice(0, at).findLastIndex(({ kind }) => kind === 'search');
      return [
        question,
        ...(next() * ONE_EVENT_EVERY < 1 ? [{ ...question, isOneEvent: true }] : []),
        ...(search >= 0 && next() * PAGE_CONTEXT_EVERY < 1 ? [{ ...question, before: search + 1 }] : []),
      ];
    });
  }
  function ask({ before, list, target, isOneEvent }: Question, session: TrainSession, device: Device): void {
    const past = session.events.slice(0, before);
    const now = asEpochMs((past.at(-1) ?? target).atMs);
    let seer = device;
    if (isOneEvent) {
      const last = past.findLast(({ kind }) => kind !== 'search');
      seer = createDevice(catalogue);
      if (last !== undefined) seer.observe(last);
    } else device.forgetExpired(now);
    const { profile } = seer;
    if (!hasHistory(profile)) return; // served in the shop's order, whatever the weights
    const { find } = stretchOf(session);
    lists.push({ session: session.id, ...toRows({ list, profile, now, before: past, target, find }) });
  }

  for await (const session of train.sessions()) {
    const device = deviceOf(session.user);
    const questions = session.index < from ? [] : plan(session);
    for (let at = 0; at <= session.events.length; at++) {
      for (const question of questions) if (question.before === at) ask(question, session, device);
      const event = session.events[at];
      if (event !== undefined) device.observe(event);
    }
    if (session.index % 1000 === 0) tell(`lists of session ${session.index} of ${train.sessionCount}`);
  }
  return lists;
}

/** Sessions in how many of which each product was met, before the session number `until`. */
async function countSales(train: Train, until: number): Promise<Float64Array> {
  const index = await train.index();
  const counts = new Float64Array(train.catalogue.products.length);
  for (let session = 0; session < until; session++)
    for (const item of index.itemsOf(session)) counts[item] = (counts[item] ?? 0) + 1;
  return counts;
}

interface Overview {
  /** The first of the newest sessions whose lists have about `MAX_ROWS` rows. */
  readonly from: number;
  /** The log has the lists that were displayed: no others are made up. */
  readonly isDisplayed: boolean;
}

async function lookOver(train: Train): Promise<Overview> {
  const { sizeOf } = createListMaker(train.catalogue, train.listStyle);
  const rows = new Float64Array(train.sessionCount);
  let isDisplayed = false;
  for await (const { index, events } of train.sessions()) {
    const places = events.filter(({ kind }) => kind !== 'search').slice(1);
    isDisplayed ||= places.some(({ list }) => list !== undefined);
    rows[index] = places.slice(0, PER_SESSION).reduce((sum, event) => sum + sizeOf(event), 0);
  }
  const least = Math.ceil(train.sessionCount * WARM_UP_SHARE);
  let from = train.sessionCount;
  for (let sum = 0; from > least && sum < MAX_ROWS; from--) sum += rows[from - 1] ?? 0;
  return { from, isDisplayed };
}
