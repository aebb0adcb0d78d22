import type { PanelExplanation } from './panel-host.ts';

/** One reason with its share, in whole percent. */
export interface Reason {
  readonly feature: string;
  readonly label: string;
  readonly percent: number;
}

/**
 * Why an item moved, from the ranker's own contributions: those that push the way it went, without the shop's own order,
 * which is where it came from. Shares are whole percent and add up to 100 (largest remainders); empty when it did not move,
 * and when it went down without anything against it: then others passed it.
 */
export function reasonsOf({ from, to, contributions }: PanelExplanation): Reason[] {
  if (from === to) return [];
  const way = to < from ? 1 : -1;
  const pushing = contributions.filter(({ feature, value }) => feature !== 'shop' && value * way > 0);
  return sharesOf(
    pushing.map(({ feature, label, value }) => ({ feature, label, weight: Math.abs(value) })),
  ).filter(({ percent }) => percent > 0);
}

/** What moves a whole list: the absolute contributions of all its explained items, by feature; the shop's order is where it starts. */
export function parametersOf(explanations: readonly PanelExplanation[]): Reason[] {
  const weights = new Map<string, { label: string; weight: number }>();
  for (const { contributions } of explanations)
    for (const { feature, label, value } of contributions) {
      if (feature === 'shop') continue;
      const known = weights.get(feature) ?? { label, weight: 0 };
      weights.set(feature, { label: known.label, weight: known.weight + Math.abs(value) });
    }
  return sharesOf([...weights].map(([feature, part]) => ({ feature, ...part }))).filter(
    ({ percent }) => percent > 0,
  );
}

function sharesOf(parts: readonly { feature: string; label: string; weight: number }[]): Reason[] {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return [];
  const exact = parts.map((part) => ({ ...part, exact: (part.weight / total) * 100 }));
  let rest = 100 - exact.reduce((sum, part) => sum + Math.floor(part.exact), 0);
  const byRemainder = [...exact].sort((a, b) => (b.exact % 1) - (a.exact % 1));
  const rounded = new Map(byRemainder.map((part) => [part, Math.floor(part.exact) + (rest-- > 0 ? 1 : 0)]));
  return exact
    .map((part) => ({ feature: part.feature, label: part.label, percent: rounded.get(part) ?? 0 }))
    .sort((a, b) => b.percent - a.percent);
}
