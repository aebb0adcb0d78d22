import { janusTasks } from '../../coordinator/janus-task.ts';
import { CliError } from '../cli-error.ts';
import { readRoleConfig } from './operate.ts';

/** Prints what `janus_cli provision-tasks` reads, for the aggregator whose file it is. */
export async function janusTask(file: string): Promise<number> {
  const config = readRoleConfig(file);
  if (config.role === 'collector')
    throw new CliError(
      `${file}: expected the leader’s or the helper’s file; Janus has no part for the collector`,
    );
  console.log(janusTasks(config));
  return 0;
}
