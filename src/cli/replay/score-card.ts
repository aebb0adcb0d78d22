import { type Cut, SLICES, type Slice } from './slices.ts';
import { createTally, type Difference, type Figures, type Tally } from './tally.ts';
import type { Judge } from './walk.ts';

/** Figures with paired differences of MRR: method minus the shop's order, method minus the best not personal one. */
export interface ComparedFigures extends Figures {
  readonly deltaShop: number | null;
  readonly deltaShopCi95: number | null;
  readonly deltaNonPersonal: number | null;
  readonly deltaNonPersonalCi95: number | null;
}

export interface MethodFigures extends ComparedFigures {
  readonly slices: Readonly<Record<Slice, ComparedFigures>>;
}

export interface ScoreCard extends Judge {
  /** @returns the figures of every method, and which of the candidates was the best */
  result(): { readonly methods: ReadonlyMap<string, MethodFigures>; readonly bestNonPersonal: string };
}

/**
 * Adds up the ranks of all methods. The best order that is not personal is the candidate of the highest MRR over all
 * tasks, chosen once and after the fact: that can only make it harder to beat.
 * @param names of the methods, in the order of the ranks
 * @param shop name of the shop's order
 * @param candidates names of the orders that are not personal
 */
export function createScoreCard(
  names: readonly string[],
  shop: string,
  candidates: readonly string[],
): ScoreCard {
  const references = [shop, ...candidates];
  const places = references.map((name) => names.indexOf(name));
  const all = names.map(() => createTally(references.length));
  const slices = new Map(SLICES.map((slice) => [slice, names.map(() => createTally(references.length))]));

  function add(tallies: readonly Tally[], ranks: readonly number[]): void {
    const others = places.map((place) => ranks[place] ?? 0);
    tallies.forEach((tally, at) => {
      tally.add(ranks[at] ?? 0, others);
    });
  }
  return {
    judge(cut: Cut, found, ranks) {
      if (cut === 'full') add(all, ranks);
      for (const slice of cut === 'full' ? found : [cut]) add(slices.get(slice) ?? [], ranks);
    },
    endSession() {
      for (const tallies of [all, ...slices.values()]) for (const tally of tallies) tally.endSession();
    },
    result() {
      const mrrOf = (name: string): number => all[names.indexOf(name)]?.figures().mrr ?? 0;
      const bestNonPersonal = candidates.reduce(
        (best, name) => (mrrOf(name) > mrrOf(best) ? name : best),
        shop,
      );
      const best = references.indexOf(bestNonPersonal);
      const methods = new Map(
        names.map((name, at) => {
          const figuresOf = (tallies: readonly Tally[] | undefined) =>
            compared(tallies?.[at] ?? createTally(0), best);
          const bySlice = SLICES.map((slice) => [slice, figuresOf(slices.get(slice))] as const);
          const figures: MethodFigures = {
            ...figuresOf(all),
            slices: Object.fromEntries(bySlice) as Record<Slice, ComparedFigures>, // one entry per slice, just made
          };
          return [name, figures];
        }),
      );
      return { methods, bestNonPersonal };
    },
  };
}

function compared(tally: Tally, best: number): ComparedFigures {
  const toShop: Difference = tally.difference(0);
  const toBest: Difference = tally.difference(best);
  return {
    ...tally.figures(),
    deltaShop: toShop.mean,
    deltaShopCi95: toShop.ci95,
    deltaNonPersonal: toBest.mean,
    deltaNonPersonalCi95: toBest.ci95,
  };
}
