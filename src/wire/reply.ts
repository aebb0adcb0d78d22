import { type ErrorCode, ReshelfError } from '../core/errors.ts';

/**
 * The answer to one call across the worker boundary. comlink carries name, message and stack of a thrown error
 * but no other field (https://github.com/GoogleChromeLabs/comlink, `throwTransferHandler`), so codes travel as data.
 */
export type Reply<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };

type Calls = Record<string, (...args: never[]) => Promise<unknown>>;
/** The same calls with every outcome as a `Reply`. */
export type Replying<Api> = {
  [Name in keyof Api]: Api[Name] extends (...args: infer Args) => Promise<infer Value>
    ? (...args: Args) => Promise<Reply<Value>>
    : never;
};

/** Worker side: no call ever throws across the boundary. */
export function replying<Api extends object>(api: Api): Replying<Api> {
  const calls = Object.entries(api as unknown as Calls).map(([name, call]) => [
    name,
    async (...args: never[]): Promise<Reply<unknown>> => {
      try {
        return { ok: true, value: await call(...args) };
      } catch (error) {
        return error instanceof ReshelfError
          ? { ok: false, code: error.code, message: error.message }
          : { ok: false, code: 'worker/lost', message: `the worker failed: ${String(error)}` };
      }
    },
  ]);
  return Object.fromEntries(calls) as Replying<Api>;
}

/** Page side: a failed reply becomes the error it was. @throws ReshelfError with the worker's code */
export function unwrap<Value>(reply: Reply<Value>): Value {
  if (reply.ok) return reply.value;
  throw new ReshelfError(reply.code, reply.message);
}
