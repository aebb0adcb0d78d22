import { MAX_BUCKETS } from './contribution-task.ts';

/** Coarse on purpose: who has bought here lately, and who looks around. */
export type Segment = 'looks' | 'buys';
const SEGMENTS: readonly Segment[] = ['looks', 'buys'];
/** Shoppers of whom nothing is known, and those of other categories, say this: a report tells nothing of who has data. */
const NONE = 'nothing in particular';

/** The bucket's label for a shopper of a segment who likes a category, in the shop's own word for it. */
const labelOf = (segment: Segment, category: string): string => `${category}, ${segment}`;

/**
 * Buckets of popular styles: every segment in every category, and one for all others.
 * @throws RangeError on more categories than fit into 64 buckets
 */
export function styleBuckets(categories: readonly string[]): string[] {
  const most = Math.floor((MAX_BUCKETS - 1) / SEGMENTS.length);
  if (categories.length === 0 || categories.length > most)
    throw new RangeError(`expected 1 to ${most} categories, got ${categories.length}`);
  return [...categories.flatMap((category) => SEGMENTS.map((segment) => labelOf(segment, category))), NONE];
}

/**
 * The bucket of a shopper: that of the strongest liking that has one.
 * @param categories as the profile names them, strongest first
 */
export function styleBucket(
  buckets: readonly string[],
  segment: Segment,
  categories: readonly string[],
): number {
  for (const category of categories) {
    const wanted = labelOf(segment, category).toLowerCase();
    const found = buckets.findIndex((bucket) => bucket.toLowerCase() === wanted);
    if (found >= 0) return found;
  }
  return buckets.length - 1;
}
