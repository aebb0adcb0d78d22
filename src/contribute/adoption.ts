import type { Step } from '../wire/contribute-api.ts';
import type { ContributionTask, WeightsContent } from '../wire/contribution-task.ts';
import { readFields } from '../wire/fields.ts';
import {
  hashText,
  parsePointer,
  parseRelease,
  parseSigned,
  type ReleasedModel,
  verifySigned,
} from '../wire/released-model.ts';
import type { Ledger } from './ledger.ts';

export interface AdoptionParts {
  readonly ledger: Ledger;
  readonly fetch: typeof fetch;
  /**
   * How much a change of weights betters the order of this device's own lists, as mean reciprocal rank; NaN without lists.
   */
  readonly judge: (content: WeightsContent, changes: readonly number[]) => Promise<number>;
}

export interface Adoption {
  /** Looks for a newer model, once a day. @returns `undefined` when there is nothing new */
  look(task: ContributionTask, content: WeightsContent, now: number): Promise<Step | undefined>;
}

const LOOK_EVERY_MS = 86_400_000;
/** Entries of noise beyond which a mean of clipped updates cannot have moved by chance (5 standard deviations). */
const NOISE_REACH = 5;

/**
 * Takes over a released model only when its signature is the task's key's, it is what the pointer names, it is no older
 * than the last pointer seen, it moved no further than the rounds can have moved it, and this device's own lists are
 * ordered no worse by it than without.
 */
export function createAdoption({ ledger, fetch, judge }: AdoptionParts): Adoption {
  return {
    async look(task, content, now) {
      const known = await ledger.adopted(task.id);
      if (known !== undefined && now - known.lookedAt < LOOK_EVERY_MS) return undefined;
      const note = (sequence: number, version: number, changes: readonly number[]) =>
        ledger.setAdopted(task.id, { sequence, version, features: content.features, changes, lookedAt: now });
      let offer: Offer | undefined;
      try {
        offer = await read(task, content);
      } catch (error) {
        await note(known?.sequence ?? 0, known?.version ?? 0, known?.changes ?? []);
        return { kind: 'refused', why: `model: ${(error as Error).message}` };
      }
      if (offer === undefined || offer.sequence <= (known?.sequence ?? 0)) {
        await note(known?.sequence ?? 0, known?.version ?? 0, known?.changes ?? []);
        return undefined;
      }
      const { release, sequence } = offer;
      if (release === undefined) {
        await note(sequence, 0, []); // rolled back to what ships
        return { kind: 'adopted' };
      }
      const gain = await judge(content, release.changes);
      if (gain < 0) {
        await note(sequence, 0, []);
        return { kind: 'kept-own' };
      }
      await note(sequence, release.version, release.changes);
      return { kind: 'adopted' };
    },
  };

  interface Offer {
    readonly sequence: number;
    /** Missing: the weights that ship. */
    readonly release: ReleasedModel | undefined;
  }

  /** @throws TypeError on anything that is not as it should be */
  async function read(task: ContributionTask, content: WeightsContent): Promise<Offer | undefined> {
    const reply = await fetch(new URL(`tasks/${task.id}/model`, task.collector).href);
    if (!reply.ok) throw new TypeError(`expected status 200, got ${reply.status}`);
    const answer = (await reply.json()) as { pointer?: unknown; release?: unknown }; // parsed below
    const fields = readFields(answer, 'answer');
    if (answer.pointer === null || !fields.has('pointer')) return undefined; // no round has closed yet
    const pointer = parsePointer(await verifySigned(parseSigned(answer.pointer), task.signingKey));
    if (pointer.taskId !== task.id) throw new TypeError('expected the pointer of this task');
    if (pointer.version === 0) return { sequence: pointer.sequence, release: undefined };
    const text = await verifySigned(parseSigned(answer.release), task.signingKey);
    const release = parseRelease(text);
    if (
      (await hashText(text)) !== pointer.hash ||
      release.version !== pointer.version ||
      release.taskId !== task.id
    )
      throw new TypeError('expected the release that the pointer names');
    checkBound(release, content);
    return { sequence: pointer.sequence, release };
  }
}

/**
 * Each round moves the weights by a mean of updates no longer than `clip`, plus noise.
 * @throws TypeError when the release went further in scaled weights
 */
function checkBound({ features, changes, version, noise }: ReleasedModel, content: WeightsContent): void {
  if (
    features.length !== content.features.length ||
    features.some((name, at) => name !== content.features[at])
  )
    throw new TypeError('expected a release of the features of the task');
  const moved = Math.hypot(...changes.map((change, at) => change * (content.scales[at] ?? 1)));
  const reach = version * content.rate * (content.clip + NOISE_REACH * noise * Math.sqrt(features.length));
  if (!(moved <= reach))
    throw new TypeError(`expected weights moved by at most ${reach.toFixed(3)}, got ${moved.toFixed(3)}`);
}
