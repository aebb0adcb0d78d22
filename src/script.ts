import { beside } from './core/beside.ts';
import type { Boot } from './page/boot.ts';
import { createIntegrity } from './page/integrity.ts';
import { loadPart } from './page/load-part.ts';
import { isOff } from './page/off.ts';
import { partOf } from './page/parts.ts';
import { createPersonalizer, type WorkPart } from './page/personalizer.ts';
import type { Reshelf } from './page/reshelf-api.ts';
import { settingsOf } from './page/settings.ts';
import type { ShopSystems } from './page/shop-systems.ts';
import { answerQueue, queuedSettings } from './page/stub-queue.ts';

declare global {
  interface Window {
    reshelf?: Reshelf;
  }
}

/** This script's tag, readable only while its top level runs; the head snippet's, where that has loaded it. */
const script = document.currentScript ?? partOf<HTMLScriptElement>('tag');
/** What the tag asks for; a throw does not leave it. */
function start(): void {
  try {
    if (
      script instanceof HTMLScriptElement &&
      !(window.reshelf instanceof Object && 'ready' in window.reshelf) &&
      !isOff()
    ) {
      const stub: unknown = window.reshelf;
      const fileOf = (name: string) => beside(name, script.src);
      const integrityOf = createIntegrity(script, fileOf);
      const load = async <Part>(name: string): Promise<Part> => {
        const file = `reshelf.${name}.js`;
        return loadPart<Part>(fileOf(file), name, await integrityOf(file));
      };
      const warn = (error: Error) => console.warn(`Reshelf: ${error.message} The shop's own order stays.`);
      window.reshelf = answerQueue(
        createPersonalizer(
          { ...settingsOf(script, queuedSettings(stub)), onError: warn },
          {
            loadWork: async () => {
              const [partWith, systems] = await Promise.all([
                load<(systems: ShopSystems) => WorkPart>('lists'),
                load<ShopSystems>('themes'),
              ]);
              return partWith(systems);
            },
            loadInline: () => load('inline'),
            loadInPage: () => load('in-page'),
            integrityOf,
          },
        ),
        stub,
      );
    }
  } catch (error) {
    console.warn(`Reshelf did not start: ${String(error)}`);
  }
}

/** Longest wait for an idle moment on a page that the head snippet orders, in ms. */
const BUSY_MS = 1000;

// Where the head snippet may order lists, the parser's steps up to their end are theirs, and so is the first paint after.
if (document.readyState === 'loading' && partOf('boot'))
  addEventListener('DOMContentLoaded', startAfterLists);
else start();

/** The snippet has heard of the document's end before: it listens longer. */
function startAfterLists(): void {
  if (!partOf<Boot>('boot')?.lists.length) start();
  else if ('requestIdleCallback' in window) requestIdleCallback(start, { timeout: BUSY_MS });
  else setTimeout(start); // Safari
}
