import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContributor, parseTasks } from '../src/contribute/contributor.ts';
import { createDevice } from '../src/contribute/device.ts';
import { pickArm } from '../src/contribute/draw-arm.ts';
import { tallyLift } from '../src/contribute/lift-tally.ts';
import { ownLists } from '../src/contribute/own-lists.ts';
import { sealReport } from '../src/contribute/seal-report.ts';
import { styleOf, tallyHealth } from '../src/contribute/self-report.ts';
import { emptyProfile, fold } from '../src/core/profile.ts';
import { ownUpdate } from '../src/learn/own-update.ts';
import { seededRandom } from '../src/rank/random.ts';
import { parseRelease, parseSigned, verifySigned } from '../src/wire/released-model.ts';
import { demoFolder } from './aggregators.ts';
import { parseCatalogue } from './catalogue.ts';
import { simulateShopper } from './crowd-shopper.ts';
import { memoryLedger } from './memory-ledger.ts';

const SHOP_PORT = 4173;
const SHOPPERS = 300;
const LANES = 8;
const DAY_MS = 86_400_000;
/** Weights that moved most, to show. */
const TOLD = 6;

/**
 * A few hundred simulated shoppers, each with a taste of their own, walk through the demo shop's catalogue; each device
 * draws its arm, learns from its own lists and contributes all that is asked for, by the very code that runs in the
 * browser; then the rounds close.
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
  const lift = tasks.find(
    (one) => 'content' in one && one.content.kind === 'tallies' && one.content.topic === 'lift',
  );
  const shares =
    lift !== undefined && 'content' in lift && lift.content.kind === 'tallies' ? lift.content.shares : [100];
  let sent = 0;
  let reports = 0;
  let next = 0;
  async function lane(): Promise<void> {
    for (let shopper = next++; shopper < shoppers; shopper = next++) {
      const arm = pickArm(shares, (into) => crypto.getRandomValues(into));
      const random = seededRandom(now + shopper);
      const { journal, drafts } = simulateShopper(catalogue, arm, random, now);
      const troubles = {
        'list/explicit-sort': random() < 0.3 ? 1 : 0,
        'list/contested': random() < 0.02 ? 1 : 0,
      };
      const ledger = memoryLedger(now - 40 * DAY_MS);
      const device = createDevice({
        lists: async () => ownLists(journal),
        changes: async () => [],
        update: ownUpdate,
        topics: {
          async 'popular-styles'(buckets) {
            const profile = emptyProfile();
            for (const signal of journal) fold(profile, signal);
            return styleOf(buckets, profile);
          },
        },
        tally: async ({ topic, valueStep }, quality) =>
          topic === 'health'
            ? tallyHealth(ownLists(journal), quality, troubles)
            : tallyLift({ journal, arm, drafts, drawnAt: now - 30 * DAY_MS, valueStep, now }),
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
      for (let step = await contributor.step(now); step.kind === 'made'; step = await contributor.step(now))
        if ((await contributor.step(now)).kind === 'sent') reports += 1;
      sent += 1;
      if (sent % 50 === 0) tell(`${sent} of ${shoppers} shoppers have contributed`);
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane));
  tell(`${reports} reports taken, none of which anybody can read. Closing the rounds …`);
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
  tell(insightsHint(task.collector, operatorToken));
}

/** Where a merchant sees all of it. */
export const insightsHint = (collector: string, token: string): string =>
  `Styles, lift and how devices fare: ${new URL('insights', collector).href} (any name, password ${token})`;

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
