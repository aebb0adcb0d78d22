#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { CliError } from './cli-error.ts';
import { version } from './version.ts';

/** What the module of a sub-command exports. */
interface Command {
  /** @returns the exit status */
  run(args: readonly string[]): Promise<number>;
  readonly usage: string;
}

/** Every sub-command: what it does, and its module, which loads only when it is asked for. */
const COMMANDS: Readonly<Record<string, readonly [does: string, load: () => Promise<Command>]>> = {
  replay: ['measure ranking methods on recorded sessions', () => import('./replay/command.ts')],
  simulate: [
    'let recorded people learn together, and see what it is worth',
    () => import('./simulate/command.ts'),
  ],
  coordinator: ['sum what devices contribute, without seeing it', () => import('./coordinator/command.ts')],
  build: ["make the shop's static tables from its catalogue and orders", () => import('./build/command.ts')],
  train: ['fit the weights to recorded sessions', () => import('./train/command.ts')],
  inspect: [
    'tell what is found on a page of the shop, and what would move',
    () => import('./inspect/command.ts'),
  ],
  audit: [
    'look at a live shop as its shoppers would: does it keep its promises?',
    () => import('./audit/command.ts'),
  ],
  verify: ['check receipts of consent that a shopper saved', () => import('./verify/command.ts')],
  snippet: ['print the lines for the head, with hashes and policy', () => import('./snippet/command.ts')],
  report: ['write the privacy papers of a configuration', () => import('./report/command.ts')],
};

const EXIT_FAILED = 1;
const EXIT_MISUSED = 2;

function usage(): string {
  const names = Object.keys(COMMANDS);
  const width = Math.max(...names.map((name) => name.length));
  const lines = names.map((name) => `  ${name.padEnd(width)}  ${COMMANDS[name]?.[0]}`);
  return `Usage: reshelf <command> [options]\n\n${lines.join('\n')}\n\nreshelf <command> --help tells more; reshelf --version prints the version.`;
}

function misused(message: string, help: string): number {
  console.error(`reshelf: ${message}\n\n${help}`);
  return EXIT_MISUSED;
}

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined) return misused('expected a command, got none', usage());
  if (name === '--help' || name === '-h' || name === 'help') {
    console.log(usage());
    return 0;
  }
  if (name === '--version' || name === '-v') {
    console.log(version());
    return 0;
  }
  const known = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (known === undefined)
    return misused(`expected one of ${Object.keys(COMMANDS).join(', ')}, got "${name}"`, usage());
  const command = await known[1]();
  if (wantsHelp(rest)) {
    console.log(command.usage);
    return 0;
  }
  try {
    return await command.run(rest);
  } catch (error) {
    if (isMisuse(error)) return misused(error.message, command.usage);
    throw error;
  }
}

function wantsHelp(args: readonly string[]): boolean {
  const options = { help: { type: 'boolean', short: 'h' } } as const;
  return parseArgs({ args: [...args], options, strict: false }).values.help === true;
}

/** Whether `parseArgs` refused an option; its messages say which and why. */
function isMisuse(error: unknown): error is Error {
  return (
    error instanceof TypeError &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('ERR_PARSE_ARGS')
  );
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    // anything but a CliError is our bug: its stack is what a report needs
    console.error(error instanceof CliError ? `reshelf: ${error.message}` : error);
    process.exitCode = EXIT_FAILED;
  },
);
