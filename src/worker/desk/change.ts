import { type Adjustments, adjusted, type InterestRef } from '../../core/adjustments.ts';
import { packProfile } from '../../core/profile-record.ts';
import { NO_WISHES, parseWishes, type Wishes } from '../../core/wishes.ts';
import type { Reading, Writing } from '../../store/granted.ts';
import { refold } from '../../store/journal.ts';
import type { ForgetSome, InterestChange } from '../../wire/desk-api.ts';
import { isAbout } from './overview.ts';

export interface Said {
  readonly wishes: Wishes;
  readonly adjustments: Adjustments;
}

/** What the shopper has said after a change; a forget also takes back what was said of the interest. */
export function saidAfter({ wishes, adjustments }: Said, { interest, act }: InterestChange): Said {
  const { value } = interest;
  const without = (list: readonly string[]) => list.filter((one) => one !== value);
  const name = interest.facet === 'size' ? 'sizes' : 'favourites';
  switch (act) {
    case 'more':
      return { wishes, adjustments: adjusted(adjustments, interest, 2) };
    case 'less':
      return { wishes, adjustments: adjusted(adjustments, interest, 0.5) };
    case 'mute':
      return { wishes: parseWishes({ ...wishes, muted: [...wishes.muted, value] }), adjustments };
    case 'favourite':
      return {
        wishes: parseWishes({ ...wishes, muted: without(wishes.muted), [name]: [...wishes[name], value] }),
        adjustments,
      };
    case 'unmute':
      return { wishes: { ...wishes, muted: without(wishes.muted) }, adjustments };
    case 'unfavourite':
      return { wishes: { ...wishes, [name]: without(wishes[name]) }, adjustments };
    case 'forget': {
      const { [value]: _, ...factors } = adjustments[interest.facet] ?? {};
      return {
        wishes: { sizes: without(wishes.sizes), favourites: without(wishes.favourites), muted: wishes.muted },
        adjustments: { ...adjustments, [interest.facet]: factors },
      };
    }
  }
}

export async function readSaid(tx: Reading | Writing): Promise<Said> {
  return {
    wishes: (await (tx as Reading).objectStore('wishes').get('current')) ?? NO_WISHES,
    adjustments: (await (tx as Reading).objectStore('adjustments').get('current')) ?? {},
  };
}

export async function writeSaid(tx: Writing, { wishes, adjustments }: Said): Promise<void> {
  await tx.objectStore('wishes').put(wishes, 'current');
  await tx.objectStore('adjustments').put(adjustments, 'current');
}

/** Deletes signals, and what was learned from them: the profile is folded again. @returns how many went */
async function deleteSignals(
  tx: Writing,
  isMeant: (key: number, signal: Parameters<typeof isAbout>[0]) => boolean,
) {
  let removed = 0;
  for (
    let cursor = await tx.objectStore('journal').openCursor();
    cursor !== null;
    cursor = await cursor.continue()
  )
    if (isMeant(cursor.primaryKey, cursor.value)) {
      await cursor.delete();
      removed += 1;
    }
  if (removed > 0) await relearn(tx);
  return removed;
}

/** Folds the profile again from what the journal now holds, in time order. */
export async function relearn(tx: Writing): Promise<void> {
  await tx.objectStore('profile').put(packProfile(await refold(tx)), 'current');
}

export function forgetSome(tx: Writing, { keys = [], since }: ForgetSome): Promise<number> {
  return deleteSignals(tx, (key, { at }) => keys.includes(key) || (since !== undefined && at >= since));
}

export function forgetInterest(tx: Writing, interest: InterestRef): Promise<number> {
  return deleteSignals(tx, (_, signal) => isAbout(signal, interest));
}
