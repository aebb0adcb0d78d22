import type { ViewProps } from '../view.ts';

/** Shared: what has left the device. Today nothing does; the privacy budget has its place here. */
export function Shared({ host, speech }: ViewProps) {
  const { say } = speech;
  return (
    <>
      <p>
        <strong>{say('shared.nothing')}</strong>
      </p>
      <p>{say('shared.budget')}</p>
      {host.settings.auditUrl !== undefined && <p>{say('shared.log')}</p>}
    </>
  );
}
