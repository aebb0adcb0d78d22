import type { Kept, Sent } from './shopper.ts';

/** One request as it is compared: names of its parameters count, their values do not. */
export function keyOf({ method, url }: Sent): string {
  const { origin, pathname, searchParams } = new URL(url);
  const names = [...new Set(searchParams.keys())].sort().join('&');
  return `${method} ${origin}${pathname}${names === '' ? '' : `?${names}`}`;
}

/** Requests that the shop without Reshelf does not make, each once, but for those that are expected. */
export function newRequests(
  sent: readonly Sent[],
  without: readonly Sent[],
  isExpected: (one: Sent) => boolean,
): string[] {
  const known = new Set(without.map(keyOf));
  return [...new Set(sent.filter((one) => !isExpected(one)).map(keyOf))].filter((key) => !known.has(key));
}

/** What is kept and is not kept without Reshelf. */
export const newlyKept = (kept: Kept, without: Kept, isExpected: (place: string) => boolean): string[] =>
  Object.keys(kept).filter((place) => !(place in without) && !isExpected(place));
