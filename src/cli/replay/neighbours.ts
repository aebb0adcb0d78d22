import type { SessionIndex } from '../records/session-index.ts';

/** Finds the sessions of train that share the most with what the shopper did in this one. */
export interface NeighbourFinder {
  /**
   * Calls `visit` for the `count` sessions of the highest similarity; newer sessions win ties.
   * @param weightOf what each product of the current session weighs
   * @param similarity of a session, from the summed weight of the products it shares; 0 leaves it out
   */
  find(
    weightOf: ReadonlyMap<number, number>,
    count: number,
    similarity: (session: number, shared: number) => number,
    visit: (session: number, similarity: number) => void,
  ): void;
}

/** The finder keeps its scratch arrays, so that finding allocates next to nothing. */
export function createNeighbourFinder(index: SessionIndex): NeighbourFinder {
  const shared = new Float64Array(index.sessions);
  const touched = new Int32Array(index.sessions);
  const similarities = new Float64Array(index.sessions);
  return {
    find(weightOf, count, similarity, visit) {
      let size = 0;
      for (const [item, weight] of weightOf)
        for (const session of index.sessionsWith(item)) {
          const before = shared[session] ?? 0;
          if (before === 0) touched[size++] = session;
          shared[session] = before + weight;
        }
      const found = touched.subarray(0, size).sort();
      for (let at = 0; at < size; at++) {
        const session = found[at] ?? 0;
        similarities[at] = similarity(session, shared[session] ?? 0);
        shared[session] = 0;
      }
      const least = size <= count ? 0 : (similarities.slice(0, size).sort()[size - count] ?? 0);
      let room = count;
      for (let at = size - 1; at >= 0; at--) if ((similarities[at] ?? 0) > least) room -= 1;
      for (let at = size - 1; at >= 0; at--) {
        const found = similarities[at] ?? 0;
        if (found <= 0 || found < least || (found === least && room-- <= 0)) continue;
        visit(touched[at] ?? 0, found);
      }
    },
  };
}
