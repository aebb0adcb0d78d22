import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Audit, audit, REGIONS } from '../../src/cli/audit/audit.ts';
import { readAxe } from '../../src/cli/audit/check-panel.ts';
import { CHECKS, type Check, type Finding } from '../../src/cli/audit/finding.ts';
import { htmlReport } from '../../src/cli/audit/html-report.ts';
import { type AuditedOptions, changed, openAuditedShop } from '../support/audited-shop.ts';
import { openDemo } from '../support/demo.ts';

test.setTimeout(300_000);

interface Told {
  readonly status: number;
  readonly said: string;
  readonly report: Audit;
  readonly html: string;
}

/** What the command says, and leaves. */
async function run(address: string, ...options: string[]): Promise<Told> {
  const out = mkdtempSync(join(tmpdir(), 'reshelf-audit-'));
  const args = ['dist/cli/main.js', 'audit', address, '--out', out, ...options];
  const { status, said } = await new Promise<{ status: number; said: string }>((done) =>
    execFile('node', args, (error, stdout, stderr) =>
      done({ status: Number(error?.code ?? 0), said: stdout + stderr }),
    ),
  );
  const read = (name: string) => readFileSync(join(out, name), 'utf8');
  return { status, said, report: JSON.parse(read('audit.json')), html: read('audit.html') };
}
const faults = ({ findings }: Audit): readonly Finding[] => findings.filter(({ level }) => level === 'fault');

async function withShop<Result>(
  options: AuditedOptions,
  look: (address: string) => Promise<Result>,
): Promise<Result> {
  const shop = await openAuditedShop(options);
  try {
    return await look(`${shop.origin}/`);
  } finally {
    await shop.close();
  }
}

test('a shop that keeps its promises is clean, on every screen, and the list has moved', async () => {
  const { status, said, report, html } = await withShop({}, (address) => run(address, '--regions', 'eea'));
  expect(faults(report)).toEqual([]);
  expect(status).toBe(0);
  expect(report.checks).toHaveLength(Object.keys(CHECKS).length);
  expect(report.findings.filter(({ check }) => check === 'pins' || check === 'sort')).toEqual([]);
  expect(said).toContain('as a shopper with a history, phone');
  expect(html).toContain('Clean');
  expect(html).not.toContain('not looked at');
});

test('the demo shop is clean: where the card asks, where the launcher only stands there, and where nobody knows', async () => {
  const demo = await openDemo();
  expect(REGIONS).toHaveLength(8);
  const old = ['--max-age', '36500']; // its text is not dated anew for tests
  const { status, report } = await run(
    `${demo.origin}/c/dresses`,
    ...old,
    '--regions',
    'eea,us-ca,unknown', // by default five more, which are asked in the same two ways
  );
  demo.close();
  expect(faults(report)).toEqual([]);
  expect(status).toBe(0);
  expect(report.persons).toHaveLength(9);
  expect(new Set(report.persons).size).toBe(9); // of each region without a signal, with GPC, with a platform's no
  expect(report.findings.filter(({ check }) => check === 'pins' || check === 'sort')).toEqual([]);
});

interface Planted {
  readonly shop: () => AuditedOptions;
  /** By what is wrong: the check that must name it, and how. */
  readonly faults: Readonly<Record<string, readonly [check: Check, told: RegExp]>>;
}

/** A script that asks before the shopper has answered. */
const early = (script: string) => `${script}\nfetch('/collect').catch(() => {});`;
const REQUESTED_EARLY = /requested: GET .*\/collect/;
/** Faults that do not hide each other share a shop, and with it the audit's walks. */
const PLANTED: readonly Planted[] = [
  {
    shop: () => ({
      files: {
        'reshelf.worker.js': changed('reshelf.worker.js', ['.clear()', '.count()']),
        'reshelf.js': early(changed('reshelf.js', ['globalPrivacyControl', 'nothing'])),
      },
    }),
    faults: {
      'an early request': ['before an answer', REQUESTED_EARLY],
      'a surviving database': ['after withdrawal', /kept: database reshelf, journal/],
      'GPC ignored': ['global privacy control', /the card asks, though the browser has answered/],
    },
  },
  {
    shop: () => {
      const { files } = JSON.parse(readFileSync('dist/integrity.json', 'utf8'));
      const hash = `integrity="${files['reshelf.boot.js']}" crossorigin="anonymous"`;
      return { tag: `${hash} data-reshelf-audit-url="http://notes.invalid/log"` };
    },
    faults: {
      'a missing hash': ['integrity', /no hash in an import map/],
      'an undeclared host': [
        'hosts',
        /notes\.invalid receives anonymous notes of answers, and is not listed/,
      ],
    },
  },
  {
    shop: () => ({
      files: {
        'reshelf.lists.js': changed(
          'reshelf.lists.js',
          ['data-reshelf-pin', 'data-moved'],
          ['^(sort|sort_by', '^(no|sort_by'],
        ),
        'reshelf.boot.js': changed('reshelf.boot.js', ['sort|order', 'no|never']),
      },
    }),
    faults: {
      'a moved pin': ['pins', /place 4 \(pinned, .*\) now shows/],
      'an ignored sort': ['sort', /sort=price-asc: place \d+ shows/],
    },
  },
  {
    shop: () => ({
      files: {
        'reshelf.lists.js': `${changed('reshelf.lists.js')}
setTimeout(() => { const list = document.querySelector('ul.products'); list?.append(...[...list.children].reverse()); }, 700);`,
        'reshelf.panel.js': `${changed('reshelf.panel.js')}
addEventListener('keydown', (event) => { if (document.querySelector('reshelf-panel') && /Tab|Escape/.test(event.key)) { event.preventDefault(); event.stopImmediatePropagation(); } }, true);`,
      },
    }),
    faults: {
      'a swap in view': ['stability', /products in view gave their place/],
      'a trap in the panel': ['panel', /Tab goes nowhere|is trapped/],
    },
  },
  {
    shop: () => ({ tag: 'data-reshelf-retention-days="30"', noticeDays: 60, day: '2020-01-01' }),
    faults: {
      'a stale notice': ['notice', /another time for "purchase" than 30 days/],
      'a notice that is too old': ['notice', /of 2020-01-01, \d+ days old/],
    },
  },
];

for (const { shop, faults: planted } of PLANTED)
  test(`the audit names ${Object.keys(planted).join(' and ')}`, async ({ browser }) => {
    const checks = [...new Set(Object.values(planted).map(([check]) => check))];
    const report = await withShop(shop(), async (address) =>
      audit(browser, {
        address,
        regions: ['eea'],
        checks,
        parallel: 4,
        maxAgeDays: 365,
        axe: await readAxe(),
        published: JSON.parse(readFileSync('dist/integrity.json', 'utf8')),
        now: Date.now(),
        progress: () => {},
      }),
    );
    for (const [what, [check, words]] of Object.entries(planted))
      expect(
        faults(report).filter((one) => one.check === check && words.test(one.told)),
        what,
      ).not.toEqual([]);
    for (const check of checks) expect(htmlReport(report)).toContain(`<span class="name">${check}</span>`);
  });

test('the command ends with status 1, says the fault, and tells what it was not asked to look at', async () => {
  const check = 'before an answer';
  const files = { 'reshelf.js': early(changed('reshelf.js')) };
  const { status, said, report, html } = await withShop({ files }, (address) =>
    run(address, '--regions', 'us', '--checks', check, '--parallel', '1'),
  );
  expect(status).toBe(1);
  expect(said).toMatch(REQUESTED_EARLY);
  expect(report.checks).toEqual(['start', check]);
  expect(report.persons).toEqual(['us, no signal']);
  expect(html).toContain('<span class="name">pins, not looked at</span>');
});

test('without a page, an address or a tag, or with an option it does not know, it says so in one sentence', async () => {
  const said = (...args: string[]) =>
    new Promise<string>((done) =>
      execFile('node', ['dist/cli/main.js', 'audit', ...args], (_error, _stdout, stderr) => done(stderr)),
    );
  expect(await said()).toContain('expected one address');
  expect(await said('page.html')).toContain('expected one address');
  expect(await said('http://127.0.0.1:9/')).toContain('cannot be read');
  const address = 'https://shop.example/';
  expect(await said(address, '--checks', 'pins,colour')).toMatch(/--checks: expected some of .*got "colour"/);
  expect(await said(address, '--parallel', '0')).toContain('--parallel: expected a whole number above 0');
});
