import { createRandomIntegers } from '../privacy/random-integers.ts';
import { answerLocally, bestLocalMechanism } from '../privacy/randomized-response.ts';
import { encodeLocalAnswer, type LocalTask, periodOf } from '../wire/local-task.ts';
import { toBase64Url } from '../wire/released-model.ts';
import type { Device } from './kinds.ts';
import type { LedgerRow, Queued } from './ledger.ts';

/** A report before it is known by which row and for which purpose it goes. */
export type Report = Omit<Queued, 'row' | 'purpose' | 'consentId'>;

/**
 * A noisy answer for one server. It is drawn once a period and kept until it arrives: asked again, the device says the
 * same, so that averaging over many answers of one period gives nothing away.
 */
export async function makeLocalAnswer(
  task: LocalTask,
  device: Device,
  consentId: string,
  now: number,
  random: (into: Uint32Array<ArrayBuffer>) => void,
): Promise<{ row: LedgerRow; report: Report } | undefined> {
  const { topic, buckets, epsilon, id, server } = task;
  const bucket = await device.bucket({ kind: 'counts', topic, buckets, chunkLength: 1 });
  if (bucket === undefined) return undefined;
  const mechanism = bestLocalMechanism(buckets.length, epsilon);
  const reported = answerLocally(mechanism, bucket, createRandomIntegers(random));
  const answerId = new Uint32Array(4);
  random(answerId);
  const period = periodOf(task, now);
  const body = new TextEncoder().encode(
    encodeLocalAnswer({ answerId: toBase64Url(new Uint8Array(answerId.buffer)), period, reported }),
  );
  return {
    row: {
      at: now,
      rho: 0,
      pure: epsilon,
      taskId: id,
      kind: 'local',
      words: `One of ${buckets.length} groups (${topic}), with so much chance added here that each group is deniable.`,
      numbers: reported,
      bytes: body,
      mechanism:
        mechanism.kind === 'k-rr'
          ? 'randomized response on this device'
          : 'optimized unary encoding on this device',
      noise: 0,
      to: [server],
      consentId,
      state: 'queued',
    },
    report: {
      url: new URL(`tasks/${id}/answers`, server).href,
      method: 'POST',
      type: 'application/json',
      body,
      tries: 0,
      notBefore: 0,
      staleAt: now + 7 * 86_400_000,
    },
  };
}
