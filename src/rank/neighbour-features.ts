import type { RankCandidate } from './candidate.ts';
import type { Put } from './features.ts';
import { ATTENTION, MIX_ATTENTION, NEXT_ATTENTION, type Prepared, VISIT_ATTENTION } from './prepare.ts';
import { forEachNeighbour } from './shard.ts';

/** A mixture below this ratio to chance says no more. */
const LEAST_RATIO = 0.1;

/**
 * What the shop's own orders say: which products go together with the candidate, or come before it, and which of those
 * are in the visitor's history. Each past item speaks for its neighbours; pairs that no row lists stand at chance.
 */
export function putNeighbours(prepared: Prepared, candidate: RankCandidate, put: Put): void {
  const { history } = prepared;
  const row = candidate.artefacts?.neighbours;
  if (row === undefined) return;
  let max3 = 0;
  let attended = 0;
  let visit = 0;
  let earlier = 0;
  let nextAttended = 0;
  let mix = 0;
  let mixVisit = 0;
  let mixAll = 0;
  let nextMix = 0;
  forEachNeighbour(row, (hash, together, next) => {
    const item = history.get(hash);
    if (item === undefined) return;
    const { rank } = item;
    if (rank === 0) {
      put('together.last', together);
      put('next.last', next);
    }
    if (rank < 3) max3 = Math.max(max3, together);
    attended += together * ATTENTION ** rank;
    nextAttended += next * NEXT_ATTENTION ** rank;
    const ratio = Math.exp(together) - 1;
    mix += ratio * MIX_ATTENTION ** rank;
    mixAll += ratio;
    nextMix += (Math.exp(next) - 1) * NEXT_ATTENTION ** rank;
    if (item.inVisit) {
      mixVisit += ratio * VISIT_ATTENTION ** rank;
      visit += together;
    } else earlier += together * item.earlier;
  });
  const mixture = (excess: number, total: number) => Math.log(Math.max(LEAST_RATIO, 1 + excess / total));
  put('together.max3', max3);
  put('together.attention', attended / (prepared.attentionTotal || 1));
  put('together.visit', visit / Math.sqrt(prepared.visitItems + 1));
  put('together.earlier', earlier / Math.sqrt(prepared.earlierTotal + 1));
  put('together.mix', mixture(mix, prepared.mixTotal || 1));
  put('together.mixVisit', mixture(mixVisit, prepared.visitTotal + 1));
  put('together.mixAll', mixture(mixAll, history.size + 1));
  put('next.attention', nextAttended / (prepared.nextTotal || 1));
  put('next.mix', mixture(nextMix, prepared.nextTotal || 1));
}
