import { watchedOn, watchSlots } from '../../support/swap-probe.ts';
import { type BenchShop, CARDS } from './shop.ts';
import type { Visit, Visitor } from './visit.ts';

/** What one load of the listing cost; times in ms, bytes after gzip and beyond the page's own. */
export interface Load {
  readonly fcp: number;
  readonly lcp: number;
  readonly cls: number;
  readonly bytes: number;
  readonly bytesBeforePaint: number;
  /** All tasks of the page's main thread until it rested. */
  readonly mainThread: number;
  readonly script: number;
  /** Longest task, 0 where none reached 50 ms; and what all of them have above 50 ms. */
  readonly longestTask: number;
  readonly blocking: number;
  /** Longest of three presses on a product's link, 16 where none took as long as that. */
  readonly interaction: number;
}

/** Event Timing reports nothing shorter (https://w3c.github.io/event-timing/, 104 ms by default, at least 16). */
const SHORTEST_EVENT_MS = 16;

export async function measureLoad(visitor: Visitor, shop: BenchShop): Promise<Load> {
  const visit = await visitor.open();
  try {
    shop.taken();
    const received = watchBytes(visit);
    await visit.client.send('Performance.enable');
    const before = await totals(visit);
    await visit.go();
    const after = await totals(visit);
    await visit.prove();
    const painted = await readTimings(visit);
    const bytes = shop.taken().reduce((sum, asked) => sum + asked.bytes, 0);
    return {
      ...painted,
      bytes,
      bytesBeforePaint: received(painted.firstPaintAt, (path) => shop.sizeOf(path)),
      mainThread: after.task - before.task,
      script: after.script - before.script,
      interaction: await press(visit),
    };
  } finally {
    await visit.close();
  }
}

/** Seen by the probe that looks at every frame, which would disturb the times: a load of its own. */
export async function watchLoad(visitor: Visitor): Promise<{ swaps: number; shift: number; first: string }> {
  const visit = await visitor.open();
  try {
    await visit.page.addInitScript('globalThis.__name = (value) => value'); // the runner's helper for named functions
    await watchSlots(visit.page, CARDS);
    await visit.go();
    await visit.prove();
    const { swaps, shift, first, frames } = await watchedOn(visit.page);
    if (frames < 10 || first.length === 0)
      throw new Error(`the probe saw ${frames} frames and ${first.length} cards`);
    return { swaps, shift, first: first[0] ?? '' };
  } finally {
    await visit.close();
  }
}

async function totals({ client }: Visit): Promise<{ task: number; script: number }> {
  const { metrics } = await client.send('Performance.getMetrics');
  const ms = (name: string) => (metrics.find((metric) => metric.name === name)?.value ?? Number.NaN) * 1000;
  return { task: ms('TaskDuration'), script: ms('ScriptDuration') };
}

/** @returns bytes of added files that had come before a moment, in ms since 1970 */
function watchBytes({ client }: Visit) {
  const sent = new Map<string, { path: string; offsetMs: number }>();
  const done: { path: string; at: number }[] = [];
  client.on('Network.requestWillBeSent', ({ requestId, request, timestamp, wallTime }) => {
    sent.set(requestId, { path: new URL(request.url).pathname, offsetMs: (wallTime - timestamp) * 1000 });
  });
  client.on('Network.loadingFinished', ({ requestId, timestamp }) => {
    const request = sent.get(requestId);
    if (request !== undefined) done.push({ path: request.path, at: timestamp * 1000 + request.offsetMs });
  });
  return (until: number, sizeOf: (path: string) => number | undefined): number =>
    done
      .filter(({ path, at }) => at <= until && !/^\/(c|p|pictures|shop\.css|favicon\.svg)/.test(path))
      .reduce((sum, { path }) => sum + (sizeOf(path) ?? Number.NaN), 0);
}

async function readTimings({ page }: Visit) {
  const found = await page.evaluate(async () => {
    // no function may have a name here: the runner would mark it with a helper that the page has not
    const [shifts = [], longTasks = [], largest = []] = await Promise.all(
      ['layout-shift', 'longtask', 'largest-contentful-paint'].map(
        (type) =>
          new Promise<PerformanceEntry[]>((resolve) => {
            new PerformanceObserver((list) => resolve(list.getEntries())).observe({ type, buffered: true });
            setTimeout(() => resolve([]), 300);
          }),
      ),
    );
    const tasks = longTasks.map(({ duration }) => duration);
    const [fcp] = performance.getEntriesByName('first-contentful-paint');
    const lcp = largest.at(-1);
    return {
      origin: performance.timeOrigin,
      fcp: fcp?.startTime,
      lcp: lcp?.startTime,
      cls: shifts.reduce((sum, shift) => sum + (shift as PerformanceEntry & { value: number }).value, 0),
      longestTask: Math.max(0, ...tasks),
      blocking: tasks.reduce((sum, duration) => sum + duration - 50, 0),
    };
  });
  const { fcp, lcp, origin, ...rest } = found;
  if (fcp === undefined || lcp === undefined)
    throw new Error(`no ${fcp === undefined ? 'first' : 'largest'} contentful paint was reported`);
  return { ...rest, fcp, lcp, firstPaintAt: origin + fcp };
}

/** Presses the link of a product in view three times; the page stays. */
async function press({ page }: Visit): Promise<number> {
  const spot = await page.evaluate(
    ({ cards, shortest }) => {
      const timed: number[] = [];
      Object.assign(window, { timed });
      addEventListener('click', (event) => event.preventDefault());
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { interactionId: number })[])
          if (entry.interactionId > 0) timed.push(entry.duration);
      }).observe({ type: 'event', durationThreshold: shortest } as PerformanceObserverInit);
      for (const link of document.querySelectorAll(`${cards} a[href^="/p/"]`)) {
        const { left, top, width, height } = link.getBoundingClientRect();
        const x = left + width / 2;
        const y = Math.max(top, 0) + Math.min(height, 60) / 2;
        if (link.contains(document.elementFromPoint(x, y))) return { x, y };
      }
      return undefined;
    },
    { cards: CARDS, shortest: SHORTEST_EVENT_MS },
  );
  if (spot === undefined) throw new Error('no product can be pressed');
  for (let i = 0; i < 3; i++) {
    await page.mouse.click(spot.x, spot.y);
    await page.waitForTimeout(300);
  }
  const timed = await page.evaluate(() => (window as unknown as { timed: number[] }).timed);
  return Math.max(SHORTEST_EVENT_MS, ...timed);
}
