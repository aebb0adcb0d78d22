import { beside } from '../core/beside.ts';

/** Address of a file beside the worker's own. A blob has no place: the page tells it in `reshelfBase`. */
export const besideWorker = (name: string): string =>
  beside(name, Reflect.get(self, 'reshelfBase') ?? self.location.href);
