import type { RankCandidate } from './candidate.ts';
import type { Put } from './features.ts';
import { ATTENTION, MIX_ATTENTION, NEXT_ATTENTION, type Prepared } from './prepare.ts';
import { forEachNeighbour } from './shard.ts';

/** A mixture below this ratio to chance says no more. */
const LEAST_RATIO = 0.1;

/**
 * What the shop's own orders say: which products go together with the candidate, or come before it, and which of those
 * are in the visitor's history. Each past item speaks for its neighbours; pairs that no row lists stand at chance.
 */
export function putNeighbours(
  prepared: Prepared,
  candidate: RankCandidate,
  isLastHere: boolean,
  put: Put,
): void {
  const { history, lastOfCategory } = prepared;
  const row = candidate.artefacts?.neighbours;
  if (row === undefined) return;
  const sameCategory = lastOfCategory.get(candidate.categories.at(-1) ?? '');
  let last = 0;
  let nextLast = 0;
  let max3 = 0;
  let attended = 0;
  let visit = 0;
  let visitMax = 0;
  let earlier = 0;
  let earlierMax = 0;
  let nextAttended = 0;
  let nextMax = 0;
  let mix = 0;
  let mixVisit = 0;
  let mixAll = 0;
  let nextMix = 0;
  forEachNeighbour(row, (hash, together, next) => {
    const item = history.get(hash);
    if (item === undefined) return;
    const { rank } = item;
    if (hash === sameCategory) {
      put('together.category', together);
      put('next.category', next);
    }
    if (rank === 0) {
      last = together;
      nextLast = next;
    }
    if (rank < 3) max3 = Math.max(max3, together);
    if (rank < 10) nextMax = Math.max(nextMax, next);
    attended += together * ATTENTION ** rank;
    nextAttended += next * NEXT_ATTENTION ** rank;
    const ratio = Math.exp(together) - 1;
    mix += ratio * MIX_ATTENTION ** rank;
    mixAll += ratio;
    nextMix += (Math.exp(next) - 1) * NEXT_ATTENTION ** rank;
    if (item.inVisit) {
      mixVisit += ratio;
      visit += together;
      visitMax = Math.max(visitMax, together);
    } else {
      earlier += together * item.earlier;
      earlierMax = Math.max(earlierMax, together);
    }
  });
  const mixture = (excess: number, total: number) => Math.log(Math.max(LEAST_RATIO, 1 + excess / total));
  const attention = attended / (prepared.attentionTotal || 1);
  const nextAttention = nextAttended / (prepared.nextTotal || 1);
  const inVisit = visit / Math.sqrt(prepared.visitItems + 1);
  put('together.last', last);
  put('next.last', nextLast);
  put('together.max3', max3);
  put('together.attention', attention);
  put('together.visit', inVisit);
  put('together.visitMax', visitMax);
  put('together.earlier', earlier / Math.sqrt(prepared.earlierTotal + 1));
  put('together.earlierMax', earlierMax);
  put('next.attention', nextAttention);
  put('next.max', nextMax);
  put('together.mix', mixture(mix, prepared.mixTotal || 1));
  put('together.mixVisit', mixture(mixVisit, prepared.visitItems + 1));
  put('together.mixAll', mixture(mixAll, history.size + 1));
  put('next.mix', mixture(nextMix, prepared.nextTotal || 1));
  if (isLastHere) return;
  put('together.last.fresh', last);
  put('together.visit.fresh', inVisit);
  put('next.last.fresh', nextLast);
  put('next.attention.fresh', nextAttention);
}
