import { createHash } from 'node:crypto';
import { drawDiscreteGaussian, whole } from '../privacy/discrete-noise.ts';
import type { RandomIntegers } from '../privacy/random-integers.ts';
import { encodeCiphertext, ROLE } from './dap-report.ts';
import type { Sql } from './database.ts';
import { type SealKeys, seal } from './hpke.ts';
import type { Prio } from './prio.ts';

export interface BatchSum {
  readonly reports: number;
  /** XOR of the SHA-256 of all report ids (DAP-09, section 4.5.2): equal sets, equal checksums. */
  readonly checksum: Buffer;
  readonly outputShares: readonly Uint8Array[];
}

/** The accepted reports of a batch, in the caller's transaction. */
export async function readBatch(sql: Sql, taskId: string, number: number): Promise<BatchSum> {
  const rows = await sql.query<{ report_id: Uint8Array; output_share: Uint8Array }>(
    `SELECT report_id, output_share FROM reports WHERE task_id = $1 AND batch = $2 AND state = 'accepted'`,
    [taskId, number],
  );
  const checksum = Buffer.alloc(32);
  for (const { report_id } of rows) {
    const digest = createHash('sha256').update(report_id).digest();
    for (let at = 0; at < checksum.length; at++) checksum[at] = (checksum[at] ?? 0) ^ (digest[at] ?? 0);
  }
  return { reports: rows.length, checksum, outputShares: rows.map(({ output_share }) => output_share) };
}

export interface ReleaseParts {
  readonly role: 'leader' | 'helper';
  readonly taskId: string;
  readonly prio: Prio;
  /** sigma² of each entry's noise, in squared steps; 0 draws none. */
  readonly variance: number;
  readonly random: RandomIntegers;
  /** Whom the share is sealed to. */
  readonly collector: Pick<SealKeys, 'configId' | 'publicKey'>;
}

/**
 * The one release of a batch: sums, draws noise, seals, and stores the sealed share together with the batch's end, in the
 * caller's transaction. What a crash undoes was never sent; what was stored is what every later answer repeats. The
 * shares of single reports go; their ids stay, so that none is counted again.
 */
export async function releaseBatch(
  sql: Sql,
  { role, taskId, prio, variance, random, collector }: ReleaseParts,
  number: number,
  batch: BatchSum,
  collectionId: string,
): Promise<Buffer> {
  const noise = Array.from({ length: prio.length }, () =>
    variance === 0 ? 0n : drawDiscreteGaussian(random, whole(variance)),
  );
  const sealed = await seal(
    collector,
    shareInfo(role),
    prio.sum(batch.outputShares, noise),
    shareAad(taskId, number, batch.reports),
  );
  const share = encodeCiphertext(sealed);
  await sql.query(
    `UPDATE batches SET state = 'released', collection_id = $3, reports = $4, checksum = $5, own_share = $6
     WHERE task_id = $1 AND number = $2`,
    [taskId, number, collectionId, batch.reports, batch.checksum, share],
  );
  await sql.query(
    `UPDATE reports SET public_share = NULL, own_input = NULL, helper_input = NULL, answer = NULL, output_share = NULL
     WHERE task_id = $1 AND batch = $2`,
    [taskId, number],
  );
  return share;
}

const SHARE_LABEL = new TextEncoder().encode('reshelf-1 aggregate share');
/** What an aggregate share is sealed for. Between our own aggregators and collector: DAP's messages are others. */
export const shareInfo = (role: 'leader' | 'helper'): Buffer =>
  Buffer.concat([SHARE_LABEL, Buffer.of(ROLE[role], ROLE.collector)]);

export function shareAad(taskId: string, number: number, reports: number): Buffer {
  const numbers = Buffer.alloc(8);
  numbers.writeUInt32BE(number, 0);
  numbers.writeUInt32BE(reports, 4);
  return Buffer.concat([Buffer.from(taskId, 'base64url'), numbers]);
}
