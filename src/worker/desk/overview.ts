import { type Adjustments, FACETS, type Facet, type InterestRef } from '../../core/adjustments.ts';
import { asEpochMs, type EpochMs } from '../../core/ids.ts';
import { categoryLevels } from '../../core/label.ts';
import { decay, INTEREST_HALF_LIFE_MS, type Profile } from '../../core/profile.ts';
import { retentionMs } from '../../core/retention.ts';
import type { Signal, SignalKind } from '../../core/signal.ts';
import type { Wishes } from '../../core/wishes.ts';
import type { Interest, Overview } from '../../wire/desk-api.ts';

/** Signals and visits from which an interest is believed. */
const MEDIUM = { signals: 3, visits: 1 };
const HIGH = { signals: 6, visits: 2 };

/** Whether a signal spoke for this interest; a category counts for every level above it, too. */
export function speaksFor(signal: Signal, { facet, value }: InterestRef): boolean {
  return signal.kind !== 'impression' && isAbout(signal, { facet, value });
}

/** Whether a signal carries this facet, if only because the product was shown. */
export function isAbout(signal: Signal, { facet, value }: InterestRef): boolean {
  if (signal.kind === 'search') return false;
  switch (facet) {
    case 'category':
      return signal.category !== undefined && categoryLevels(signal.category).includes(value);
    case 'brand':
      return signal.brand === value;
    case 'colour':
      return signal.colour === value;
    case 'size':
      return 'size' in signal && signal.size === value;
  }
}

export const expiryOf = (signal: Signal, capDays: number | undefined): EpochMs =>
  asEpochMs(signal.at + retentionMs(signal.kind, capDays));

/** The profile as a shopper can read it, with the signals that each interest came from. */
export function overviewOf(
  profile: Profile,
  signals: readonly Signal[],
  wishes: Wishes,
  adjustments: Adjustments,
  capDays: number | undefined,
): Overview {
  const interests = (Object.keys(FACETS) as Facet[]).flatMap((facet): Interest[] => {
    const known = [...profile[FACETS[facet]]].map(([value, evidence]) => {
      const factor = adjustments[facet]?.[value] ?? 1;
      const weight = evidence.weight * decay(profile.lastAt - evidence.at, INTEREST_HALF_LIFE_MS) * factor;
      return { value, weight, factor, visits: evidence.visits };
    });
    const total = known.reduce((sum, { weight }) => sum + weight, 0);
    return known
      .sort((a, b) => b.weight - a.weight)
      .flatMap(({ value, weight, factor, visits }): Interest[] => {
        const spoke = signals.filter((signal) => speaksFor(signal, { facet, value }));
        if (spoke.length === 0) return [];
        const sources: Partial<Record<SignalKind, number>> = {};
        for (const { kind } of spoke) sources[kind] = (sources[kind] ?? 0) + 1;
        const isAtLeast = (limit: typeof HIGH) => spoke.length >= limit.signals && visits >= limit.visits;
        return [
          {
            facet,
            value,
            share: total > 0 ? weight / total : 0,
            confidence: isAtLeast(HIGH) ? 'high' : isAtLeast(MEDIUM) ? 'medium' : 'low',
            sources,
            visits,
            lastAt: asEpochMs(Math.max(...spoke.map(({ at }) => at))),
            expiresAt: asEpochMs(Math.max(...spoke.map((signal) => expiryOf(signal, capDays)))),
            factor,
          },
        ];
      });
  });
  return { interests, wishes, signalCount: signals.length };
}
