import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContributor, parseTasks } from '../src/contribute/contributor.ts';
import { createDevice } from '../src/contribute/device.ts';
import { ownLists } from '../src/contribute/own-lists.ts';
import { sealReport } from '../src/contribute/seal-report.ts';
import { toPriceLevel } from '../src/core/price-level.ts';
import type { Signal } from '../src/core/signal.ts';
import { hashTokens } from '../src/core/tokens.ts';
import { ownUpdate } from '../src/learn/own-update.ts';
import { seededRandom } from '../src/rank/random.ts';
import { parseRelease, parseSigned, verifySigned } from '../src/wire/released-model.ts';
import { demoFolder } from './aggregators.ts';
import { CATEGORIES, type Catalogue, type Product, parseCatalogue } from './catalogue.ts';
import { memoryLedger } from './memory-ledger.ts';

const SHOP_PORT = 4173;
const SHOPPERS = 300;
const LANES = 8;
const DAY_MS = 86_400_000;
const VISITS = 4;
const SHOWN = 12;
const SALT = [3, 5] as const;
/** Weights that moved most, to show. */
const TOLD = 6;

/**
 * A few hundred simulated shoppers, each with a taste of their own, walk through the demo shop's catalogue; each device
 * learns from its own lists and contributes once, by the very code that runs in the browser; then the round closes.
 */
export async function sendCrowd(
  folder: string,
  shoppers: number,
  tell: (text: string) => void,
): Promise<void> {
  const tasks = parseTasks(JSON.parse(readFileSync(join(folder, 'tasks.json'), 'utf8')));
  const { operatorToken } = JSON.parse(readFileSync(join(folder, 'collector.json'), 'utf8')) as {
    operatorToken: string;
  };
  const task = tasks.find((one) => 'content' in one && one.content.kind === 'weights');
  if (task === undefined || !('content' in task)) throw new TypeError('expected a task of weights');
  const catalogue = parseCatalogue(
    JSON.parse(readFileSync(new URL('catalogue.json', import.meta.url), 'utf8')),
  );
  const now = Date.now();
  let sent = 0;
  let next = 0;
  async function lane(): Promise<void> {
    for (let shopper = next++; shopper < shoppers; shopper = next++) {
      const journal = visits(catalogue, seededRandom(now + shopper), now);
      const ledger = memoryLedger(now - 40 * DAY_MS);
      const device = createDevice({
        lists: async () => ownLists(journal),
        changes: async () => [],
        update: ownUpdate,
        topics: {},
      });
      const contributor = createContributor({
        ledger,
        device,
        region: task?.region ?? '',
        tasks,
        grantOf: async () => 'simulated',
        seal: (one, value, at) => sealReport(one, value, at, fetch),
        fetch,
        random: (into) => crypto.getRandomValues(into),
      });
      await contributor.step(now);
      if ((await contributor.step(now)).kind === 'sent') sent += 1;
      if (sent % 50 === 0 && sent > 0) tell(`${sent} of ${shoppers} shoppers have contributed`);
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane));
  tell(`${sent} reports taken, none of which anybody can read. Closing the round …`);
  const headers = { authorization: `Bearer ${operatorToken}` };
  const closed = await fetch(new URL('collect', task.collector), { method: 'POST', headers });
  if (!closed.ok) throw new Error(await closed.text());
  const current = (await (await fetch(new URL(`tasks/${task.id}/model`, task.collector))).json()) as {
    release: unknown;
  };
  const release = parseRelease(await verifySigned(parseSigned(current.release), task.signingKey));
  tell(
    `Version ${release.version}, signed, from ${release.reports} shoppers. What moved most, with what the noise alone moves (one standard deviation):`,
  );
  const { features, changes, noise } = release;
  const { scales = [], rate = 1 } = task.content.kind === 'weights' ? task.content : {};
  const moved = features
    .map((feature, at) => ({ feature, change: changes[at] ?? 0, noise: (noise * rate) / (scales[at] ?? 1) }))
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
  for (const one of moved.slice(0, TOLD))
    tell(
      `  ${one.feature.padEnd(20)} ${one.change >= 0 ? '+' : ''}${one.change.toFixed(3)}  (noise ${one.noise.toFixed(3)})`,
    );
}

/** A shopper who likes one style: looks at it, and clicks it where a list shows it. */
function visits(catalogue: Catalogue, random: () => number, now: number): Signal[] {
  const pick = <Value>(values: readonly Value[]): Value =>
    values[Math.floor(random() * values.length)] as Value; // none is empty
  const products = catalogue.inCategory(pick(CATEGORIES).slug);
  const taste = pick(products).style;
  const signals: Signal[] = [];
  for (let visit = 0; visit < VISITS; visit++) {
    const at = now - (VISITS - visit) * DAY_MS;
    const base = (product: Product, laterMs: number) =>
      ({
        at: at + laterMs,
        session: visit,
        itemId: product.id,
        category: product.category,
        brand: product.brand.toLowerCase(),
        priceLevel: toPriceLevel(product.priceCents / 100),
        titleTokens: hashTokens(product.title, SALT),
      }) as unknown as Signal; // the demo's own ids and times, in the stored form
    const shown = [...products].sort(() => random() - 0.5).slice(0, SHOWN);
    shown.forEach((product, position) => {
      signals.push({
        ...base(product, position),
        kind: 'impression',
        position,
        slateId: `s${visit}`,
      } as Signal);
    });
    const liked = shown.find(({ style }) => style === taste) ?? (random() < 0.3 ? pick(shown) : undefined);
    if (liked === undefined) continue;
    const position = shown.indexOf(liked);
    signals.push({ ...base(liked, 60_000), kind: 'click', position, slateId: `s${visit}` } as Signal);
    signals.push({ ...base(liked, 61_000), kind: 'view', dwellMs: 20_000 } as Signal);
  }
  return signals;
}

async function main(): Promise<void> {
  const folder = demoFolder(Number(process.env.PORT || SHOP_PORT) + 1);
  if (!existsSync(join(folder, 'tasks.json'))) {
    console.error('The aggregators are not there yet: run npm start in another terminal first.');
    process.exitCode = 1;
    return;
  }
  await sendCrowd(folder, Number(process.argv[2] ?? SHOPPERS), (text) => console.log(text));
}

if (process.argv[1]?.endsWith('crowd.ts')) await main();
