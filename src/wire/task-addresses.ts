import type { ContributionTask } from './contribution-task.ts';
import type { LocalTask } from './local-task.ts';

/** Every address that a device with this task is in touch with. */
export const addressesOf = (task: ContributionTask | LocalTask): string[] =>
  task.format === 'reshelf-task@1' ? [task.leader, task.helper, task.collector] : [task.server];
