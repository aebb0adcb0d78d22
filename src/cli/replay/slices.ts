import type { Task } from '../records/shop-data.ts';
import type { History } from './method.ts';

/** The slices of the report, as the rules of the measurement name them; `all` is the figures themselves. */
export const SLICES = [
  'new',
  'fresh',
  'not-last',
  'events-0',
  'events-1',
  'events-2',
  'events-3-5',
  'events-6+',
  'page-context',
  'one-event',
] as const;
export type Slice = (typeof SLICES)[number];

/** Which part of what came before a method is shown: all, what was known at the last search, the last event. */
export type Cut = 'full' | 'page-context' | 'one-event';

/** The slices that a task asked with its full context belongs to. */
export function slicesOf(task: Task, { events }: History): Slice[] {
  const target = task.items[task.target];
  const last = events.at(-1);
  const slices: Slice[] = [eventsSlice(events.length)];
  if (!events.some((event) => event.item === target)) slices.push('new');
  if (last === undefined || !task.items.includes(last.item)) slices.push('fresh');
  if (last?.item !== target) slices.push('not-last');
  return slices;
}

function eventsSlice(count: number): Slice {
  if (count >= 6) return 'events-6+';
  if (count >= 3) return 'events-3-5';
  if (count === 2) return 'events-2';
  return count === 1 ? 'events-1' : 'events-0';
}
