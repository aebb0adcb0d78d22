import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { ensureChromium } from './support/chromium.ts';

/** Everything that `npm test` checks, in the order in which a failure is cheapest to hear of. */
const CHECKS: readonly (readonly [title: string, command: string, args: readonly string[]])[] = [
  ['format and lint', 'biome', ['ci', '--error-on-warnings', '.']],
  ['types of the page', 'tsc', ['-p', 'tsconfig.page.json']],
  ['types of the worker', 'tsc', ['-p', 'tsconfig.worker.json']],
  ['types of the contributing worker', 'tsc', ['-p', 'tsconfig.contribute.json']],
  ['types of the command line', 'tsc', ['-p', 'tsconfig.cli.json']],
  ['types of Node', 'tsc', ['-p', 'tsconfig.node.json']],
  ['dead code', 'knip', []],
  [
    'build and size budgets',
    'rollup',
    ['--config', 'rollup.config.ts', '--configPlugin', 'esbuild', '--silent'],
  ],
  ['package: publint', 'publint', ['--strict']],
  ['package: types as consumers see them', 'attw', ['--pack', '.']],
];
const REPORT = 'test-results/report.json';

interface Report {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
}

function run(title: string, command: string, args: readonly string[]): boolean {
  console.log(`\n── ${title}`);
  const isOk = spawnSync('npx', ['--no-install', command, ...args], { stdio: 'inherit' }).status === 0;
  if (!isOk) console.log(`✗ ${title} failed`);
  return isOk;
}

function main(): void {
  let passed = 0;
  let failed = 0;
  for (const [title, command, args] of CHECKS) {
    if (run(title, command, args)) passed += 1;
    else failed += 1;
  }
  ensureChromium();
  rmSync(REPORT, { force: true });
  const isOk = run('unit and browser tests', 'playwright', ['test', ...process.argv.slice(2)]);
  const { stats } = JSON.parse(readFileSync(REPORT, 'utf8')) as Report;
  passed += stats.expected;
  failed += stats.unexpected + stats.flaky + stats.skipped; // a skipped or flaky test proves nothing
  if (!isOk && failed === 0) failed = 1;
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

main();
