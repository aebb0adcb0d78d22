import { categoryLevels } from '../core/label.ts';
import { emptyProfile, fold } from '../core/profile.ts';
import type { Signal } from '../core/signal.ts';
import type { TrainingList } from '../learn/training-list.ts';
import type { RankCandidate } from '../rank/candidate.ts';
import { FEATURE_COUNT } from '../rank/feature-specs.ts';
import { fillFeatures } from '../rank/features.ts';
import { prepare } from '../rank/prepare.ts';

/** A device's newest lists are enough: one step is made of them, not a model. */
const MAX_LISTS = 50;

type Shown = Extract<Signal, { kind: 'impression' | 'click' }>;

/**
 * The lists of which the shopper chose something, told again from the journal: what was seen of one slate are its rows,
 * what was clicked is what was chosen, and the profile is the one of just before. Nothing is stored for this.
 * @param journal signals in the order they happened
 * @returns shape of every list [n, d] over all features; slates with nothing chosen or nothing left are left out
 */
export function ownLists(journal: readonly Signal[]): TrainingList[] {
  const slates = new Map<string, Shown[]>();
  for (const signal of journal)
    if (
      (signal.kind === 'impression' || signal.kind === 'click') &&
      signal.slateId !== null &&
      signal.itemId !== undefined
    )
      slates.set(signal.slateId, [...(slates.get(signal.slateId) ?? []), signal]);
  const profile = emptyProfile();
  const lists: TrainingList[] = [];
  const told = new Set<string>();
  for (const signal of journal) {
    const slateId = signal.kind === 'impression' || signal.kind === 'click' ? signal.slateId : null;
    if (slateId !== null && !told.has(slateId)) {
      told.add(slateId);
      const list = toList(slates.get(slateId) ?? [], (candidates) => {
        const rows = new Float64Array(candidates.length * FEATURE_COUNT);
        fillFeatures(prepare(profile, signal.at), candidates, rows);
        return rows;
      });
      if (list !== undefined) lists.push(list);
    }
    fold(profile, signal);
  }
  return lists.slice(-MAX_LISTS);
}

function toList(
  shown: readonly Shown[],
  toRows: (candidates: readonly RankCandidate[]) => Float64Array,
): TrainingList | undefined {
  const byItem = new Map<string, { readonly seen: Shown; isChosen: boolean }>();
  for (const signal of shown) {
    const known = byItem.get(signal.itemId ?? '');
    if (known === undefined)
      byItem.set(signal.itemId ?? '', { seen: signal, isChosen: signal.kind === 'click' });
    else if (signal.kind === 'click') known.isChosen = true;
  }
  const items = [...byItem.values()].sort((a, b) => a.seen.position - b.seen.position);
  const chosen = items.flatMap(({ isChosen }, row) => (isChosen ? [row] : []));
  if (chosen.length === 0 || chosen.length === items.length) return undefined;
  const rows = toRows(items.map(({ seen }) => toCandidate(seen)));
  return { session: `${shown[0]?.session ?? 0}`, rows: Float32Array.from(rows), chosen };
}

/** A signal keeps of a product what a candidate would have given: labels, a price level, hashed words. */
function toCandidate({
  itemId,
  position,
  category,
  brand,
  colour,
  priceLevel,
  titleTokens,
}: Shown): RankCandidate {
  return {
    id: itemId as RankCandidate['id'], // only signals with an id are shown here
    position,
    categories: category === undefined ? [] : categoryLevels(category),
    brand,
    colour,
    sizes: [],
    priceLevel,
    tokens: titleTokens ?? [],
    artefacts: undefined,
  };
}
