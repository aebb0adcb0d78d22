import { createPersonalizer } from './page/personalizer.ts';
import type { Reshelf } from './page/reshelf-api.ts';
import { settingsOf } from './page/settings.ts';

declare global {
  interface Window {
    reshelf?: Reshelf;
  }
}

const script = document.currentScript; // readable only while the script's top level runs
try {
  if (script instanceof HTMLScriptElement && window.reshelf === undefined) {
    const warn = (error: Error) => console.warn(`Reshelf: ${error.message} The shop's own order stays.`);
    window.reshelf = createPersonalizer({ ...settingsOf(script), onError: warn });
  }
} catch (error) {
  console.warn(`Reshelf did not start: ${String(error)}`);
}
