export type ErrorCode =
  | 'consent/withheld'
  | 'consent/no-notice'
  | 'store/unavailable'
  | 'store/blocked'
  | 'store/quota'
  | 'store/lost'
  | 'worker/unavailable'
  | 'worker/lost'
  | 'worker/timeout'
  | 'rank/bad-input'
  | 'rank/unknown-item'
  | 'signal/bad-input'
  | 'wishes/bad-input'
  | 'contribute/bad-task'
  | 'desk/bad-import'
  | 'page/failed';

/** Every failure a caller can act on. Compare with {@link hasCode}; `instanceof` does not survive a thread. */
export class ReshelfError extends Error {
  override readonly name = 'ReshelfError';
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Whether `error` is a Reshelf failure of this code, also after it crossed from the worker. */
export function hasCode(error: unknown, code: ErrorCode): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}

/** For the `default` of a `switch` over a union: the compiler proves that it is never reached. */
export function unreachable(value: never): never {
  throw new TypeError(`unexpected value: ${String(value)}`);
}
