import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launchChromium } from '../browser/launch.ts';
import { CliError } from '../cli-error.ts';
import { audit, REGIONS } from './audit.ts';
import { readAxe } from './check-panel.ts';
import { CHECKS, type Check } from './finding.ts';
import { htmlReport } from './html-report.ts';

export const usage = `Usage: reshelf audit <address of a page with a product list> [options]

Opens the shop in a real Chromium as a person of each region would, without and with Global Privacy Control and with a refused
consent platform, and checks that it keeps its promises. Writes audit.html and audit.json. Exit status 1 if there is a fault,
0 if there is none: made for a nightly job (docs/audit.md). Needs playwright and axe-core beside it.

  --out <folder>      where the report goes; "audit" by default
  --regions <list>    e.g. eea,us-ca; all presets and an unknown region by default
  --checks <list>     e.g. "pins,sort,after withdrawal"; all by default: ${Object.keys(CHECKS).slice(0, 8).join(', ')},
                      ${Object.keys(CHECKS).slice(8).join(', ')}
  --parallel <n>      persons who look at the same time; 4 by default
  --max-age <days>    how old the privacy notice's table may be; 365 by default
  --quiet             prints nothing but faults`;

const EXIT_FAULTS = 1;
const ALL_CHECKS = Object.keys(CHECKS) as readonly Check[];
const isCheck = (name: string): name is Check => name in CHECKS;

function toChecks(list: string): readonly Check[] {
  return list.split(',').map((part) => {
    const name = part.trim();
    if (!isCheck(name))
      throw new CliError(`--checks: expected some of ${ALL_CHECKS.join(', ')}, got "${name}"`);
    return name;
  });
}

/** @returns the exit status. @throws CliError without a page, a browser or axe */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      out: { type: 'string', default: 'audit' },
      regions: { type: 'string' },
      checks: { type: 'string' },
      parallel: { type: 'string', default: '4' },
      'max-age': { type: 'string', default: '365' },
      quiet: { type: 'boolean', default: false },
    },
  });
  const [address, ...more] = positionals;
  if (address === undefined || more.length > 0 || !/^https?:\/\//.test(address))
    throw new CliError('expected one address, e.g. https://shop.example/collections/all');
  const maxAgeDays = Number(values['max-age']);
  if (!(maxAgeDays > 0)) throw new CliError(`--max-age: expected days above 0, got "${values['max-age']}"`);
  const parallel = Number(values.parallel);
  if (!Number.isInteger(parallel) || parallel < 1)
    throw new CliError(`--parallel: expected a whole number above 0, got "${values.parallel}"`);
  const checks = values.checks === undefined ? ALL_CHECKS : toChecks(values.checks);
  const axe = await readAxe();
  const published = JSON.parse(await readFile(new URL('../integrity.json', import.meta.url), 'utf8')); // the build's own file
  const browser = await launchChromium('audit');
  try {
    const found = await audit(browser, {
      address,
      regions: values.regions?.split(',').map((one) => one.trim().replace(/^unknown$/, '')) ?? REGIONS,
      checks,
      parallel,
      maxAgeDays,
      axe,
      published,
      now: Date.now(),
      progress: (line) => values.quiet || console.log(`as ${line}`),
    });
    await mkdir(values.out, { recursive: true });
    await writeFile(join(values.out, 'audit.html'), htmlReport(found));
    await writeFile(join(values.out, 'audit.json'), `${JSON.stringify(found, null, 2)}\n`);
    for (const { level, check, as, told } of found.findings)
      if (level === 'fault' || !values.quiet) console.log(`${level}: ${check}: ${told} (${as})`);
    if (!values.quiet) {
      for (const { host, gets, region } of found.receivers)
        console.log(`${host}: ${gets}${region === undefined ? '' : ` (${region})`}`);
      console.log(join(values.out, 'audit.html'));
    }
    return found.findings.some(({ level }) => level === 'fault') ? EXIT_FAULTS : 0;
  } finally {
    await browser.close();
  }
}
