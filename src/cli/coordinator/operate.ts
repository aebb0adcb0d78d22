import { readFileSync } from 'node:fs';
import { type CollectorConfig, parseRoleConfig, type RoleConfig } from '../../coordinator/role-config.ts';
import { CliError } from '../cli-error.ts';

/** @throws CliError naming file and field */
export function readRoleConfig(file: string): RoleConfig {
  try {
    return parseRoleConfig(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new CliError(`${file}: ${(error as Error).message}`);
  }
}

function readCollector(file: string): CollectorConfig {
  const config = readRoleConfig(file);
  if (config.role !== 'collector')
    throw new CliError(`${file}: expected the collector’s file, got the ${config.role}’s`);
  return config;
}

export async function collectNow(file: string): Promise<number> {
  const config = readCollector(file);
  const addresses = new Set(config.tasks.map(({ collector }) => collector));
  for (const address of addresses)
    console.log(await tell(new URL('collect', address), config.operatorToken, '{}'));
  return 0;
}

export async function rollback(file: string, version: number): Promise<number> {
  const config = readCollector(file);
  for (const { id, collector, content } of config.tasks)
    if (content.kind === 'weights')
      console.log(
        await tell(
          new URL(`tasks/${id}/rollback`, collector),
          config.operatorToken,
          JSON.stringify({ version }),
        ),
      );
  return 0;
}

async function tell(url: URL, token: string, body: string): Promise<string> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const reply = await fetch(url, { method: 'POST', headers, body }).catch((cause: unknown) => {
    throw new CliError(`${url.origin} does not answer (${String(cause)}); is the collector running?`);
  });
  const text = await reply.text();
  if (!reply.ok) throw new CliError(`${url.href} refused: ${text}`);
  return text;
}
