import type { Browser, Page } from 'playwright';
import { type Kept, OWN_FILE, openShopper, type Sent } from './shopper.ts';

/** The shop without Reshelf: the measure of all others. */
export interface Without {
  /** The page, and two of its products. */
  readonly addresses: readonly string[];
  readonly sent: readonly Sent[];
  readonly kept: Kept;
  /** Whether an address stands in the shop's own pages: a lazy picture is loaded wherever its card stands. */
  readonly isInPages: (url: string) => boolean;
}

/** Walks from the page to its products, with the script blocked. */
export async function walkWithout(browser: Browser, address: string): Promise<Without> {
  const shopper = await openShopper(browser, undefined);
  try {
    await shopper.visit(address);
    const html = [await shopper.page.content()];
    const products = await productsOn(shopper.page);
    for (const product of products) {
      await shopper.visit(product);
      html.push(await shopper.page.content());
    }
    return {
      addresses: [address, ...products],
      sent: shopper.sent.filter(({ url }) => !OWN_FILE.test(new URL(url).pathname)),
      kept: await shopper.kept(),
      isInPages: (url) =>
        /\.(svg|png|jpe?g|webp|avif|gif)$/i.test(new URL(url).pathname) &&
        html.some((page) => page.includes(new URL(url).pathname)),
    };
  } finally {
    await shopper.close();
  }
}

/** Pages of two products that the page links to, by the paths that most links share. */
const productsOn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const groups = new Map<string, string[]>();
    for (const { origin, pathname, href } of document.querySelectorAll<HTMLAnchorElement>(
      'li a[href], article a[href], [class*="card"] a[href]',
    )) {
      const folder = pathname.slice(0, pathname.lastIndexOf('/'));
      if (origin !== location.origin || folder === '') continue;
      groups.set(folder, [...(groups.get(folder) ?? []), href]);
    }
    const [most = []] = [...groups.values()].sort((a, b) => b.length - a.length);
    return [...new Set(most)].slice(0, 2);
  });
