import type { Page } from 'playwright';
import type { Survey } from '../../page/survey.ts';
import { CliError } from '../cli-error.ts';

export interface Selectors {
  readonly listSelector?: string | undefined;
  readonly itemSelector?: string | undefined;
  readonly pinSelector?: string | undefined;
}

/**
 * Runs the finder itself in the page, with the selectors given, else those of the page's own tag.
 * @param source of the finder, as the build leaves it in `cli/survey.js`
 */
export async function readSurvey(page: Page, source: string, given: Selectors): Promise<Survey> {
  try {
    await page.evaluate(source);
    return await page.evaluate((selectors) => {
      const tag = document.querySelector<HTMLScriptElement>(
        'script[data-reshelf-worker-src], script[src*="reshelf"]',
      );
      const { reshelfListSelector, reshelfItemSelector, reshelfPinSelector } = tag?.dataset ?? {};
      const parts = (globalThis as unknown as Record<symbol, { survey: (settings: object) => object }>)[
        Symbol.for('reshelf')
      ];
      return parts?.survey({
        listSelector: selectors.listSelector ?? reshelfListSelector,
        itemSelector: selectors.itemSelector ?? reshelfItemSelector,
        pinSelector: selectors.pinSelector ?? reshelfPinSelector,
      }) as Survey;
    }, given);
  } catch (cause) {
    const [reason] = String(cause).split('\n', 1);
    throw new CliError(`the page could not be read: ${reason}`, { cause });
  }
}
