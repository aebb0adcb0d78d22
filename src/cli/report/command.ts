import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CliError } from '../cli-error.ts';
import { readConfiguration } from './configuration.ts';
import { noticeHtml } from './notice-html.ts';
import {
  gpcResource,
  hostList,
  impactStarter,
  notice,
  processingRecord,
  rankingParameters,
} from './papers.ts';
import { receiversOf } from './receivers.ts';

export const usage = `Usage: reshelf report <page> [--out privacy]

Reads the running configuration from the script tag of a page of the shop and writes what the law asks to be written:

  notice.md               the privacy notice's table of data
  notice.html             the same for the shop's own page, with the marks that "reshelf audit" compares
  processing-record.md    the record of processing (GDPR Art. 30)
  impact-assessment.md    a start for an impact assessment (GDPR Art. 35)
  ranking.md              the main parameters of ranking (P2B, DSA 27, consumer law)
  hosts.md                every host that ever receives anything, with its region
  .well-known/gpc.json    says that Global Privacy Control is honoured

  <page>   its address, or an HTML file
  --out    the folder; "privacy" by default

A start for your lawyer, no legal advice.`;

/** @returns the exit status. @throws CliError when the page has no tag of ours */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { out: { type: 'string', default: 'privacy' } },
  });
  const [page, ...more] = positionals;
  if (page === undefined || more.length > 0)
    throw new CliError('expected one page: its address, or an HTML file');
  const configuration = await readConfiguration(page);
  const today = new Date().toISOString().slice(0, 10);
  const papers: Readonly<Record<string, string>> = {
    'notice.md': notice(configuration),
    'notice.html': await noticeHtml(configuration, today),
    'processing-record.md': processingRecord(configuration),
    'impact-assessment.md': impactStarter(configuration),
    'ranking.md': rankingParameters(),
    'hosts.md': hostList(configuration, await receiversOf(configuration)),
    '.well-known/gpc.json': gpcResource(today),
  };
  await mkdir(join(values.out, '.well-known'), { recursive: true });
  for (const [name, text] of Object.entries(papers)) {
    await writeFile(join(values.out, name), text);
    console.log(join(values.out, name));
  }
  return 0;
}
