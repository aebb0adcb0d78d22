import type { RandomBits } from '../core/ambient.ts';
import { asEpochMs, DAY_MS } from '../core/ids.ts';
import { ARMS, type Arm, DRAFT_DAYS, type DraftLog, type DrawnArm } from '../core/trial.ts';
import { createRandomIntegers } from '../privacy/random-integers.ts';
import type { Database } from '../store/database.ts';
import { readGranted, writeGranted } from '../store/granted.ts';
import { type ContributionTask, topicOf } from '../wire/contribution-task.ts';
import { grantIn } from './grant-in.ts';

/** The task of measuring lift for shoppers of this device's region. */
const liftTask = (tasks: readonly ContributionTask[]): ContributionTask | undefined =>
  tasks.find(({ content }) => topicOf(content) === 'lift');

/**
 * Draws this device's arm by a coin of its own, once for a grant to measure and a task; without either there is none. A
 * server learns the arm from nothing but the sums. Old drafts go.
 */
export async function drawArm(
  db: Database,
  tasks: readonly ContributionTask[],
  random: RandomBits,
  now: number,
): Promise<void> {
  const task = liftTask(tasks);
  const consentId = task === undefined ? null : await grantIn(db, 'measure');
  await writeGranted(db, async (tx) => {
    const store = tx.objectStore('trial');
    if (task === undefined || consentId === null || task.content.kind !== 'tallies') return store.clear();
    const known = (await store.get('arm')) as DrawnArm | undefined; // nothing else is under this name
    if (known?.consentId === consentId && known.taskId === task.id) {
      for (const key of await store.getAllKeys()) {
        const one = await store.get(key);
        if (key !== 'arm' && one !== undefined && 'at' in one && one.at < now - DRAFT_DAYS * DAY_MS)
          await store.delete(key);
      }
      return;
    }
    const { shares } = task.content;
    const drawn: DrawnArm = {
      arm: pickArm(shares, random),
      drawnAt: asEpochMs(now),
      consentId,
      taskId: task.id,
    };
    await store.clear();
    await store.put(drawn, 'arm');
  });
}

/** @param shares whole percents by arm, 100 together */
export function pickArm(shares: readonly number[], random: RandomBits): Arm {
  const coin = Number(createRandomIntegers(random).below(100n));
  const upTo = (at: number) => shares.slice(0, at + 1).reduce((sum, share) => sum + share, 0);
  return ARMS.find((_, at) => coin < upTo(at)) ?? 'personalized';
}

/** The arm and its drafts; `undefined` where none was drawn, or measuring is not granted any more. */
export async function readTrial(
  db: Database,
): Promise<{ readonly drawn: DrawnArm; readonly drafts: readonly DraftLog[] } | undefined> {
  const consentId = await grantIn(db, 'measure');
  return readGranted(db, async (tx) => {
    const all = await tx.objectStore('trial').getAll();
    const drawn = all.find((one): one is DrawnArm => 'arm' in one);
    const drafts = all.filter((one): one is DraftLog => 'slateId' in one);
    return drawn?.consentId === consentId && drawn !== undefined ? { drawn, drafts } : undefined;
  });
}
