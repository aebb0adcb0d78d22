import { canonicalJson, MAX_WEIGHTS } from './contribution-task.ts';
import { readFields } from './fields.ts';

/** A prior that a round of contributions made: what is added to the weights that ship, by feature. Immutable. */
export interface ReleasedModel {
  readonly format: 'reshelf-release@1';
  readonly taskId: string;
  /** 1 for the first release, then one more each. */
  readonly version: number;
  /** The release it was made from; 0: the weights that ship. */
  readonly parent: number;
  /** Reports in the batch. */
  readonly reports: number;
  /** Standard deviation of the noise in each entry of `changes` from the two aggregators, in units of scaled weight. */
  readonly noise: number;
  readonly features: readonly string[];
  /** Shape [d]: sum of all rounds so far, in units of weight. */
  readonly changes: readonly number[];
}

/** The newest model that a device looked at, and what of it is in use there. */
export interface AdoptedModel {
  readonly sequence: number;
  /** 0: the weights that ship. */
  readonly version: number;
  readonly features: readonly string[];
  /** Added to the weights that ship, by feature; none for version 0. */
  readonly changes: readonly number[];
  /** Unix ms. */
  readonly lookedAt: number;
}

/** Which release is in force. A later `sequence` wins, so a rollback is a new pointer to an old release. */
export interface ModelPointer {
  readonly format: 'reshelf-pointer@1';
  readonly taskId: string;
  readonly sequence: number;
  readonly version: number;
  /** SHA-256 of the release's text, hexadecimal; empty for version 0. */
  readonly hash: string;
}

/** A text and its Ed25519 signature (RFC 8032), base64url; the text is canonical JSON and is what is signed. */
export interface Signed {
  readonly text: string;
  readonly signature: string;
}

const TASK_ID = /^[A-Za-z0-9_-]{43}$/;
const FEATURE = /^[a-z][A-Za-z0-9.-]{0,39}$/;
const HASH = /^([0-9a-f]{64})?$/;
const SIGNATURE = /^[A-Za-z0-9_-]{86}$/;
const MOST = Number.MAX_SAFE_INTEGER;

export function parseSigned(value: unknown): Signed {
  const signed = readFields(value, 'signed');
  return { text: signed.text('text', /^\{.{0,16384}$/s), signature: signed.text('signature', SIGNATURE) };
}

export function parseRelease(text: string): ReleasedModel {
  const release = readFields(JSON.parse(text), 'release');
  const features = release.texts('features', FEATURE, MAX_WEIGHTS);
  return {
    format: release.oneOf('format', ['reshelf-release@1']),
    taskId: release.text('taskId', TASK_ID),
    version: release.whole('version', 1, MOST),
    parent: release.whole('parent', 0, MOST),
    reports: release.whole('reports', 1, MOST),
    noise: release.number('noise', 0, 1e6),
    features,
    changes: release.numbers('changes', -1e6, 1e6, features.length),
  };
}

export function parsePointer(text: string): ModelPointer {
  const pointer = readFields(JSON.parse(text), 'pointer');
  return {
    format: pointer.oneOf('format', ['reshelf-pointer@1']),
    taskId: pointer.text('taskId', TASK_ID),
    sequence: pointer.whole('sequence', 1, MOST),
    version: pointer.whole('version', 0, MOST),
    hash: pointer.text('hash', HASH),
  };
}

/** SHA-256 of a text, hexadecimal. */
export async function hashText(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @throws TypeError on a signature that is not the key's */
export async function verifySigned({ text, signature }: Signed, publicKey: string): Promise<string> {
  const key = await crypto.subtle.importKey('raw', fromBase64Url(publicKey), 'Ed25519', false, ['verify']);
  const isGood = await crypto.subtle.verify(
    'Ed25519',
    key,
    fromBase64Url(signature),
    new TextEncoder().encode(text),
  );
  if (!isGood)
    throw new TypeError('expected a text signed by the key of the task, the signature is another’s');
  return text;
}

export async function sign(value: ReleasedModel | ModelPointer, privateKey: CryptoKey): Promise<Signed> {
  const text = canonicalJson(value);
  const signature = await crypto.subtle.sign('Ed25519', privateKey, new TextEncoder().encode(text));
  return { text, signature: toBase64Url(new Uint8Array(signature)) };
}

export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
}

export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}
