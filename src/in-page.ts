import { createInPageWorker } from './in-page-worker.ts';
import { leavePart } from './page/parts.ts';

/** The file `reshelf.in-page.js`: loads only where no worker can start. */
leavePart('in-page', createInPageWorker);
