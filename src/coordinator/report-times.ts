import type { ContributionTask } from '../wire/contribution-task.ts';
import { Problem } from './problem.ts';

/** Clocks of devices that run ahead by less than this are believed. */
const SKEW_SECONDS = 300;
/** An older report is not taken, so that report ids need not be kept for longer. */
export const REPORT_LIFE_SECONDS = 14 * 86_400;

/** @param now Unix seconds @throws Problem for a report whose time is not one of now */
export function checkTime(task: ContributionTask, time: number, now: number): void {
  if (now > task.expiresAt) throw new Problem('reportRejected', 400, 'the task has ended');
  if (time > now + SKEW_SECONDS) throw new Problem('reportTooEarly', 400, 'the report is from the future');
  if (time < now - REPORT_LIFE_SECONDS) throw new Problem('reportRejected', 400, 'the report is too old');
  if (time % task.timePrecisionSeconds !== 0)
    throw new Problem(
      'invalidMessage',
      400,
      `expected a time rounded to ${task.timePrecisionSeconds} seconds`,
    );
}
