/** The page's whole style sheet: one constant, so that the page's policy can name its hash. */
export const STYLES = `
:root{color-scheme:light dark;--ground:#fff;--card:#f6f6f3;--ink:#22241f;--soft:#63665c;--line:#dcdcd5;--more:#1f6f50;--less:#a8442a;--open:#7d8175;--column:#b9d6c7}
@media(prefers-color-scheme:dark){:root{--ground:#171815;--card:#20221d;--ink:#ecece5;--soft:#a6a99c;--line:#3a3d35;--more:#6cc49b;--less:#ea8f76;--open:#9a9d90;--column:#2f5a46}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1.5rem 1rem 4rem;max-width:62rem;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
h1{font-size:1.5rem;margin:0}h2{font-size:1.2rem;margin:0 0 .25rem}
header{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:baseline;justify-content:space-between;margin-bottom:1.25rem}
section{background:var(--card);border-radius:.75rem;padding:1.1rem 1rem;margin:0 0 1.1rem}
p{margin:.25rem 0 .75rem;max-width:46rem}.soft,small,td.soft{color:var(--soft)}h2 small,td small{white-space:nowrap}small{font-size:.85rem}h3{font-size:1rem;margin:1.2rem 0 0}
.verdict{font-size:1.15rem;font-weight:600}
a{color:inherit}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.75rem;margin:0 0 1.1rem;padding:0;list-style:none}
.cards li{background:var(--card);border-radius:.75rem;padding:.75rem 1rem}.cards strong{display:block;font-size:1.4rem;line-height:1.3}
table{width:100%;border-collapse:collapse}caption{text-align:start;color:var(--soft);font-size:.9rem;padding:0 0 .3rem}
th,td{text-align:start;padding:.35rem .5rem .35rem 0;border-top:1px solid var(--line);font-weight:400;vertical-align:middle}
thead th{color:var(--soft);font-size:.85rem}thead th,thead td{border-top:0}caption{padding-top:1rem}
.figures th{width:30%}.figures td.chart{width:40%}.figures td{font-variant-numeric:tabular-nums}
.wide{overflow-x:auto}
.bar{display:block;width:100%;height:1.5rem;overflow:visible}
.bar path{fill:none;stroke:var(--tone);stroke-width:2;vector-effect:non-scaling-stroke}
.more{--tone:var(--more)}.less{--tone:var(--less)}.open{--tone:var(--open)}
.bar path.zero,.history .zero{stroke:var(--soft);stroke-width:1;stroke-dasharray:2 3}
.bar path.range{stroke-width:6;stroke-linecap:butt;opacity:.45}.bar path.thin{stroke-width:2;opacity:1}
.bar path.point{stroke-width:12;stroke-linecap:round}
.bar path.column{fill:var(--column);stroke:none}.bar.open path.column{fill:var(--line)}
.history{display:block;width:100%;max-width:32rem;margin:.5rem 0}
.history text{fill:var(--soft);font-size:10px}.history path{fill:none;stroke:var(--line)}
.history .band{fill:var(--column);stroke:none;opacity:.7}.history .line{stroke:var(--more);stroke-width:2}.history .range{stroke:var(--more);stroke-width:4;opacity:.5}.history circle{fill:var(--more)}
button{font:inherit;padding:.15rem .7rem;border:1px solid var(--open);border-radius:1rem;background:none;color:inherit;cursor:pointer;min-height:1.75rem}
@media(max-width:40rem){.figures tr{display:grid;grid-template-columns:1fr auto;gap:0 .75rem;padding:.4rem 0;border-top:1px solid var(--line)}.figures thead{display:none}.figures th,.figures td{border:0;padding:0;width:auto}.figures td.chart{grid-column:1/-1;grid-row:2;width:auto}}
`;
