/** Wraps a callback that the browser calls, so that nothing it throws escapes into the host page. */
export type Guard = <Args extends readonly unknown[]>(
  callback: (...args: Args) => void,
) => (...args: Args) => void;

export function createGuard(report: (error: unknown) => void): Guard {
  return (callback) =>
    (...args) => {
      try {
        callback(...args);
      } catch (error) {
        report(error);
      }
    };
}
