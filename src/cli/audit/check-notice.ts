import { hashOf } from '../../core/canonical.ts';
import { DAY_MS } from '../../core/ids.ts';
import type { Configuration } from '../report/configuration.ts';
import { dataRows } from '../report/papers.ts';
import type { Tell } from './finding.ts';

const AS = 'everybody';

/**
 * The notice's table, by its marks and row by row, against what is configured now; and the age of the text.
 * @param now Unix ms
 */
export async function checkNotice(
  configuration: Configuration,
  maxAgeDays: number,
  now: number,
  tell: Tell,
): Promise<void> {
  const given = configuration.attribute('notice-url');
  if (given === undefined) {
    tell('warning', 'notice', AS, 'the tag names no privacy notice (data-reshelf-notice-url)');
    return;
  }
  const address = new URL(given, configuration.origin).href;
  const response = await fetch(address).catch(() => undefined);
  if (response?.ok !== true) return tell('fault', 'notice', AS, `${address} is not there`);
  const html = await response.text();
  const [, hash] = /data-reshelf-notice\s*=\s*["']?([0-9a-f]{64})/.exec(html) ?? [];
  if (hash === undefined)
    return tell(
      'fault',
      'notice',
      AS,
      `${address} holds no table of data: "npx reshelf report" writes it (notice.html)`,
    );
  for (const [kind = '', , , howLong = ''] of dataRows(configuration)) {
    const [, row] =
      new RegExp(`<tr[^>]*data-reshelf-kind=["']?${kind}\\b[^>]*>([\\s\\S]*?)</tr>`).exec(html) ?? [];
    const days = /\d+/.exec(howLong)?.[0] ?? '';
    if (row === undefined)
      tell('fault', 'notice', AS, `${address} does not tell "${kind}", which is kept for ${howLong}`);
    else if (!new RegExp(`\\b${days}\\b`).test(row))
      tell('fault', 'notice', AS, `${address} tells another time for "${kind}" than ${howLong}`);
  }
  if (hash !== (await hashOf(configuration.terms)))
    tell(
      'fault',
      'notice',
      AS,
      `${address} was written for another configuration: kinds of data, times or recipients have changed since`,
    );
  const [, day] = /data-reshelf-day\s*=\s*["']?(\d{4}-\d\d-\d\d)/.exec(html) ?? [];
  const age = day === undefined ? Number.POSITIVE_INFINITY : Math.floor((now - Date.parse(day)) / DAY_MS);
  if (age > maxAgeDays)
    tell(
      'fault',
      'notice',
      AS,
      `the text is ${day === undefined ? 'not dated' : `of ${day}, ${age} days old`}; the limit is ${maxAgeDays}`,
    );
}
