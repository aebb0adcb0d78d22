import type { Evidence, Profile } from './profile.ts';

/** What an interest is in. */
export const FACETS = { category: 'categories', brand: 'brands', colour: 'colours', size: 'sizes' } as const;
export type Facet = keyof typeof FACETS;

/** One interest: a facet and the shop's own word for it, as it is stored. */
export interface InterestRef {
  readonly facet: Facet;
  readonly value: string;
}

/** Factors on the weight of interests, by facet and value; 2 for each "more", 1/2 for each "less". */
export type Adjustments = Readonly<Partial<Record<Facet, Readonly<Record<string, number>>>>>;

/** "More" and "less" end here; what should never come is muted, what should always come is a favourite. */
const MAX_FACTOR = 8;

/** @param times 2 for "more", 0.5 for "less" */
export function adjusted(
  adjustments: Adjustments,
  { facet, value }: InterestRef,
  times: number,
): Adjustments {
  const known = adjustments[facet] ?? {};
  const factor = Math.min(MAX_FACTOR, Math.max(1 / MAX_FACTOR, (known[value] ?? 1) * times));
  const { [value]: _, ...others } = known;
  return { ...adjustments, [facet]: factor === 1 ? others : { ...others, [value]: factor } };
}

/** Weighs the interests of a profile, in place; what the ranker reads then is what the shopper said. */
export function applyAdjustments(profile: Profile, adjustments: Adjustments): void {
  for (const [facet, factors] of Object.entries(adjustments) as [Facet, Record<string, number>][])
    for (const [value, factor] of Object.entries(factors)) {
      const evidence: Evidence | undefined = profile[FACETS[facet]].get(value);
      if (evidence === undefined) continue;
      evidence.weight *= factor;
      evidence.inVisit *= factor;
    }
}
