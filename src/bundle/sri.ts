import { createHash } from 'node:crypto';

/** What `integrity` attributes compare a file with. */
export const sri = (bytes: Uint8Array): string =>
  `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
