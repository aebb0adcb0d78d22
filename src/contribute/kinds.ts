import { boundOf, toMeasurement, toWholeUpdate } from '../privacy/whole-update.ts';
import type { CountsContent, WeightsContent } from '../wire/contribution-task.ts';

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
}

/** @returns `undefined` when the device has no answer to this kind of question */
export async function measure(
  content: WeightsContent | CountsContent,
  device: Device,
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
  const bucket = await device.bucket(content);
  if (bucket === undefined) return undefined;
  return {
    value: bucket,
    numbers: [bucket],
    words: `That you belong to “${content.buckets[bucket] ?? ''}” of ${content.buckets.length} groups (${content.topic}).`,
  };
}
