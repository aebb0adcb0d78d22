const SPAN_MS = 10_000;
const MOST = 3;

/** Keeps us from fighting with a page over a list: it is ordered at most three times in ten seconds, then left alone. */
export interface Contest {
  /** May lists of this kind be ordered once more? `last` is the first "no"; from then on it is `over`. */
  ask(list: string): 'go' | 'last' | 'over';
  isLost(list: string): boolean;
}

/** @param now a clock that only runs forward, in ms */
export function createContest(now: () => number): Contest {
  const times = new Map<string, number[]>();
  const lost = new Set<string>();
  return {
    isLost: (list) => lost.has(list),
    ask(list) {
      if (lost.has(list)) return 'over';
      const recent = (times.get(list) ?? []).filter((at) => now() - at < SPAN_MS);
      if (recent.length >= MOST) {
        lost.add(list);
        return 'last';
      }
      times.set(list, [...recent, now()]);
      return 'go';
    },
  };
}
