import type { TrainSession } from './shop-data.ts';

/** Train's sessions as lists of products, and the other way round; typed arrays, two numbers per product and session. */
export interface SessionIndex {
  readonly sessions: number;
  /** The session's distinct products, in the order of their first event. */
  itemsOf(session: number): Int32Array;
  /** The sessions with this product, oldest first. */
  sessionsWith(item: number): Int32Array;
  /** When the session began, in epoch milliseconds. */
  startMs(session: number): number;
}

/** Reads train twice: one pass counts, one fills. */
export async function indexSessions(
  read: () => AsyncIterable<TrainSession>,
  sessions: number,
  products: number,
): Promise<SessionIndex> {
  const ofItem = new Int32Array(products + 1);
  const ofSession = new Int32Array(sessions + 1);
  const starts = new Float64Array(sessions);
  for await (const session of read()) {
    const distinct = distinctItems(session.events);
    ofSession[session.index + 1] = distinct.length;
    starts[session.index] = session.events[0]?.atMs ?? 0;
    for (const item of distinct) ofItem[item + 1] = (ofItem[item + 1] ?? 0) + 1;
  }
  addUp(ofItem);
  addUp(ofSession);
  const items = new Int32Array(ofSession.at(-1) ?? 0);
  const withItem = new Int32Array(items.length);
  const next = ofItem.slice();
  for await (const session of read()) {
    const distinct = distinctItems(session.events);
    items.set(distinct, ofSession[session.index]);
    for (const item of distinct) {
      const at = next[item] ?? 0;
      withItem[at] = session.index;
      next[item] = at + 1;
    }
  }
  return {
    sessions,
    itemsOf: (session) => items.subarray(ofSession[session], ofSession[session + 1]),
    sessionsWith: (item) => withItem.subarray(ofItem[item], ofItem[item + 1]),
    startMs: (session) => starts[session] ?? 0,
  };
}

/** The products of these events, each once, in the order of their first event; searches have none. */
export function distinctItems(events: readonly { readonly item: number }[]): number[] {
  const items = new Set<number>();
  for (const { item } of events) if (item >= 0) items.add(item);
  return [...items];
}

/** Each number becomes the sum of all up to it: counts become the places where runs begin and end. */
function addUp(counts: Int32Array): void {
  for (let at = 1; at < counts.length; at++) counts[at] = (counts[at] ?? 0) + (counts[at - 1] ?? 0);
}
