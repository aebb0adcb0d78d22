/** One list of which something was chosen: the unit of training. */
export interface TrainingList {
  /** Lists of one session are learned from or held out together. */
  readonly session: string;
  /** Row-major, shape [n, d], in the order shown; unitless, unscaled, as `fillFeatures` writes them. */
  readonly rows: Float32Array;
  /** Rows chosen, each in [0, n), at least one and none twice. */
  readonly chosen: readonly number[];
  /**
   * Shape [n]; 1 for a candidate that could not have been chosen, whatever the shopper wanted: it is left out of the
   * softmax, so that nothing is learned against it. (Records in which immediate repeats are collapsed never show the
   * item just touched as the next one; a fit that sees it as refused learns to demote it.)
   */
  readonly masked?: Uint8Array;
  /** What the list counts in the loss, above 0; 1 when left out. */
  readonly weight?: number;
}

export const weightOf = (list: TrainingList): number => list.weight ?? 1;
export const rowCount = (list: TrainingList, width: number): number => list.rows.length / width;

/** @throws RangeError naming the first list and field that training could not learn from */
export function checkList(list: TrainingList, width: number, index: number): void {
  const count = rowCount(list, width);
  const fail = (expected: string): never => {
    throw new RangeError(`training list ${index}: expected ${expected}`);
  };
  if (!Number.isInteger(count) || count < 2) fail(`rows of ${width} features, two or more, got ${count}`);
  if (!list.rows.every(Number.isFinite)) fail('finite features');
  if (list.chosen.length === 0 || list.chosen.length >= count) fail('something chosen and something left');
  if (new Set(list.chosen).size !== list.chosen.length) fail('each chosen row once');
  for (const row of list.chosen)
    if (!Number.isInteger(row) || row < 0 || row >= count || list.masked?.[row] === 1)
      fail(`chosen rows below ${count} that are not masked, got ${row}`);
  if (list.masked !== undefined && list.masked.length !== count) fail(`a mask of ${count} rows`);
  if (!(weightOf(list) > 0 && Number.isFinite(weightOf(list)))) fail('a weight above 0');
}
