import { useEffect, useState } from 'preact/hooks';

/** What `load` gave last; `undefined` while it is on its way, `null` when it is withheld or cannot be had. */
export function useLoaded<Value>(load: () => Promise<Value>, version: number): Value | null | undefined {
  const [value, setValue] = useState<Value | null>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is new on every call; the version says when to read again
  useEffect(() => {
    let isGone = false;
    load().then(
      (loaded) => {
        if (!isGone) setValue(() => loaded);
      },
      () => {
        if (!isGone) setValue(null);
      },
    );
    return () => {
      isGone = true;
    };
  }, [version]);
  return value;
}
