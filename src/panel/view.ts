import type { PanelHost, PanelSection } from './panel-host.ts';
import type { Speech } from './speech.ts';

/** What every section of the panel gets. */
export interface ViewProps {
  readonly host: PanelHost;
  readonly speech: Speech;
  /** Says something to everybody, screen readers included. */
  readonly tell: (text: string) => void;
  /** Says what an act would do, before it is done. */
  readonly hint: (text: string) => void;
  /** Counts up whenever something was changed: sections read anew. */
  readonly version: number;
  readonly changed: () => void;
  readonly go: (section: PanelSection) => void;
}

/** What stands where nothing can be shown: nothing yet, or why. */
export const sayMissing = ({ host, speech }: ViewProps, value: null | undefined): string =>
  value === undefined
    ? ''
    : speech.say(host.consent.get().personalize.effective ? 'desk.missing' : 'off.body');

/** Runs an act; a failure is told and reported, never thrown into the page. */
export function createAct({ host, speech, tell, changed }: ViewProps) {
  return (work: () => Promise<string | undefined>) => () => {
    work().then(
      (text) => {
        if (text !== undefined) tell(text);
        changed();
      },
      (error: unknown) => {
        tell(speech.say('failed'));
        host.report(error);
      },
    );
  };
}
