import { useEffect, useRef } from 'preact/hooks';
import type { fillShared } from '../fill-shared.ts';
import type { ViewProps } from '../view.ts';

/** Shared: what has left the device. Its code and words are a file of their own: few shoppers ever look. */
export function Shared({ host, speech, version }: ViewProps) {
  const into = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says when to read again
  useEffect(() => {
    const empty = into.current as Element; // the panel may be closed before the file is there
    host
      .load('shared')
      .then((file) => (file as { fillShared: typeof fillShared }).fillShared(empty, { host, speech }))
      .catch(host.report);
  }, [version]);
  return <div ref={into} />;
}
