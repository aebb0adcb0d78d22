import { errorAt } from '../cli-error.ts';
import type { Folder } from '../records/folder.ts';
import { placeOfProduct } from '../records/product-place.ts';
import type { ShopEvent, ShopList, Task, TrainSession } from '../records/shop-data.ts';
import type { Fitted, Shopper } from './method.ts';
import { type Cut, type Slice, slicesOf } from './slices.ts';
import type { Survey } from './survey.ts';
import { rankOf } from './tally.ts';

/** Hears of every rank, and when a session is over. `ranks` has one entry per method and is reused. */
export interface Judge {
  judge(cut: Cut, slices: readonly Slice[], ranks: readonly number[]): void;
  endSession(): void;
}

/** One shopper to all methods at once. */
interface Visitor {
  readonly history: { readonly events: ShopEvent[]; sessionStart: number };
  readonly shoppers: readonly Shopper[];
}

/** One task under one cut, asked before the session's event number `before`. */
interface Question {
  readonly before: number;
  readonly cut: Cut;
  readonly task: Task;
}

export interface WalkOutcome {
  readonly asked: number;
  /** The first task whose target is not its session's event `k`, and how many there are. */
  readonly oddTasks: number;
  readonly firstOddLine: number | undefined;
}

/**
 * Walks through train and then the split, one event at a time, and asks every method at each task. Of the shoppers
 * without a task nothing is kept, and nothing at all is kept of a task.
 */
export async function walk(
  folder: Folder,
  survey: Survey,
  fitted: readonly Fitted[],
  judge: Judge,
  onProgress: (asked: number) => void,
): Promise<WalkOutcome> {
  const visitors = new Map<string, Visitor>();
  let asked = 0;
  let oddTasks = 0;
  let firstOddLine: number | undefined;

  function open(): Visitor {
    const history = { events: [], sessionStart: 0 };
    return { history, shoppers: fitted.map((method) => method.open(history)) };
  }
  /** A shopper without a name is a new one each time. */
  function visitorOf(user: string | undefined): Visitor {
    const known = user === undefined ? undefined : visitors.get(user);
    if (known !== undefined) return known;
    const visitor = open();
    if (user !== undefined) visitors.set(user, visitor);
    return visitor;
  }
  function run(session: TrainSession, tasks: readonly Task[]): void {
    const visitor = visitorOf(session.user);
    visitor.history.sessionStart = visitor.history.events.length;
    const questions = tasks.flatMap((task) => plan(session, task, folder.tasksFile));
    for (const task of tasks)
      if (task.items[task.target] !== productEventOf(session, task.k)) {
        oddTasks += 1;
        firstOddLine ??= task.line;
      }
    for (let at = 0; at <= session.events.length; at++) {
      for (const question of questions) {
        if (question.before !== at) continue;
        if (question.cut === 'full') asked += 1;
        ask(question, visitor, session, at);
      }
      const event = session.events[at];
      if (event !== undefined) show(visitor, event);
    }
    if (tasks.length > 0) judge.endSession();
  }
  function ask({ task, cut }: Question, visitor: Visitor, session: TrainSession, at: number): void {
    const nowMs = (session.events[at - 1] ?? session.events[0])?.atMs ?? 0;
    const last = visitor.history.events.at(-1);
    let asked = visitor;
    if (cut === 'one-event') {
      asked = open();
      if (last !== undefined) show(asked, last);
    }
    const ranks = asked.shoppers.map((shopper) => rankFor(shopper, task, nowMs));
    judge.judge(cut, cut === 'full' ? slicesOf(task, visitor.history) : [], ranks);
  }

  let read = 0;
  for await (const session of folder.train()) {
    read += 1;
    if (session.user !== undefined && survey.users.has(session.user)) run(session, []);
  }
  for await (const [session, tasks] of sessionsWithTasks(folder, survey, read)) {
    if (tasks.length > 0 || (session.user !== undefined && survey.users.has(session.user)))
      run(session, tasks);
    onProgress(asked);
  }
  return { asked, oddTasks, firstOddLine };
}

/** The split's sessions, each with its tasks; one session at a time, unless the tasks are out of order. */
async function* sessionsWithTasks(
  folder: Folder,
  { outOfOrder }: Survey,
  from: number,
): AsyncGenerator<readonly [TrainSession, readonly Task[]]> {
  if (outOfOrder !== undefined) {
    for await (const session of folder.split(from)) yield [session, outOfOrder.get(session.id) ?? []];
    return;
  }
  const reading = folder.tasks();
  let next = await reading.next();
  for await (const session of folder.split(from)) {
    const tasks: Task[] = [];
    while (next.done !== true && next.value.session === session.id) {
      tasks.push(next.value);
      next = await reading.next();
    }
    yield [session, tasks];
  }
}

/**
 * When a task is asked: with all that came before its product event `k`, searches too; with what was known when the
 * page was drawn, which is all up to and with the session's last search before it, where there is one; and with its
 * last event alone.
 */
function plan({ events, id }: TrainSession, task: Task, file: string): Question[] {
  const before = placeOfProduct(events, task.k);
  if (before === undefined)
    throw errorAt(file, task.line, `expected session "${id}" to have ${task.k} events or more, it has fewer`);
  let search = before - 1;
  while (search >= 0 && events[search]?.kind !== 'search') search -= 1;
  const questions: Question[] = [
    { before, cut: 'full', task },
    { before, cut: 'one-event', task },
  ];
  if (search >= 0) questions.push({ before: search + 1, cut: 'page-context', task });
  return questions;
}

function productEventOf({ events }: TrainSession, k: number): number | undefined {
  let products = 0;
  for (const event of events) {
    if (event.kind === 'search') continue;
    if (products === k) return event.item;
    products += 1;
  }
  return undefined;
}

function show({ history, shoppers }: Visitor, event: ShopEvent): void {
  // what was on the list is for `observe` alone: kept in the history it would be most of the memory
  if (event.kind !== 'search') {
    const { kind, atMs, item, session } = event;
    history.events.push({ kind, atMs, item, session });
  }
  for (const shopper of shoppers) shopper.observe?.(event);
}

function rankFor(shopper: Shopper, { items, prices, target }: Task, nowMs: number): number {
  const list: ShopList = prices === undefined ? { items } : { items, prices };
  const scores = shopper.score(list, nowMs);
  if (scores.length !== items.length)
    throw new RangeError(`expected ${items.length} scores, one per item, got ${scores.length}`);
  for (let at = 0; at < scores.length; at++)
    if (!Number.isFinite(scores[at])) throw new RangeError(`expected finite scores, got ${scores[at]}`);
  return rankOf(scores, target);
}
