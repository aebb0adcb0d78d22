import type { Audit } from './audit.ts';
import { CHECKS, type Check, type Finding } from './finding.ts';

const escaped = (text: string): string =>
  text.replace(
    /[&<>"]/g,
    (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[mark] ?? mark,
  );

const STYLES = `:root{color-scheme:light dark;--line:#8884;--ok:#1a7f4b;--bad:#c0352b;--warn:#9a6700}
@media(prefers-color-scheme:dark){:root{--ok:#4cc38a;--bad:#ff7b72;--warn:#e3b341}}
body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;margin:0}h2{font-size:1.15rem;margin:2.5rem 0 .5rem}.lead{font-size:1.1rem;margin:.25rem 0 1.5rem}
.verdict{display:inline-block;padding:.3rem .9rem;border-radius:2rem;color:#fff;font-weight:600;background:#1a7f4b}.verdict.bad{background:#c0352b}
ul.checks{list-style:none;padding:0;border-top:1px solid var(--line)}ul.checks>li{border-bottom:1px solid var(--line);padding:.7rem 0 .7rem 2rem;position:relative}
ul.checks>li::before{position:absolute;left:.25rem;font-weight:700;content:"✓";color:var(--ok)}li.fault::before{content:"✗"!important;color:var(--bad)!important}
li.warning::before{content:"!"!important;color:var(--warn)!important}li.note::before{content:"·"!important;color:inherit!important}li.skipped{opacity:.6}li.skipped::before{content:""!important}
.name{font-size:.8rem;opacity:.7;margin-left:.5rem}dl{margin:.4rem 0 0}dt{font-size:.85rem;opacity:.75}dd{margin:0 0 .3rem;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .6rem .4rem 0;border-bottom:1px solid var(--line);vertical-align:top}`;

const RANK = { fault: 0, warning: 1, note: 2 } as const;

/** The report for people: the verdict first, one line a check, and under it what was found and as whom. No script, nothing loaded. */
export function htmlReport({ address, at, checks: looked, persons, receivers, findings }: Audit): string {
  const faults = findings.filter(({ level }) => level === 'fault').length;
  const verdict = faults === 0 ? 'Clean' : `${faults} ${faults === 1 ? 'fault' : 'faults'}`;
  const checks = (Object.keys(CHECKS) as Check[]).map((check) => {
    if (!looked.includes(check))
      return `<li class="skipped">${escaped(CHECKS[check])}<span class="name">${check}, not looked at</span></li>`;
    const found = findings.filter((one) => one.check === check).sort((a, b) => RANK[a.level] - RANK[b.level]);
    const lines = merged(found).map(([told, as]) => `<dd>${escaped(told)}</dd><dt>${escaped(as)}</dt>`);
    return `<li class="${found[0]?.level ?? 'ok'}">${escaped(CHECKS[check])}<span class="name">${check}</span>${lines.length > 0 ? `<dl>${lines.join('')}</dl>` : ''}</li>`;
  });
  const rows = receivers.map(
    ({ host, gets, region, isShop }) =>
      `<tr><td>${escaped(host)}</td><td>${escaped(gets)}</td><td>${escaped(region ?? (isShop ? 'the shop itself' : 'not listed'))}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Reshelf audit of ${escaped(address)}</title><style>${STYLES}</style></head>
<body><main><h1>Reshelf audit</h1><p class="lead">${escaped(address)} on ${escaped(at.slice(0, 16).replace('T', ' '))} UTC</p>
<p><span class="verdict${faults === 0 ? '' : ' bad'}">${verdict}</span></p>
<h2>What was looked at</h2><ul class="checks">
${checks.join('\n')}
</ul>
<h2>Who receives anything</h2><table><thead><tr><th>Host</th><th>Receives</th><th>Region</th></tr></thead><tbody>${rows.join('')}</tbody></table>
<h2>As whom</h2><p>${['a shopper with a history', ...persons].map(escaped).join('; ')}.</p></main></body></html>
`;
}

/** What was found as several persons is told once. */
function merged(findings: readonly Finding[]): [told: string, as: string][] {
  const persons = new Map<string, Set<string>>();
  for (const { told, as } of findings) persons.set(told, (persons.get(told) ?? new Set()).add(as));
  return [...persons].map(([told, as]) => [told, [...as].join('; ')]);
}
