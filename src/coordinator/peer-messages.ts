import { readFields } from '../wire/fields.ts';
import type { Ciphertext } from './dap-report.ts';

/**
 * What leader, helper and collector say to each other, as JSON. This is our own protocol between our own processes, not
 * DAP-09's aggregation and collection jobs; a deployment that wants those runs Janus.
 */
export interface PrepareRequest {
  readonly taskId: string;
  readonly batch: number;
  readonly reports: readonly PrepareReport[];
}
export interface PrepareReport {
  readonly id: Buffer;
  readonly time: number;
  readonly publicShare: Buffer;
  readonly ciphertext: Ciphertext;
  readonly leaderShare: Buffer;
}
/** One per report, in their order: the message that both finish with, or why the helper does not count it. */
export type PrepareAnswer = { readonly message: Buffer } | { readonly reason: string };

export interface ReleaseRequest {
  readonly taskId: string;
  readonly batch: number;
  readonly collectionId: string;
  readonly reports: number;
  readonly checksum: Buffer;
}

/** What the collector asks the leader for. */
export interface CollectRequest {
  readonly batch: number;
}
/** Both shares, each sealed to the collector. */
export interface CollectAnswer {
  readonly reports: number;
  readonly leaderShare: Buffer;
  readonly helperShare: Buffer;
}

export const MAX_REPORTS_A_JOB = 64;
const BASE64 = /^[A-Za-z0-9_-]{0,65536}$/;
const TASK_ID = /^[A-Za-z0-9_-]{43}$/;
const REASON = /^.{1,300}$/s;
export const COLLECTION_ID = /^[A-Za-z0-9_-]{22}$/;
const MOST = 2 ** 31 - 1;
const MOST_TIME = 2 ** 40;

const text = (bytes: Buffer): string => bytes.toString('base64url');
const bytesOf = (value: string): Buffer => Buffer.from(value, 'base64url');

export const encodePrepareRequest = ({ taskId, batch, reports }: PrepareRequest): string =>
  JSON.stringify({
    taskId,
    batch,
    reports: reports.map(({ id, time, publicShare, ciphertext, leaderShare }) => ({
      id: text(id),
      time,
      publicShare: text(publicShare),
      configId: ciphertext.configId,
      encapsulated: text(ciphertext.encapsulated),
      payload: text(ciphertext.payload),
      leaderShare: text(leaderShare),
    })),
  });

/** @throws TypeError, as all readers here */
export function decodePrepareRequest(value: unknown): PrepareRequest {
  const request = readFields(value, 'request');
  return {
    taskId: request.text('taskId', TASK_ID),
    batch: request.whole('batch', 1, MOST),
    reports: request.list('reports', MAX_REPORTS_A_JOB).map((report) => ({
      id: bytesOf(report.text('id', /^[A-Za-z0-9_-]{22}$/)),
      time: report.whole('time', 0, MOST_TIME),
      publicShare: bytesOf(report.text('publicShare', BASE64)),
      ciphertext: {
        configId: report.whole('configId', 0, 255),
        encapsulated: bytesOf(report.text('encapsulated', BASE64)),
        payload: bytesOf(report.text('payload', BASE64)),
      },
      leaderShare: bytesOf(report.text('leaderShare', BASE64)),
    })),
  };
}

export const encodePrepareAnswers = (answers: readonly PrepareAnswer[]): string =>
  JSON.stringify({
    answers: answers.map((answer) =>
      'message' in answer ? { message: text(answer.message) } : { reason: answer.reason },
    ),
  });

export function decodePrepareAnswers(value: unknown, count: number): PrepareAnswer[] {
  const answers = readFields(value, 'answer').list('answers', count);
  if (answers.length !== count) throw new TypeError(`expected ${count} answers, got ${answers.length}`);
  return answers.map((answer) =>
    answer.has('message')
      ? { message: bytesOf(answer.text('message', BASE64)) }
      : { reason: answer.text('reason', REASON) },
  );
}

export const encodeReleaseRequest = (request: ReleaseRequest): string =>
  JSON.stringify({ ...request, checksum: text(request.checksum) });

export function decodeReleaseRequest(value: unknown): ReleaseRequest {
  const request = readFields(value, 'request');
  return {
    taskId: request.text('taskId', TASK_ID),
    batch: request.whole('batch', 1, MOST),
    collectionId: request.text('collectionId', COLLECTION_ID),
    reports: request.whole('reports', 0, MOST),
    checksum: bytesOf(request.text('checksum', /^[A-Za-z0-9_-]{43}$/)),
  };
}

export const encodeShare = (share: Buffer): string => JSON.stringify({ share: text(share) });
export const decodeShare = (value: unknown): Buffer =>
  bytesOf(readFields(value, 'answer').text('share', BASE64));

export function decodeCollectRequest(value: unknown): CollectRequest {
  return { batch: readFields(value, 'request').whole('batch', 1, MOST) };
}

export const encodeCollectAnswer = ({ reports, leaderShare, helperShare }: CollectAnswer): string =>
  JSON.stringify({ reports, leaderShare: text(leaderShare), helperShare: text(helperShare) });

export function decodeCollectAnswer(value: unknown): CollectAnswer {
  const answer = readFields(value, 'answer');
  return {
    reports: answer.whole('reports', 1, MOST),
    leaderShare: bytesOf(answer.text('leaderShare', BASE64)),
    helperShare: bytesOf(answer.text('helperShare', BASE64)),
  };
}
