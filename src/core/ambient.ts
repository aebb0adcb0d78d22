import type { EpochMs } from './ids.ts';

/** The only source of time. The page reads its clock and sends the time along; the worker has no clock of its own. */
export type Clock = () => EpochMs;

/** Fills the array with random bits; in production `crypto.getRandomValues`, in tests a seed. */
export type RandomBits = (into: Uint32Array<ArrayBuffer>) => void;

/** A random id of 128 bits as 32 hexadecimal digits. (`crypto.randomUUID` is missing on plain http pages.) */
export function randomId(random: RandomBits): string {
  const words = new Uint32Array(4);
  random(words);
  return Array.from(words, (word) => word.toString(16).padStart(8, '0')).join('');
}
