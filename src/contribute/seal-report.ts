import { Task } from '@divviup/dap';
import { type ContributionTask, vectorOf } from '../wire/contribution-task.ts';

/**
 * A DAP-09 report, split for two aggregators by Prio3 and sealed to each: asks both for their keys, and sends nothing
 * else. The report is encoded once and sent by ourselves: the library's own `sendMeasurement` would make a second report
 * on a retry, which would count twice, and forget its options.
 */
export async function sealReport(
  { id, leader, helper, timePrecisionSeconds, content }: ContributionTask,
  value: readonly number[] | number,
  now: number,
  request: typeof fetch,
): Promise<Uint8Array> {
  const { chunkLength } = content;
  const shared = { id, leader, helper, timePrecisionSeconds };
  const task =
    content.kind === 'counts'
      ? new Task({ type: 'histogram', length: content.buckets.length, chunkLength, ...shared })
      : new Task({ type: 'sumVec', ...vectorOf(content), chunkLength, ...shared });
  task.fetch = (input, init) =>
    request(input, { ...init, credentials: 'omit', referrerPolicy: 'no-referrer' });
  const report = await task.generateReport(value as never, { timestamp: new Date(now) }); // numbers for one, a bucket for the other
  return new Uint8Array(report.encode());
}
