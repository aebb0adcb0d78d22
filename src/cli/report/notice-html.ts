import { hashOf } from '../../core/canonical.ts';
import type { Configuration } from './configuration.ts';
import { dataRows } from './papers.ts';

/**
 * The notice's table as HTML for the shop's own page. Its marks (the terms it was written for, by hash, and the day) are what
 * `reshelf audit` compares with the running configuration; the words may be translated, the marks stay.
 * @param day "2026-11-24"
 */
export async function noticeHtml(configuration: Pick<Configuration, 'terms'>, day: string): Promise<string> {
  const rows = dataRows(configuration).map(
    ([kind = '', ...cells]) =>
      `<tr data-reshelf-kind="${kind}"><th scope="row">${kind}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`,
  );
  return `<table data-reshelf-notice="${await hashOf(configuration.terms)}" data-reshelf-day="${day}">
<thead><tr><th scope="col">Record</th><th scope="col">What it holds</th><th scope="col">Where</th><th scope="col">How long</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
`;
}
