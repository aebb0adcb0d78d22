import type { Fields } from './fields.ts';
import { TALLY_BITS, TALLY_ENTRIES, TALLY_TOPICS, type TallyTopic, tallyReach } from './tallies.ts';

/**
 * What is contributed, to whom, and under how much noise: public, the same for every shopper of a region, pinned by the
 * device's ledger. Everything a device must know to make a report, and nothing else is ever asked of a server first.
 */
export interface ContributionTask {
  readonly format: 'reshelf-task@1';
  /** The DAP task id: 32 bytes, base64url. */
  readonly id: string;
  /** Shoppers of other regions have nothing to do with it. */
  readonly region: string;
  readonly leader: string;
  readonly helper: string;
  /** Where the released models and counts are. */
  readonly collector: string;
  /** Report times are rounded down to this. */
  readonly timePrecisionSeconds: number;
  /** No batch of fewer reports is released; at least 50. */
  readonly minBatch: number;
  /** Unix seconds after which the task takes no reports. */
  readonly expiresAt: number;
  /** sigma² of the discrete Gaussian noise that *each* aggregator adds to every entry of a sum, in squared whole steps. */
  readonly variance: number;
  /** Ed25519 public key of what the collector publishes, base64url. */
  readonly signingKey: string;
  readonly content: Content;
}

/** What a task asks for. */
export type Content = WeightsContent | CountsContent | TalliesContent;

/** The change of a model's weights. */
export interface WeightsContent {
  readonly kind: 'weights';
  /** Names of the features whose weights are learned, at most 64. */
  readonly features: readonly string[];
  /** Shape [d], above 0: the update is in units of weight times this, so that one clip suits all. */
  readonly scales: readonly number[];
  /** Largest L2 norm of one device's update, in those units. */
  readonly clip: number;
  /** The mean update times this is what a round moves the weights by. */
  readonly rate: number;
  /** Bits of an entry. */
  readonly bits: number;
  readonly chunkLength: number;
}

/** In which of at most 64 buckets the device is. */
export interface CountsContent {
  readonly kind: 'counts';
  /** What is counted: a kind of report that the build knows, e.g. "popular-styles". */
  readonly topic: string;
  /** One label a bucket. */
  readonly buckets: readonly string[];
  readonly chunkLength: number;
}

/** Small counts, capped: what was done in each arm, or how the device fares. What is in them is the build's. */
export interface TalliesContent {
  readonly kind: 'tallies';
  readonly topic: TallyTopic;
  /** Percent of shoppers by arm, in the order of `ARMS`, 100 together; zeros where the topic has no arms. */
  readonly shares: readonly number[];
  /** Width of a step of order value, in the shop's currency; 0 where the topic has none. */
  readonly valueStep: number;
  readonly chunkLength: number;
}

export const MAX_WEIGHTS = 64;
export const MAX_BUCKETS = 64;
/** No task may release less than this many reports together, whatever it says. */
export const MIN_BATCH_FLOOR = 50;
const TASK_ID = /^[A-Za-z0-9_-]{43}$/;
const KEY = /^[A-Za-z0-9_-]{43}$/;
const REGION = /^[a-z]{2,8}$/;
const FEATURE = /^[a-z][A-Za-z0-9.-]{0,39}$/;
const LABEL = /^[^\p{C}]{1,80}$/u;
const TOPIC = /^[a-z][a-z-]{0,31}$/;
const DAY_SECONDS = 86_400;

/** Squared L2 sensitivity, in whole steps: one device's contribution beside the one it makes without data. */
export function sensitivitySquared(content: Content): number {
  if (content.kind === 'tallies') return tallyReach(content.topic);
  return content.kind === 'weights' ? (2 ** (content.bits - 1) - 1) ** 2 : 2;
}

/** The vector that a report of this kind is; counts are one bucket instead. */
export function vectorOf(
  content: WeightsContent | TalliesContent,
): Readonly<{ length: number; bits: number }> {
  return content.kind === 'weights'
    ? { length: content.features.length, bits: content.bits }
    : { length: TALLY_ENTRIES[content.topic].length, bits: TALLY_BITS };
}

const WEEK_MS = 7 * 86_400_000;
/** A twelfth of a year, as the budget's slots are. */
const MONTH_MS = (365 / 12) * 86_400_000;

/** One device sends at most one report of a kind in this time: counts of the shop's own once a week, all else once a month. */
export const everyMs = (content: Content): number =>
  content.kind === 'counts' && content.topic !== STYLES_TOPIC ? WEEK_MS : MONTH_MS;
/** Which styles are popular. */
const STYLES_TOPIC = 'popular-styles';

/** What the shopper's grant is for, and a changed task is known by. */
export const topicOf = (content: Content): string => (content.kind === 'weights' ? 'weights' : content.topic);

/** Concentrated privacy loss of one report (rho), counting on one honest aggregator of the two. */
export const rhoOf = ({ content, variance }: ContributionTask): number =>
  sensitivitySquared(content) / (2 * variance);

/** @param task the fields of a task, by `readFields` @throws TypeError naming the first field that is not as expected */
export function parseTask(task: Fields): ContributionTask {
  return {
    format: task.oneOf('format', ['reshelf-task@1']),
    id: task.text('id', TASK_ID),
    region: task.text('region', REGION),
    leader: task.address('leader'),
    helper: task.address('helper'),
    collector: task.address('collector'),
    timePrecisionSeconds: task.whole('timePrecisionSeconds', 1, DAY_SECONDS),
    minBatch: task.whole('minBatch', MIN_BATCH_FLOOR, 1_000_000),
    expiresAt: task.whole('expiresAt', 0, 2 ** 32),
    variance: task.whole('variance', 0, Number.MAX_SAFE_INTEGER),
    signingKey: task.text('signingKey', KEY),
    content: parseContent(task.fields('content')),
  };
}

function parseContent(content: Fields): Content {
  const kind = content.oneOf('kind', ['weights', 'counts', 'tallies']);
  const chunkLength = content.whole('chunkLength', 1, 256);
  if (kind === 'tallies') {
    const shares = content.numbers('shares', 0, 100, 3);
    const all = shares.reduce((sum, share) => sum + share, 0);
    if (shares.some((share) => !Number.isInteger(share)) || (all !== 100 && all !== 0))
      throw new TypeError(
        `content.shares: expected whole percents of 100 together, got ${shares.join(', ')}`,
      );
    return {
      kind,
      topic: content.oneOf('topic', TALLY_TOPICS),
      shares,
      valueStep: content.number('valueStep', 0, 1e6),
      chunkLength,
    };
  }
  if (kind === 'counts')
    return {
      kind,
      topic: content.text('topic', TOPIC),
      buckets: content.texts('buckets', LABEL, MAX_BUCKETS),
      chunkLength,
    };
  const features = content.texts('features', FEATURE, MAX_WEIGHTS);
  return {
    kind,
    features,
    scales: content.numbers('scales', 1e-6, 1e6, features.length),
    clip: content.number('clip', 1e-6, 1e6),
    rate: content.number('rate', 1e-3, 10),
    bits: content.whole('bits', 2, 16),
    chunkLength,
  };
}

/** SHA-256 of the task in one canonical text, hexadecimal: a changed task is another task. */
export async function hashTask(task: object): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonicalJson(task)));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** JSON with sorted keys, so that equal content has one text (the idea of RFC 8785). */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
