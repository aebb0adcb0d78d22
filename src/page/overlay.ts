import type { ShowOverlay } from '../panel/attend.ts';
import { showPersonal } from './debug-overlay.ts';
import { showDryRun } from './dry-run.ts';

/** For who looks with `?reshelf-debug`: before a grant what would be done here, after it what was done and why. */
export const showOverlay: ShowOverlay = (host) => {
  const { consent } = host;
  let shown: boolean | undefined;
  let hide = () => {};
  const update = () => {
    const isPersonal = consent.get().personalize.effective;
    if (isPersonal === shown) return;
    shown = isPersonal;
    hide();
    hide = (isPersonal ? showPersonal : showDryRun)(host);
  };
  const unsubscribe = consent.subscribe(update);
  update();
  return () => {
    unsubscribe();
    hide();
  };
};
