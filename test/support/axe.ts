import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

interface Found {
  readonly id: string;
  readonly targets: readonly string[];
}

/** Violations that axe finds inside the given elements, open shadow roots included. */
export async function violations(page: Page, ...selectors: string[]): Promise<readonly Found[]> {
  await page.evaluate(AXE);
  return page.evaluate(async (include) => {
    const axe = Reflect.get(window, 'axe');
    const { violations } = await axe.run({ include }, { resultTypes: ['violations'] });
    return violations.map(
      ({ id, nodes }: { id: string; nodes: { target: unknown; failureSummary: string }[] }) => ({
        id,
        targets: nodes.map(({ target, failureSummary }) => `${JSON.stringify(target)} ${failureSummary}`),
      }),
    );
  }, selectors);
}
