import { lotOf } from '../../learn/split.ts';
import type { TrainingList } from '../../learn/training-list.ts';

/** Feature values kept, 4 bytes each: 400 MB, or a million and a half products in lists of 64 features. */
const MAX_VALUES = 100_000_000;
/** Sessions are drawn by another lot than the one that holds sessions out. */
const OTHER_LOT = 0x5eed;

export interface Gathered {
  readonly lists: TrainingList[];
  /** Share of the sessions kept, 1 or a power of 1/2. */
  readonly share: number;
}

/**
 * All lists, or, when they are more than memory should hold, those of a half, a quarter, ... of the sessions. Whether a
 * session stays depends on its key and the seed alone, so the sample is the same every time.
 * @param onList called with the number of lists read so far
 */
export async function gather(
  source: AsyncIterable<TrainingList>,
  seed: number,
  onList: (read: number) => void,
  maxValues = MAX_VALUES,
): Promise<Gathered> {
  let lists: TrainingList[] = [];
  let share = 1;
  let values = 0;
  let read = 0;
  const isKept = (list: TrainingList) => share === 1 || lotOf(list.session, seed ^ OTHER_LOT) < share;
  for await (const list of source) {
    read += 1;
    onList(read);
    if (!isKept(list)) continue;
    lists.push(list);
    values += list.rows.length;
    while (values > maxValues && lists.length > 1) {
      share /= 2;
      lists = lists.filter(isKept);
      values = lists.reduce((sum, { rows }) => sum + rows.length, 0);
    }
  }
  return { lists, share };
}
