import { opaque16, opaque32, readBytes } from './bytes.ts';

/** DAP-09 (draft-ietf-ppm-dap-09), section 4.4.2: what a client uploads. */
export interface DapReport {
  /** 16 bytes; also the nonce of Prio3. */
  readonly id: Buffer;
  /** Unix seconds. */
  readonly time: number;
  readonly publicShare: Buffer;
  readonly leader: Ciphertext;
  readonly helper: Ciphertext;
}

export interface Ciphertext {
  readonly configId: number;
  /** The sender's ephemeral public key. */
  readonly encapsulated: Buffer;
  readonly payload: Buffer;
}

export const REPORT_TYPE = 'application/dap-report';
export const CONFIG_LIST_TYPE = 'application/dap-hpke-config-list';
/** Numbers of the roles in what is sealed (DAP-09, section 4.1). */
export const ROLE = { collector: 0, client: 1, leader: 2, helper: 3 } as const;

/** @throws RangeError on anything that is not one whole report */
export function decodeReport(bytes: Uint8Array): DapReport {
  const reader = readBytes(bytes);
  const id = reader.bytes(16);
  const time = reader.uint64();
  if (time > 2n ** 40n) throw new RangeError(`expected a time in Unix seconds, got ${time}`);
  const publicShare = reader.opaque32();
  const ciphertext = (): Ciphertext => ({
    configId: reader.uint8(),
    encapsulated: reader.opaque16(),
    payload: reader.opaque32(),
  });
  const report = { id, time: Number(time), publicShare, leader: ciphertext(), helper: ciphertext() };
  reader.end();
  return report;
}

export const encodeCiphertext = ({ configId, encapsulated, payload }: Ciphertext): Buffer =>
  Buffer.concat([Buffer.of(configId), opaque16(encapsulated), opaque32(payload)]);

/** @throws RangeError */
export function decodeCiphertext(bytes: Uint8Array): Ciphertext {
  const reader = readBytes(bytes);
  const ciphertext = {
    configId: reader.uint8(),
    encapsulated: reader.opaque16(),
    payload: reader.opaque32(),
  };
  reader.end();
  return ciphertext;
}

/** What both input shares are bound to: task, report id, time and public share (DAP-09, section 4.4.2). */
export function inputShareAad(
  taskId: Buffer,
  { id, time, publicShare }: Omit<DapReport, 'leader' | 'helper'>,
): Buffer {
  const at = Buffer.alloc(8);
  at.writeBigUInt64BE(BigInt(time));
  return Buffer.concat([taskId, id, at, opaque32(publicShare)]);
}

const INPUT_SHARE_LABEL = new TextEncoder().encode('dap-09 input share');
/** What a share is sealed for: the protocol, from a client, to this role. */
export const inputShareInfo = (role: 'leader' | 'helper'): Buffer =>
  Buffer.concat([INPUT_SHARE_LABEL, Buffer.of(ROLE.client, ROLE[role])]);

/** The share itself; extensions are refused, because none is known here. @throws RangeError */
export function decodePlaintextShare(bytes: Uint8Array): Buffer {
  const reader = readBytes(bytes);
  const extensions = reader.opaque16();
  if (extensions.length > 0) throw new RangeError('expected no extension, got one');
  const payload = reader.opaque32();
  reader.end();
  return payload;
}
