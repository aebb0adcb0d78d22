import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { check } from '../../src/cli/verify/check.ts';
import { writeReceipt } from '../../src/consent/receipt.ts';
import type { LogEntry } from '../../src/core/audit.ts';
import { hashOf } from '../../src/core/canonical.ts';
import { type ConsentLog, toConsentLog } from '../../src/core/consent-log.ts';
import { asEpochMs, type EpochMs } from '../../src/core/ids.ts';
import type { Answer, ConsentReceipt } from '../../src/core/receipt.ts';
import { termsOf } from '../../src/core/terms.ts';

const TERMS = termsOf({});
const T0 = 1_800_000_000_000;

async function log(): Promise<ConsentLog> {
  const termsHash = await hashOf(TERMS);
  let seed = 1;
  const random = (into: Uint32Array) => {
    for (let i = 0; i < into.length; i++) {
      seed = (seed * 48_271) % 0x7fffffff;
      into[i] = seed;
    }
  };
  const receipts: ConsentReceipt[] = [];
  const answers: Answer[] = ['refused', 'granted', 'paused', 'granted', 'withdrawn'];
  for (const [i, answer] of answers.entries()) {
    const at = asEpochMs(T0 + i * 60_000);
    const given = {
      answers: { personalize: answer },
      basis: { personalize: { at, terms: termsHash, signal: false } },
      source: 'panel' as const,
      notice: { id: 'reshelf-panel/1', textHash: await hashOf('text'), language: 'de', variant: 'panel' },
      region: 'eea',
    };
    receipts.unshift(await writeReceipt(given, receipts[0] ?? null, at, random));
  }
  const entries: LogEntry[] = [];
  for (const [i, action] of (['granted', 'edited', 'deleted', 'withdrawn'] as const).entries()) {
    const at: EpochMs = asEpochMs(T0 + i);
    const unsigned = { at, action, counts: { journal: i }, previousHash: entries.at(-1)?.hash ?? '' };
    entries.push({ ...unsigned, hash: await hashOf(unsigned) });
  }
  return toConsentLog({
    receipts,
    entries,
    terms: { [termsHash]: TERMS, unused: TERMS },
    controller: { name: 'Teasel' },
    origin: 'https://shop.example',
  });
}

test('a saved log is intact, has the shape of its schema, and says what ISO/IEC TS 27560 asks for', async () => {
  const saved = JSON.parse(JSON.stringify(await log())) as ConsentLog;
  expect(await check(saved)).toEqual({ broken: null, records: 5, actions: 4 });
  const [record] = saved.records;
  expect(Object.keys(record ?? {})).toEqual(
    expect.arrayContaining(['schema_version', 'record_id', 'receipt_id', 'pii_principal_id']),
  );
  for (const field of [
    'privacy_notice',
    'language',
    'purpose',
    'pii_information',
    'pii_controllers',
    'storage_locations',
    'retention_period',
    'jurisdiction',
    'recipient_third_parties',
    'withdrawal_method',
  ])
    expect(record?.processing[0], field).toHaveProperty(field);
  expect(record?.events[0]).toMatchObject({
    event_state: 'withdrawn',
    validity_duration: 'P180D',
    event_time: '2027-01-15T08:04:00.000Z',
    valid_until: '2027-07-14T08:04:00.000Z',
  });
  expect(Object.keys(record?.proof.terms ?? {})).toHaveLength(1);
});

type Loose = { [name: string]: Loose } & Loose[];
const CHANGES: readonly (readonly [what: string, change: (log: Loose) => void, named: RegExp])[] = [
  [
    'a refusal turned into a yes',
    (log) => Object.assign(at(log, 'records', 4, 'proof', 'receipt', 'answers'), { personalize: 'granted' }),
    /^receipt 1 \(.*its content/,
  ],
  [
    'a time moved',
    (log) => Object.assign(at(log, 'records', 2, 'proof', 'receipt'), { at: T0 }),
    /^receipt 3 \(.*its content/,
  ],
  [
    'a receipt left out',
    (log) => at(log, 'records').splice(1, 1),
    /^receipt 5 \(.*does not follow from receipt 3/,
  ],
  [
    'two receipts exchanged',
    (log) => at(log, 'records').splice(1, 2, at(log, 'records', 2), at(log, 'records', 1)),
    /does not follow/,
  ],
  [
    'a hash of another receipt',
    (log) =>
      Object.assign(at(log, 'records', 1, 'proof', 'receipt'), {
        hash: at(log, 'records', 2, 'proof', 'receipt', 'hash'),
      }),
    /^receipt 4 \(.*its content/,
  ],
  [
    'a record that says more than its receipt',
    (log) => Object.assign(at(log, 'records', 0, 'events', 0), { event_state: 'granted' }),
    /^receipt 5 \(.*says something else/,
  ],
  [
    'other terms',
    (log) =>
      Object.assign(Object.values(at(log, 'records', 0, 'proof', 'terms'))[0] as object, {
        recipients: ['everybody'],
      }),
    /^receipt 5 \(.*terms/,
  ],
  [
    'another controller',
    (log) => Object.assign(at(log, 'controller'), { name: 'Nobody' }),
    /^receipt 5 \(.*says something else/,
  ],
  [
    'an act left out of the log',
    (log) => at(log, 'actions').splice(1, 1),
    /^log entry 2 \(deleted\): it does not follow/,
  ],
  [
    'an act renamed',
    (log) => Object.assign(at(log, 'actions', 2), { action: 'edited' }),
    /^log entry 3 \(edited\): its content/,
  ],
  [
    'a count changed',
    (log) => Object.assign(at(log, 'actions', 3, 'counts'), { journal: 0 }),
    /^log entry 4 \(withdrawn\): its content/,
  ],
  [
    'a field too many',
    (log) => Object.assign(at(log, 'records', 0), { name: 'Ada' }),
    /^shape: \/records\/0/,
  ],
  [
    'a field too few',
    (log) => Reflect.deleteProperty(at(log, 'records', 0, 'proof', 'receipt'), 'notice'),
    /^shape: \/records\/0\/proof\/receipt/,
  ],
];
function at(log: Loose, ...path: (string | number)[]): Loose {
  return path.reduce((inner: Loose, step) => inner[step as never] as Loose, log);
}
for (const [what, change, named] of CHANGES)
  test(`${what} is detected, and the first broken link is named`, async () => {
    const saved = JSON.parse(JSON.stringify(await log()));
    change(saved);
    expect((await check(saved)).broken).toMatch(named);
  });

test('whatever is no log is told as such', async () => {
  for (const value of [null, [], {}, 'x', { schema: 'reshelf-log/1' }])
    expect((await check(value)).broken).toMatch(/^shape: /);
});

test('npx reshelf verify: status 0 and 1, the schema, and what cannot be read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'reshelf-verify-'));
  const file = join(folder, 'receipt.json');
  const verify = (...args: string[]) =>
    spawnSync('node', ['dist/cli/main.js', 'verify', ...args], { encoding: 'utf8' });
  const saved = JSON.parse(JSON.stringify(await log()));
  writeFileSync(file, JSON.stringify(saved));
  expect(verify(file)).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^intact: 5 receipts, 4 log entries/),
  });
  saved.records.splice(2, 1);
  writeFileSync(file, JSON.stringify(saved));
  expect(verify(file)).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^broken: receipt 4 .*does not follow from receipt 2/),
  });
  expect(JSON.parse(verify(file, '--json').stdout)).toMatchObject({ records: 4 });
  expect(JSON.parse(verify('--schema').stdout).$schema).toContain('2020-12');
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
  const shipped = readFileSync(exports['./receipt.schema.json'], 'utf8'); // for other programs
  expect(JSON.parse(shipped)).toEqual(JSON.parse(verify('--schema').stdout));
  expect(verify(join(folder, 'missing.json'))).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('cannot be read'),
  });
  writeFileSync(file, 'no json');
  expect(verify(file).stderr).toContain('expected JSON');
});

test('npx reshelf report writes the papers of the configuration that a page runs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reshelf-report-'));
  mkdirSync(folder, { recursive: true });
  const page = join(folder, 'page.html');
  writeFileSync(
    page,
    '<!-- <script src="/old/reshelf.js" data-reshelf-controller="Old"></script> --><meta name="reshelf-region" content="eea">' +
      '<script src="/reshelf/reshelf.js" data-reshelf-keep="size category recent" data-reshelf-retention-days="60" data-reshelf-controller="Teasel" data-reshelf-hosts="tables.example=eea" data-reshelf-artefacts="https://tables.example/m.json" data-reshelf-audit-url="https://notes.example/" defer></script>',
  );
  const told = execFileSync('node', ['dist/cli/main.js', 'report', page, '--out', join(folder, 'out')], {
    encoding: 'utf8',
  });
  expect(told.trim().split('\n')).toHaveLength(7);
  const paper = (name: string) => readFileSync(join(folder, 'out', name), 'utf8');
  expect(paper('notice.md')).toContain('Responsible: Teasel');
  expect(paper('notice.md')).toMatch(/\| purchase \|.*\| 60 days \|/);
  expect(paper('notice.md')).toMatch(/\| impression \|.*\| 14 days \|/);
  expect(paper('notice.md')).not.toMatch(/\| search \|/); // this shop keeps none
  expect(paper('processing-record.md')).toMatch(/law assumed \| eea/);
  expect(paper('impact-assessment.md')).toContain('kept out by name: health');
  expect(paper('notice.html')).toMatch(
    /data-reshelf-notice="[0-9a-f]{64}" data-reshelf-day="\d{4}-\d\d-\d\d"/,
  );
  expect(paper('notice.html')).toMatch(/<tr data-reshelf-kind="purchase">.*60 days/);
  expect(paper('hosts.md')).toMatch(/\| tables\.example \| tables of the shop \| eea \|/);
  expect(paper('hosts.md')).toMatch(/\| notes\.example \| anonymous notes of answers \| not listed \|/);
  expect(paper('ranking.md')).toContain('Paid places never move');
  expect(JSON.parse(paper('.well-known/gpc.json'))).toEqual({
    gpc: true,
    lastUpdate: new Date().toISOString().slice(0, 10),
  });
  expect(
    spawnSync('node', ['dist/cli/main.js', 'report', 'package.json'], { encoding: 'utf8' }).stderr,
  ).toContain('found none');
});
