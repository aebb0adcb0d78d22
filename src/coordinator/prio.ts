import { Prio3Histogram, Prio3SumVec } from '@divviup/prio3';
import { type Content, vectorOf } from '../wire/contribution-task.ts';

/** Prio3 (draft-irtf-cfrg-vdaf-08, section 7) for two aggregators, as far as an aggregator needs it. */
export interface Prio {
  readonly length: number;
  /** First look at a report's share: what to tell the other aggregator, and what to keep until it has answered. */
  prepare(role: 'leader' | 'helper', nonce: Buffer, publicShare: Buffer, share: Buffer): Promise<Prepared>;
  /** Whether a leader's share has the form of one; proofs are checked later, by both. @throws Error */
  checkLeaderShare(share: Buffer): void;
  /** Both preparation shares, leader's first. @throws Error when the report is not what it claims */
  combine(shares: readonly [Buffer, Buffer]): Promise<Buffer>;
  /** Sum of encoded output shares and whole numbers (noise), modulo the field. @returns encoded, shape [length] */
  sum(shares: readonly Uint8Array[], noise: readonly bigint[]): Buffer;
  /** The totals of the two aggregators' sums, as signed whole numbers: noise can make them negative. */
  total(sums: readonly [Uint8Array, Uint8Array]): bigint[];
}

export interface Prepared {
  readonly share: Buffer;
  /** @returns the encoded output share @throws Error when the message is not the one expected */
  finish(message: Buffer): Buffer;
}

const SEED = 16;
const ELEMENT = 16;
/** Uses of Prio3's pseudorandom generator (VDAF-08, section 7.2). */
const MEASUREMENT_SHARE = 1;
const PROOF_SHARE = 2;
const PROOFS = 1;
const AGGREGATOR = { leader: 0, helper: 1 } as const;

export function vdafOf(content: Content): Prio3SumVec | Prio3Histogram {
  const { chunkLength } = content;
  return content.kind === 'counts'
    ? new Prio3Histogram({ shares: 2, length: content.buckets.length, chunkLength })
    : new Prio3SumVec({ shares: 2, ...vectorOf(content), chunkLength });
}

/** @param verifyKey 16 bytes that both aggregators share and no client knows */
export function createPrio(content: Content, verifyKey: Buffer): Prio {
  const vdaf = vdafOf(content);
  const { flp, xof } = vdaf;
  const { field, measurementLen, proofLen, outputLen, verifierLen } = flp;

  /** Little-endian elements, all in the field; twenty times faster than the library's, which raises 256 to a power per byte. */
  function decode(bytes: Uint8Array): bigint[] {
    if (bytes.length % ELEMENT !== 0)
      throw new RangeError(`expected whole elements, got ${bytes.length} bytes`);
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Array.from({ length: bytes.length / ELEMENT }, (_, at) => {
      const low = buffer.readBigUInt64LE(at * ELEMENT);
      const value = (buffer.readBigUInt64LE(at * ELEMENT + 8) << 64n) | low;
      if (value >= field.modulus) throw new RangeError('expected an element of the field');
      return value;
    });
  }
  function encode(values: readonly bigint[]): Buffer {
    const bytes = Buffer.alloc(values.length * ELEMENT);
    values.forEach((value, at) => {
      bytes.writeBigUInt64LE(value & 0xffff_ffff_ffff_ffffn, at * ELEMENT);
      bytes.writeBigUInt64LE(value >> 64n, at * ELEMENT + 8);
    });
    return bytes;
  }
  const expand = (usage: number, seed: Buffer, binder: Buffer, length: number): Promise<bigint[]> =>
    xof.expandIntoVec(field, seed, vdaf.domainSeparationTag(usage), binder, length);

  function decodeLeaderShare(share: Buffer) {
    const expected = (measurementLen + proofLen) * ELEMENT + SEED;
    if (share.length !== expected)
      throw new RangeError(`expected a share of ${expected} bytes, got ${share.length}`);
    const wireMeasurementShare = share.subarray(0, measurementLen * ELEMENT);
    const wireProofShare = share.subarray(measurementLen * ELEMENT, -SEED);
    return {
      measurementShare: decode(wireMeasurementShare),
      proofsShare: decode(wireProofShare),
      wireMeasurementShare,
      wireProofShare,
      blind: share.subarray(-SEED),
    };
  }
  async function decodeHelperShare(share: Buffer) {
    if (share.length !== 3 * SEED) throw new RangeError(`expected three seeds, got ${share.length} bytes`);
    const [wireMeasurementShare, wireProofShare, blind] = [0, 1, 2].map((at) =>
      share.subarray(at * SEED, (at + 1) * SEED),
    ) as [Buffer, Buffer, Buffer]; // three of three
    const id = Buffer.of(AGGREGATOR.helper);
    return {
      measurementShare: await expand(MEASUREMENT_SHARE, wireMeasurementShare, id, measurementLen),
      proofsShare: await expand(
        PROOF_SHARE,
        wireProofShare,
        Buffer.concat([Buffer.of(PROOFS), id]),
        proofLen,
      ),
      wireMeasurementShare,
      wireProofShare,
      blind,
    };
  }
  return {
    length: outputLen,
    checkLeaderShare: (share) => void decodeLeaderShare(share),
    async prepare(role, nonce, publicShare, share) {
      if (publicShare.length !== 2 * SEED)
        throw new RangeError(`expected a public share of ${2 * SEED} bytes, got ${publicShare.length}`);
      const jointRandParts = [publicShare.subarray(0, SEED), publicShare.subarray(SEED)];
      const inputShare = role === 'leader' ? decodeLeaderShare(share) : await decodeHelperShare(share);
      const { preparationState, preparationShare } = await vdaf.prepareInit(
        verifyKey,
        AGGREGATOR[role],
        null,
        nonce,
        { jointRandParts },
        inputShare,
      );
      return {
        share: Buffer.concat([encode(preparationShare.verifiersShare), preparationShare.jointRandomnessPart]),
        finish(message) {
          const next = vdaf.prepareNext(preparationState, { jointRand: message });
          if (!('outputShare' in next)) throw new TypeError('expected Prio3 to end after one round');
          return encode(next.outputShare);
        },
      };
    },
    async combine(shares) {
      const parsed = shares.map((share) => {
        if (share.length !== verifierLen * ELEMENT + SEED)
          throw new RangeError(`expected a preparation share of another length, got ${share.length} bytes`);
        return {
          verifiersShare: decode(share.subarray(0, -SEED)),
          jointRandomnessPart: share.subarray(-SEED),
        };
      });
      const message = await vdaf.unshardPreparationShares(null, parsed);
      return message.jointRand;
    },
    sum(shares, noise) {
      const total = Array.from({ length: outputLen }, (_, at) => noise[at] ?? 0n);
      for (const share of shares)
        decode(share).forEach((value, at) => {
          total[at] = (total[at] ?? 0n) + value;
        });
      return encode(total.map((value) => ((value % field.modulus) + field.modulus) % field.modulus));
    },
    total(sums) {
      const [first, second] = sums.map(decode) as [bigint[], bigint[]]; // two of two
      if (first.length !== outputLen || second.length !== outputLen)
        throw new RangeError(`expected sums of ${outputLen} entries`);
      return first.map((value, at) => {
        const total = (value + (second[at] ?? 0n)) % field.modulus;
        return total > field.modulus / 2n ? total - field.modulus : total;
      });
    },
  };
}
