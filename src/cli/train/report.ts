import type { Progress, Trained } from '../../learn/train.ts';

/** One line an epoch; the star marks the best so far. */
export function describeEpoch({ epoch, heldOut, isBest }: Progress): string {
  const name = epoch === 0 ? 'priors  ' : `epoch ${String(epoch).padStart(2)}`;
  return `${name}  held-out loss ${heldOut.loss.toFixed(5)}  MRR ${heldOut.mrr.toFixed(4)}${isBest ? ' *' : ''}`;
}

/** What came of it, for people. */
export function describeTrained(
  { before, after, epochs, bestEpoch, stoppedEarly, lists }: Trained,
  sizeBytes: number,
  out: string,
): string {
  const learned = `${lists.learned} lists learned from, ${lists.heldOut} held out (whole sessions)`;
  const stop = stoppedEarly ? `stopped after ${epochs} epochs without getting better` : `${epochs} epochs`;
  const row = (name: string, { loss, mrr }: { loss: number; mrr: number }) =>
    `${name.padEnd(8)} ${loss.toFixed(5).padStart(9)} ${mrr.toFixed(4).padStart(8)}`;
  return [
    learned,
    `${stop}; the model is from epoch ${bestEpoch}${bestEpoch === 0 ? ': nothing was better than the priors' : ''}`,
    '',
    `${'held out'.padEnd(8)} ${'loss'.padStart(9)} ${'MRR'.padStart(8)}`,
    row('priors', before),
    row('trained', after),
    '',
    `${out}: ${sizeBytes} bytes`,
  ].join('\n');
}
