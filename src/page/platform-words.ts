import type { PlatformWord } from '../core/purpose-state.ts';
import type { Purpose } from '../core/receipt.ts';
import type { Settings } from './settings.ts';

export type Words = Readonly<Record<Purpose, PlatformWord>>;

/** What the consent platform has said so far; where one is named, nothing is on before it has spoken. */
export function createPlatformWords({ attributes = {}, platform, mode }: Settings) {
  const isHeard =
    (platform ?? attributes.reshelfPlatform) !== undefined &&
    (mode ?? attributes.reshelfMode) !== 'standalone';
  let words: Words | undefined;
  let region: string | undefined;
  return {
    isHeard,
    word: (purpose: Purpose): PlatformWord => (isHeard ? (words?.[purpose] ?? 'pending') : 'silent'),
    region: () => region,
    hear(heard: Words, where: string | undefined): void {
      words = heard;
      region = where;
    },
  };
}
