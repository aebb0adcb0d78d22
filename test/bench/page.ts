import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from 'playwright';
import { chromiumLaunch, ensureChromium } from '../support/chromium.ts';
import { seeded } from '../support/statistics.ts';
import { type Load, measureLoad, watchLoad } from './page/load.ts';
import { difference, median } from './page/paired.ts';
import { createPhotograph, type Photograph } from './page/pictures.ts';
import { type BenchShop, CARDS, catalogueWith, LISTING, openBenchShop } from './page/shop.ts';
import { printDevice, type Row } from './page/table.ts';
import { type Tasks, traceTasks } from './page/tasks.ts';
import { type VariantName, variants } from './page/variants.ts';
import { createVisitor, DEVICES, type Device } from './page/visit.ts';

/**
 * `npm run bench:page [-- --runs 15] [--device phone] [--json results.json]`: what Reshelf costs the demo's listing page,
 * beside the same page without it and with what a merchant would use instead. The variants take turns, in another order
 * every round, and differences are taken within rounds. Stops with an error when something could not be measured.
 */
const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '15' },
    device: { type: 'string' },
    json: { type: 'string' },
    only: { type: 'string' },
    part: { type: 'string', default: 'loads tasks' },
  },
});
const runs = Number(options.runs);
if (!(Number.isInteger(runs) && runs > 0))
  throw new TypeError(`--runs: expected a whole number, got ${options.runs}`);
const devices = DEVICES.filter(({ name }) => name.includes(options.device ?? ''));
if (devices.length === 0) throw new TypeError(`--device: expected desktop or phone, got ${options.device}`);

const METRICS: readonly (keyof Load)[] = [
  'fcp',
  'lcp',
  'mainThread',
  'script',
  'longestTask',
  'blocking',
  'interaction',
  'cls',
  'bytes',
  'bytesBeforePaint',
];
const TRACED: readonly VariantName[] = ['without', 'cold', 'granted', 'warm'];
const MANY = 1000;
const random = seeded(20261124);

async function shopsOf(photograph: Photograph, names: readonly VariantName[], products?: number) {
  const catalogue = await catalogueWith(products);
  const plain = await openBenchShop(catalogue, {}, photograph);
  const html = await (await fetch(`${plain.origin}${LISTING}`)).text();
  const pictures = html.match(/\/pictures\/[^"]+/g) ?? [];
  for (const path of pictures) await fetch(`${plain.origin}${path}`); // converted now, not in a load that is measured
  await plain.close();
  const cards = html.match(/<li class="product[\s\S]*?<\/li>/g) ?? [];
  const first = cards[0]?.match(/href="(\/p\/[^"]+)"/)?.[1];
  if (first === undefined) throw new Error(`${LISTING} of the demo shows no products (${CARDS})`);
  const all = variants(first, cards);
  const opened = new Map<VariantName, BenchShop>();
  for (const name of names) opened.set(name, await openBenchShop(catalogue, all[name].addition, photograph));
  return {
    all,
    opened,
    close: async () => void (await Promise.all([...opened.values()].map((shop) => shop.close()))),
  };
}

function shuffled<Value>(values: readonly Value[]): Value[] {
  const keyed = values.map((value) => [random(), value] as const);
  return keyed.sort(([a], [b]) => a - b).map(([, value]) => value);
}

async function benchDevice(browser: Browser, photograph: Photograph, device: Device): Promise<Row[]> {
  const every: VariantName[] = [
    'without',
    'again',
    'cold',
    'granted',
    'warm',
    'returning',
    'known',
    'growthbook',
    'instantsearch',
    'posthog',
  ];
  const names =
    options.only === undefined
      ? every
      : every.filter((name) => name === 'without' || options.only?.split(/[ ,]+/).includes(name));
  const { all, opened, close } = await shopsOf(photograph, names);
  const seats = names.map((name) => {
    const shop = opened.get(name) as BenchShop; // one was opened for each name
    return { name, shop, visitor: createVisitor(browser, shop, all[name], device), loads: [] as Load[] };
  });
  try {
    for (const { visitor, shop } of seats) await measureLoad(visitor, shop); // warms files and code up; not counted
    for (let run = 0; run < runs; run++) {
      for (const seat of shuffled(seats)) seat.loads.push(await measureLoad(seat.visitor, seat.shop));
      process.stderr.write(`${device.name}: round ${run + 1} of ${runs}\n`);
    }
    const rows: Row[] = [];
    for (const { name, visitor, loads } of seats) {
      const compared = all[name].base ?? 'without';
      const base = seats.find((seat) => seat.name === compared)?.loads;
      if (base === undefined)
        throw new TypeError(`--only: ${name} is compared with ${compared}; name it, too`);
      const seen: Awaited<ReturnType<typeof watchLoad>>[] = [];
      for (let i = 0; i < Math.min(3, runs); i++) seen.push(await watchLoad(visitor));
      rows.push({
        name,
        title: all[name].title,
        swaps: Math.max(...seen.map(({ swaps }) => swaps)),
        medians: Object.fromEntries(
          METRICS.map((metric) => [metric, median(loads.map((load) => load[metric]))]),
        ) as Record<keyof Load, number>,
        differences: Object.fromEntries(
          METRICS.map((metric) => [
            metric,
            difference(
              loads.map((load) => load[metric]),
              base.map((load) => load[metric]),
            ),
          ]),
        ) as Row['differences'],
      });
    }
    return rows;
  } finally {
    for (const { visitor } of seats) await visitor.close();
    await close();
  }
}

/** The middle one and the worst of a few traced loads. */
async function benchTasks(browser: Browser, photograph: Photograph, device: Device, products?: number) {
  const { all, opened, close } = await shopsOf(photograph, TRACED, products);
  const found: { name: VariantName; middle: Tasks; worst: Tasks }[] = [];
  try {
    for (const name of TRACED) {
      const visitor = createVisitor(browser, opened.get(name) as BenchShop, all[name], device);
      const tasks: Tasks[] = [];
      for (let i = 0; i < Math.min(5, runs); i++) tasks.push(await traceTasks(browser, visitor));
      await visitor.close();
      tasks.sort((a, b) => b.longestOurs - a.longestOurs);
      const [worst] = tasks;
      const middle = tasks[tasks.length >> 1];
      if (worst !== undefined && middle !== undefined) found.push({ name, middle, worst });
    }
    return found;
  } finally {
    await close();
  }
}

ensureChromium();
const browser = await chromium.launch(chromiumLaunch());
const machine = {
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  load: loadavg()[0] ?? 0,
  chromium: browser.version(),
};
console.log(
  `Chromium ${machine.chromium}, ${machine.cores} cores (${machine.processor}), load ${machine.load.toFixed(1)}; ${runs} rounds`,
);
const photograph = await createPhotograph(browser);
const results = [];
try {
  for (const device of devices) {
    const rows = options.part.includes('loads') ? await benchDevice(browser, photograph, device) : [];
    printDevice(device, rows);
    const tasks = [];
    for (const products of options.part.includes('tasks') ? [undefined, MANY] : []) {
      const found = await benchTasks(browser, photograph, device, products);
      tasks.push({ products: products ?? 'the demo’s', found });
      for (const { name, middle, worst } of found)
        console.log(
          `  ${products ?? 'few'} products, ${name}: our longest in one task ${middle.longestOurs.toFixed(0)} ms in the middle load, ${worst.longestOurs.toFixed(0)} in the worst (${worst.what}); longest task of the page ${middle.longest.toFixed(0)} and ${worst.longest.toFixed(0)} ms`,
        );
    }
    results.push({ device, rows, tasks });
  }
} finally {
  await browser.close();
}
if (options.json !== undefined)
  writeFileSync(options.json, `${JSON.stringify({ machine, runs, results }, undefined, 2)}\n`);
