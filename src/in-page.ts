import { createInPageWorker } from './in-page-worker.ts';
import { leaveParts } from './page/parts.ts';

/** The file `reshelf.in-page.js`: loads only where no worker can start. */
leaveParts({ 'in-page': createInPageWorker });
