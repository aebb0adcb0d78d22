import type { Reshelf } from './reshelf-api.ts';

/** Calls made before the script was there: `reshelf('signal', { … })`, `reshelf('consent.set', …)`. */
type Call = ArrayLike<unknown>;

const callsOf = (stub: unknown): Call[] =>
  typeof stub === 'function' && 'q' in stub && Array.isArray(stub.q) ? stub.q : [];

/** Settings given by `reshelf('settings', { … })`, later ones over earlier ones. */
export function queuedSettings(stub: unknown): Record<string, unknown> {
  return Object.assign({}, ...callsOf(stub).flatMap((call) => (call[0] === 'settings' ? [call[1]] : [])));
}

/**
 * Answers what was queued, and goes on to take calls by name where the page has a stub.
 * @returns what becomes `window.reshelf`
 */
export function answerQueue(reshelf: Reshelf, stub: unknown): Reshelf {
  if (typeof stub !== 'function') return reshelf;
  const call = (...args: unknown[]) => {
    const path = String(args[0]).split('.');
    const name = path.pop() ?? '';
    const owner = path.reduce<unknown>(
      (at, step) => (at as Record<string, unknown> | undefined)?.[step],
      reshelf,
    );
    const method = (owner as Record<string, unknown> | undefined)?.[name];
    if (typeof method !== 'function') return undefined;
    return Promise.resolve(method.apply(owner, args.slice(1))).catch((error: unknown) =>
      console.warn(`Reshelf: ${String(args[0])} failed (${String(error)})`),
    );
  };
  let last: Promise<unknown> = reshelf.ready;
  for (const queued of callsOf(stub))
    if (queued[0] !== 'settings') last = last.then(() => call(...Array.from(queued))); // one after the other
  return Object.assign(call, reshelf);
}
