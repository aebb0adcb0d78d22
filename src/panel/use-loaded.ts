import { useEffect, useState } from 'preact/hooks';

/** What `load` gave last; `undefined` while it is on its way, and when it is withheld. */
export function useLoaded<Value>(load: () => Promise<Value>, version: number): Value | undefined {
  const [value, setValue] = useState<Value>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is new on every call; the version says when to read again
  useEffect(() => {
    let isGone = false;
    load().then(
      (loaded) => {
        if (!isGone) setValue(() => loaded);
      },
      () => {
        if (!isGone) setValue(undefined); // withheld: there is nothing to show
      },
    );
    return () => {
      isGone = true;
    };
  }, [version]);
  return value;
}
