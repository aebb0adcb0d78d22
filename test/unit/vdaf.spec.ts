import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { createPrio, vdafOf } from '../../src/coordinator/prio.ts';
import type { Content } from '../../src/wire/contribution-task.ts';

interface Vector {
  readonly length: number;
  readonly bits?: number;
  readonly chunk_length: number;
  readonly shares: number;
  readonly verify_key: string;
  readonly agg_result: readonly number[];
  readonly agg_shares: readonly string[];
  readonly prep: readonly {
    readonly measurement: number | readonly number[];
    readonly nonce: string;
    readonly rand: string;
    readonly input_shares: readonly string[];
    readonly public_share: string;
    readonly prep_shares: readonly (readonly string[])[];
    readonly prep_messages: readonly string[];
    readonly out_shares: readonly (readonly string[])[];
  }[];
}

const read = (name: string): Vector => JSON.parse(readFileSync(`test/data/vdaf-08/${name}.json`, 'utf8'));
const hex = (text: string): Buffer => Buffer.from(text, 'hex');

function contentOf({ length, bits, chunk_length: chunkLength }: Vector): Content {
  if (bits === undefined)
    return { kind: 'counts', topic: 'x', buckets: Array.from({ length }, (_, at) => `${at}`), chunkLength };
  const features = Array.from({ length }, (_, at) => `f${at}`);
  return { kind: 'weights', features, scales: features.map(() => 1), clip: 1, rate: 1, bits, chunkLength };
}

for (const name of ['Prio3SumVec_0', 'Prio3SumVec_1', 'Prio3Histogram_0', 'Prio3Histogram_1'])
  test(`${name} of VDAF-08, shard by shard`, async () => {
    const vector = read(name);
    const content = contentOf(vector);
    if (vector.shares !== 2) {
      // Three aggregators: the library alone; ours are always two.
      const { Prio3Histogram, Prio3SumVec } = await import('@divviup/prio3');
      const { length, bits, chunk_length: chunkLength, shares } = vector;
      const vdaf =
        bits === undefined
          ? new Prio3Histogram({ shares, length, chunkLength })
          : new Prio3SumVec({ shares, length, bits, chunkLength });
      const run = await vdaf.run({
        aggregationParameter: null,
        verifyKey: hex(vector.verify_key),
        measurements: vector.prep.map(({ measurement }) => measurement) as never[],
        nonces: vector.prep.map(({ nonce }) => hex(nonce)),
        rands: vector.prep.map(({ rand }) => hex(rand)),
      });
      expect(run.agg_shares).toEqual(vector.agg_shares);
      expect(run.prep.map(({ out_shares }) => out_shares)).toEqual(
        vector.prep.map(({ out_shares }) => out_shares),
      );
      expect(run.agg_result.map(Number)).toEqual(vector.agg_result);
      return;
    }
    const vdaf = vdafOf(content);
    const prio = createPrio(content, hex(vector.verify_key));
    const outputs: { leader: Buffer[]; helper: Buffer[] } = { leader: [], helper: [] };
    for (const report of vector.prep) {
      const nonce = hex(report.nonce);
      const sharded = await vdaf.shardEncoded(report.measurement as never, nonce, hex(report.rand));
      expect(sharded.publicShare.toString('hex')).toBe(report.public_share);
      expect(sharded.inputShares.map((share) => share.toString('hex'))).toEqual(report.input_shares);
      const [leaderShare, helperShare] = report.input_shares.map(hex) as [Buffer, Buffer];
      const leader = await prio.prepare('leader', nonce, hex(report.public_share), leaderShare);
      const helper = await prio.prepare('helper', nonce, hex(report.public_share), helperShare);
      expect([leader.share, helper.share].map((share) => share.toString('hex'))).toEqual(
        report.prep_shares[0],
      );
      const message = await prio.combine([leader.share, helper.share]);
      expect(message.toString('hex')).toBe(report.prep_messages[0]);
      const outs = [leader.finish(message), helper.finish(message)];
      expect(outs.map((out) => out.toString('hex'))).toEqual(
        report.out_shares.map((parts) => parts.join('')),
      );
      outputs.leader.push(outs[0] ?? Buffer.alloc(0));
      outputs.helper.push(outs[1] ?? Buffer.alloc(0));
    }
    const zero = Array<bigint>(prio.length).fill(0n);
    const sums = [prio.sum(outputs.leader, zero), prio.sum(outputs.helper, zero)] as const;
    expect(sums.map((sum) => sum.toString('hex'))).toEqual(vector.agg_shares);
    expect(prio.total(sums).map(Number)).toEqual(vector.agg_result);
    const noisy = [
      prio.sum(
        outputs.leader,
        zero.map(() => -300n),
      ),
      prio.sum(
        outputs.helper,
        zero.map(() => 7n),
      ),
    ] as const;
    expect(prio.total(noisy).map(Number)).toEqual(vector.agg_result.map((count) => count - 293));
  });
