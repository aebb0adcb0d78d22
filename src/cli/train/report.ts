import type { Progress } from '../../learn/train.ts';
import type { FittedFolder } from './fit-folder.ts';

/** One line an epoch; the star marks the best so far. */
export function describeEpoch({ epoch, heldOut, isBest }: Progress): string {
  const name = epoch === 0 ? 'priors  ' : `epoch ${String(epoch).padStart(2)}`;
  return `${name}  held-out loss ${heldOut.loss.toFixed(5)}  MRR ${heldOut.mrr.toFixed(4)}${isBest ? ' *' : ''}`;
}

/** What came of it, for people. */
export function describeTrained(
  { heldOut, isDefault, newWeight, epochs, bestEpoch, stoppedEarly, lists }: FittedFolder,
  sizeBytes: number,
  out: string,
): string {
  const stop = stoppedEarly ? `stopped after ${epochs} epochs without getting better` : `${epochs} epochs`;
  const row = (name: string, { mrr, newMrr }: { mrr: number; newMrr: number }) =>
    `${name.padEnd(14)} ${mrr.toFixed(4).padStart(8)} ${newMrr.toFixed(4).padStart(8)}`;
  return [
    `${lists.learned} lists learned from, ${lists.heldOut} held out (whole sessions); lists of what was new to the shopper count ${newWeight}`,
    `${stop}; the weights are from epoch ${bestEpoch}`,
    '',
    `${'held-out MRR'.padEnd(14)} ${'all'.padStart(8)} ${'new'.padStart(8)}`,
    row("shop's order", heldOut.shop),
    row('default', heldOut.ofDefault),
    row('trained', heldOut.ofTrained),
    ...(isDefault
      ? ['', 'What was trained is no better here, or does harm: the default model was written.']
      : []),
    '',
    `${out}: ${sizeBytes} bytes`,
  ].join('\n');
}
