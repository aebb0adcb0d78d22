import { ReshelfError } from '../core/errors.ts';
import type { Settings } from './settings.ts';

/** Loads the file `reshelf.<name>.js`. @throws ReshelfError `page/part-missing` */
export type LoadFile = (name: string) => Promise<object>;

/** The files stand beside the script; a version that the shop appends to its address goes for all. */
export function createFileLoader({ filesUrl, workerUrl }: Settings): LoadFile {
  return (name) => {
    const url = besideUrl(filesUrl ?? workerUrl, name);
    return import(/* webpackIgnore: true */ /* @vite-ignore */ url).catch((cause: unknown) => {
      const advice = 'serve it beside reshelf.js, from another origin with CORS';
      throw new ReshelfError('page/part-missing', `${url} could not be loaded; ${advice}`, { cause });
    });
  };
}

export function besideUrl(file: string, name: string): string {
  const base = new URL(file, document.baseURI);
  const url = new URL(`reshelf.${name}.js`, base);
  url.search = base.search;
  return url.href;
}
