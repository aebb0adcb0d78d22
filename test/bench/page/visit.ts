import type { Browser, BrowserContext, CDPSession, Page } from 'playwright';
import { type BenchShop, LISTING } from './shop.ts';
import type { Variant } from './variants.ts';

export interface Device {
  readonly name: string;
  readonly viewport: { readonly width: number; readonly height: number };
  /** How many times slower than this machine. */
  readonly cpu: number;
  readonly isMobile: boolean;
  /** Round trip in ms, and download in bytes per second, as Lighthouse's presets have them. */
  readonly latencyMs: number;
  readonly bytesPerSecond: number;
}

export const DEVICES: readonly Device[] = [
  {
    name: 'desktop, 1350 px',
    viewport: { width: 1350, height: 940 },
    cpu: 1,
    isMobile: false,
    latencyMs: 40,
    bytesPerSecond: 10_240 * 125,
  },
  {
    name: 'phone, 390 px, CPU four times slower',
    viewport: { width: 390, height: 844 },
    cpu: 4,
    isMobile: true,
    latencyMs: 150,
    bytesPerSecond: 1_638 * 125,
  },
];

export interface Visit {
  readonly page: Page;
  readonly client: CDPSession;
  /** Goes to the listing, and waits until the page rests. */
  go(): Promise<void>;
  /** @throws Error when the variant has not done its work on the loaded page */
  prove(): Promise<void>;
  close(): Promise<void>;
}

/** Time after `load` in which whatever wants to happen late, may; times the slowness of the device's CPU, halved. */
const REST_MS = 1500;

/** Opens pages of one variant on one device: each a first visit with an empty cache, or a further one of a known shopper. */
export function createVisitor(browser: Browser, shop: BenchShop, variant: Variant, device: Device) {
  let known: Promise<BrowserContext> | undefined;
  const options = {
    viewport: device.viewport,
    isMobile: device.isMobile,
    hasTouch: device.isMobile,
    deviceScaleFactor: device.isMobile ? 2 : 1,
  };
  const address = `${shop.origin}${LISTING}`;

  async function prepare(): Promise<BrowserContext> {
    const context = await browser.newContext(options);
    if (variant.before === undefined) return context;
    const page = await context.newPage();
    await variant.before(page, address);
    if (!variant.isFresh) {
      await page.close();
      return context;
    }
    const state = await context.storageState(); // the answer alone: no database, no snapshot
    await context.close();
    const origins = state.origins.map(({ origin, localStorage }) => ({
      origin,
      localStorage: localStorage.filter(({ name }) => name === 'reshelf:choice'),
    }));
    return browser.newContext({ ...options, storageState: { cookies: [], origins } });
  }

  return {
    async open(): Promise<Visit> {
      if (!variant.isFresh) known ??= prepare();
      const context = (await known) ?? (await prepare());
      const page = await context.newPage();
      const client = await context.newCDPSession(page);
      await client.send('Network.enable');
      if (variant.keepsCache !== true) await client.send('Network.clearBrowserCache');
      await client.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: device.latencyMs,
        downloadThroughput: device.bytesPerSecond,
        uploadThroughput: device.bytesPerSecond,
      });
      await client.send('Emulation.setCPUThrottlingRate', { rate: device.cpu });
      return {
        page,
        client,
        async go() {
          await page.goto(address, { waitUntil: 'load', timeout: 60_000 });
          await page.waitForTimeout(REST_MS * Math.max(1, device.cpu / 2));
        },
        async prove() {
          const missing = await variant.missing(page);
          if (missing !== undefined) throw new Error(`${variant.title}, ${device.name}: ${missing}`);
        },
        close: () => (variant.isFresh ? context.close() : page.close()),
      };
    },
    close: async () => (await known)?.close(),
  };
}
export type Visitor = ReturnType<typeof createVisitor>;
