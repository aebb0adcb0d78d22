import { randomBytes } from 'node:crypto';
import { createPrio, vdafOf } from '../../coordinator/prio.ts';
import { FEDERATED } from '../../learn/federated-settings.ts';
import { boundOf, toMeasurement } from '../../privacy/whole-update.ts';
import type { WeightsContent } from '../../wire/contribution-task.ts';
import type { PrioCheck } from './result.ts';
import { contributionOf, type Learned, type Ready } from './rounds.ts';

/** One round of real contributions through Prio3, split, proved, checked and summed, beside the plain sum. */
export async function checkThroughPrio(
  people: readonly Ready[],
  weights: Float64Array,
  learned: Learned,
): Promise<PrioCheck> {
  const { columns, scales } = learned;
  const bound = boundOf(FEDERATED.bits);
  const content: WeightsContent = {
    kind: 'weights',
    features: columns.map((column) => `f${column}`),
    scales,
    clip: FEDERATED.clip,
    rate: FEDERATED.rate,
    bits: FEDERATED.bits,
    chunkLength: 16,
  };
  const vdaf = vdafOf(content);
  const prio = createPrio(content, randomBytes(16));
  const plain = columns.map(() => 0n);
  const outputs: [Buffer[], Buffer[]] = [[], []];
  for (const person of people) {
    const measurement = toMeasurement(contributionOf(person, weights, learned), bound);
    measurement.forEach((value, at) => {
      plain[at] = (plain[at] ?? 0n) + BigInt(value);
    });
    const nonce = randomBytes(16);
    const { publicShare, inputShares } = await vdaf.shardEncoded(
      measurement as never,
      nonce,
      randomBytes(vdaf.randSize),
    ); // a vector, as the content says
    const [forLeader, forHelper] = inputShares as [Buffer, Buffer]; // two aggregators
    const leader = await prio.prepare('leader', nonce, publicShare, forLeader);
    const helper = await prio.prepare('helper', nonce, publicShare, forHelper);
    const message = await prio.combine([leader.share, helper.share]);
    outputs[0].push(leader.finish(message));
    outputs[1].push(helper.finish(message));
  }
  const total = prio.total([prio.sum(outputs[0], []), prio.sum(outputs[1], [])]);
  return { reports: people.length, isEqual: total.every((value, at) => value === plain[at]) };
}
