import { fnv } from '../core/fnv.ts';

/**
 * A number in [0, 1) from a session's key: the same for all its lists, and unrelated to time or order.
 * FNV-1a (draft-eastlake-fnv-17) over UTF-16 code units, started with the seed, mixed by murmur3's finalizer.
 */
export function lotOf(session: string, seed: number): number {
  let hash = fnv(session, seed);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/**
 * Sessions drawn by their lots: a share of them, and at least the one of the lowest lot, but never all.
 * @param share in (0, 1)
 */
export function drawSessions(sessions: readonly string[], seed: number, share: number): string[] {
  const byLot = sessions
    .map((session) => ({ session, lot: lotOf(session, seed) }))
    .sort((a, b) => a.lot - b.lot);
  const count = byLot.filter(({ lot }) => lot < share).length;
  return byLot.slice(0, Math.min(Math.max(count, 1), sessions.length - 1)).map(({ session }) => session);
}
