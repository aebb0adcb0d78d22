import { boundOf, toMeasurement, toWholeUpdate } from '../privacy/whole-update.ts';
import type { Content, CountsContent, TalliesContent, WeightsContent } from '../wire/contribution-task.ts';
import { TALLY_ENTRIES } from '../wire/tallies.ts';

/** One contribution before it is split and sealed. */
export interface Measurement {
  /** For Prio3: numbers from 0 for weights, one bucket for counts. */
  readonly value: readonly number[] | number;
  /** The same as the shopper reads it. */
  readonly numbers: readonly number[];
  readonly words: string;
}

/** What a device can say of itself; asked only when a contribution is due. */
export interface Device {
  /** Change of the weights from this device's lists, shape of the features, in scaled units; zeros without lists. */
  update(content: WeightsContent): Promise<Float64Array>;
  /** In which bucket of this topic the device is; `undefined` when the topic is not one of the build's. */
  bucket(content: CountsContent): Promise<number | undefined>;
  /** Small counts of this topic, shape of its entries, capped; `undefined` where there is nothing to answer, e.g. no arm. */
  tally(content: TalliesContent, now: number): Promise<readonly number[] | undefined>;
}

/** @returns `undefined` when the device has no answer to this kind of question */
export async function measure(
  content: Content,
  device: Device,
  now: number,
): Promise<Measurement | undefined> {
  if (content.kind === 'weights') {
    const bound = boundOf(content.bits);
    const { steps } = toWholeUpdate(await device.update(content), content.clip, bound);
    const used = steps.filter((step) => step !== 0).length;
    return {
      value: toMeasurement(steps, bound),
      numbers: [...steps],
      words:
        used === 0
          ? 'Nothing: no list of yours says anything, and zeros are sent so that nobody can tell.'
          : `How ${used} of ${steps.length} reasons to show a product should weigh, as your lists suggest.`,
    };
  }
  if (content.kind === 'tallies') {
    const numbers = await device.tally(content, now);
    if (numbers === undefined) return undefined;
    const told = TALLY_ENTRIES[content.topic].flatMap((entry, at) =>
      numbers[at] ? `${inWords(entry)} ${numbers[at]}` : [],
    );
    return {
      value: numbers,
      numbers,
      words:
        told.length === 0
          ? `Nothing (${content.topic}): zeros are sent so that nobody can tell.`
          : `Of the last two weeks, capped and weighed (${content.topic}): ${told.join(', ')}.`,
    };
  }
  const bucket = await device.bucket(content);
  if (bucket === undefined) return undefined;
  return {
    value: bucket,
    numbers: [bucket],
    words: `That you belong to “${content.buckets[bucket] ?? ''}” of ${content.buckets.length} groups (${content.topic}).`,
  };
}

/** An entry's name as a shopper reads it. */
const inWords = (entry: string): string => WORDS[entry] ?? entry.replace(/^(\w+)\.(\w+)$/, armed);
const armed = (_: string, arm: string, what: string): string =>
  `${what} in ${arm === 'holdout' ? 'the shop’s' : 'your personal'} order`;
const WORDS: Readonly<Record<string, string>> = {
  'interleaved.personal': 'chose more from your order',
  'interleaved.shop': 'chose more from the shop’s order',
  replayed: 'judged its own lists',
  drifted: 'serves worse than it did',
  stoodDown: 'stood down',
  contested: 'another script undid a list',
  failed: 'caught an error',
};
