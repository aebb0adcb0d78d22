import { asEpochMs, type EpochMs } from '../core/ids.ts';
import { emptyProfile, fold, foldDwell, type Profile } from '../core/profile.ts';
import { packProfile, unpackProfile } from '../core/profile-record.ts';
import { MAX_JOURNAL_SIGNALS, retentionMs } from '../core/retention.ts';
import { MAX_DWELL_MS, SIGNAL_KINDS, type Signal } from '../core/signal.ts';
import type { Reading, Writing } from './granted.ts';

/** The current profile; an empty one before the first signal. */
export async function readProfile(tx: Reading | Writing): Promise<Profile> {
  const record = await (tx as Reading).objectStore('profile').get('current');
  if (record === undefined) return emptyProfile();
  return unpackProfile(record) ?? refold(tx); // a record of an older release is folded again
}

async function writeProfile(tx: Writing, profile: Profile): Promise<void> {
  await tx.objectStore('profile').put(packProfile(profile), 'current');
}

/**
 * Appends signals and folds them into the profile, in the caller's transaction. Everything is asked for at once, so
 * that the caller can commit without a wait.
 * @returns their journal keys
 */
export async function append(tx: Writing, profile: Profile, signals: readonly Signal[]): Promise<number[]> {
  const journal = tx.objectStore('journal');
  const keys = signals.map((signal) => {
    fold(profile, signal);
    return journal.add(signal);
  });
  const [added] = await Promise.all([Promise.all(keys), writeProfile(tx, profile)]);
  return added;
}

/** Lengthens the dwell of a stored view. Nothing happens when the view is gone or already longer. */
export async function lengthenView(tx: Writing, key: number, dwellMs: number): Promise<void> {
  const journal = tx.objectStore('journal');
  const view = await journal.get(key);
  if (view?.kind !== 'view') return;
  const longer = Math.min(Math.round(dwellMs), MAX_DWELL_MS);
  if (!(longer > view.dwellMs)) return;
  const profile = await readProfile(tx);
  foldDwell(profile, view, longer - view.dwellMs);
  await journal.put({ ...view, dwellMs: longer }, key);
  await writeProfile(tx, profile);
}

/** Whether the journal holds a purchase of this signal's item at or after `since`: a reloaded order page is no second order. */
export async function boughtSince(tx: Writing, signal: Signal, since: EpochMs): Promise<boolean> {
  if (signal.kind !== 'purchase' || signal.itemId === undefined) return false;
  const same = await tx.objectStore('journal').index('by-item').getAll(signal.itemId);
  return same.some((known) => known.kind === 'purchase' && known.at >= since);
}

/**
 * Deletes signals past their retention time, and the oldest of the most frequent kind while there are too many.
 * What was deleted leaves the profile too: it is folded again from what remains.
 * @returns how many signals went
 */
export async function expire(tx: Writing, now: EpochMs, capDays: number | undefined): Promise<number> {
  const journal = tx.objectStore('journal');
  const byKind = journal.index('by-kind-and-time');
  let removed = 0;
  for (const kind of SIGNAL_KINDS) {
    const limit = asEpochMs(now - retentionMs(kind, capDays));
    removed += await deleteKeys(
      tx,
      await byKind.getAllKeys(IDBKeyRange.bound([kind, 0], [kind, limit], false, true)),
    );
  }
  let surplus = (await journal.count()) - MAX_JOURNAL_SIGNALS;
  while (surplus > 0) {
    const counts = await Promise.all(
      SIGNAL_KINDS.map(async (kind) => ({
        kind,
        count: await byKind.count(IDBKeyRange.bound([kind, 0], [kind, now])),
      })),
    );
    const most = counts.reduce((a, b) => (b.count > a.count ? b : a));
    const range = IDBKeyRange.bound([most.kind, 0], [most.kind, now]);
    const gone = await deleteKeys(
      tx,
      await byKind.getAllKeys(range, Math.min(surplus, Math.ceil(most.count / 2))),
    );
    if (gone === 0) break; // only signals from the future are left; the next sweep finds them
    removed += gone;
    surplus -= gone;
  }
  if (removed > 0) await writeProfile(tx, await refold(tx));
  return removed;
}

/** The profile as the journal alone tells it, or the part of it that `isMeant`. */
export async function refold(
  tx: Reading | Writing,
  isMeant: (signal: Signal) => boolean = () => true,
): Promise<Profile> {
  const profile = emptyProfile();
  const signals = (await (tx as Reading).objectStore('journal').getAll()).filter(isMeant);
  for (const signal of signals.sort((a, b) => a.at - b.at)) fold(profile, signal); // imported ones come late
  return profile;
}

async function deleteKeys(tx: Writing, keys: readonly number[]): Promise<number> {
  await Promise.all(keys.map((key) => tx.objectStore('journal').delete(key)));
  return keys.length;
}
