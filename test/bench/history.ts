import { asEpochMs, asItemId } from '../../src/core/ids.ts';
import type { Candidate } from '../../src/core/item.ts';
import { KEEPABLE, minimize } from '../../src/core/minimize.ts';
import { emptyProfile, fold, type Profile } from '../../src/core/profile.ts';
import type { Salt } from '../../src/core/tokens.ts';

export const SALT: Salt = [1, 2];
export const NOW = 1_700_000_000_000;
const WORDS = [
  'linen',
  'wrap',
  'midi',
  'slip',
  'wool',
  'ribbed',
  'cropped',
  'belted',
  'pleated',
  'tea',
  'shirt',
  'coat',
];
const KEEP = new Set(KEEPABLE);

/** Product number `i` of a shop that never ends. */
export function candidateAt(i: number): Candidate {
  const word = (step: number) => WORDS[(i * step + (i >> 3)) % WORDS.length];
  return {
    id: asItemId(`p${i}`),
    position: i,
    title: `${word(1)} ${word(5)} ${word(7)} dress ${i % 97}`,
    price: 20 + ((i * 37) % 180),
    brand: `brand ${i % 17}`,
    category: `dresses > ${word(3)}`,
    colour: `colour ${i % 11}`,
    sizes: ['S', 'M', 'L'].slice(i % 3),
  };
}

/** The profile of a visitor of so many signals, ten minutes apart. */
export function historyOf(signals: number): Profile {
  const profile = emptyProfile();
  for (let i = 0; i < signals; i++) {
    const { id: itemId, ...facts } = candidateAt((i * 131) % 1500);
    const at = asEpochMs(NOW - (signals - i) * 600_000);
    const signal = minimize(
      { kind: i % 9 === 0 ? 'purchase' : 'view', at, itemId, facts },
      KEEP,
      SALT,
      i >> 3,
    );
    if (signal !== null) fold(profile, signal);
  }
  return profile;
}
