import type { RandomBits } from '../core/ambient.ts';
import type { EpochMs } from '../core/ids.ts';
import type { Pseudonyms } from './database.ts';
import type { Writing } from './granted.ts';

/** A visit ends after this much silence; the same span that web analytics uses. */
const SESSION_GAP_MS = 30 * 60_000;

/** The salt and the session number to store signals of `now` under; made when missing, the session renewed after silence. */
export async function currentPseudonyms(tx: Writing, now: EpochMs, random: RandomBits): Promise<Pseudonyms> {
  const store = tx.objectStore('pseudonyms');
  const known = await store.get('current');
  const words = new Uint32Array(3);
  random(words);
  const [first = 0, second = 0, session = 0] = words;
  const isSameVisit = known !== undefined && Math.abs(now - known.sessionAt) < SESSION_GAP_MS;
  const current: Pseudonyms = {
    salt: known?.salt ?? [first, second],
    session: isSameVisit ? known.session : session,
    sessionAt: now,
  };
  store.put(current, 'current').catch(() => {}); // not waited for: the transaction tells when it fails
  return current;
}
