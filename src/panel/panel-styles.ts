/** The panel's looks: the page's colours by default, themable by `--reshelf-*`; a sheet on phones, a window elsewhere. */
export const PANEL_STYLES = `
:host { display: block !important; }
dialog { --line: #8884; --accent: var(--reshelf-accent, #1f5f46); position: fixed; inset: 0; margin: auto; padding: 0; border: 0; inline-size: min(56rem, 100vw - 2rem); block-size: min(44rem, 100dvb - 2rem);
  max-inline-size: none; max-block-size: none; border-radius: 1.25rem; overflow: hidden;
  color: var(--reshelf-text, #1b1d1c); background: var(--reshelf-surface, #fff); box-shadow: 0 1.5rem 5rem #0006; }
dialog[open] { display: grid; grid-template: auto 1fr auto / 14rem 1fr; }
dialog::backdrop { background: #0007; }
@media (prefers-color-scheme: dark) { dialog { --accent: var(--reshelf-accent, #8fd0b2); color: var(--reshelf-text, #eceeed); background: var(--reshelf-surface, #1a1c1b); } }
.head button { flex: none; }
.head { grid-column: 1 / -1; display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding-block: 0.875rem; padding-inline: 1.5rem 1rem; border-block-end: 1px solid var(--line); }
button { border: 1px solid var(--line); }
h2 { margin: 0; font-size: 1.25rem; line-height: 1.3; }
h2:focus-visible { outline: none; }
h3 { margin: 0 0 0.25rem; font-size: 1rem; }
h4 { margin: 0.75rem 0 0.25rem; font-size: 0.875rem; font-weight: 600; opacity: 0.8; }
p { margin: 0 0 0.75rem; max-inline-size: 60ch; }
.small { font-size: 0.8125rem; opacity: 0.85; margin: 0.125rem 0 0.5rem; }
nav { padding: 0.75rem; border-inline-end: 1px solid var(--line); overflow: auto; }
nav ul { display: grid; gap: 0.125rem; }
nav button { inline-size: 100%; text-align: start; border: 0; font-weight: 500; padding: 0.5rem 0.75rem; }
nav button[aria-current] { background: color-mix(in srgb, var(--accent) 14%, transparent); color: var(--accent); font-weight: 700; }
.body { overflow: auto; overflow-wrap: anywhere; padding: 1.5rem; overscroll-behavior: contain; }
.body > section > * + section, section + section { margin-block-start: 1.5rem; padding-block-start: 1.25rem; border-block-start: 1px solid var(--line); }
ul + ul { margin-block-start: 1.5rem; }
ul, ol { list-style: none; margin: 0; padding: 0; }
.row > :first-child { flex: 1 1 8rem; min-inline-size: 0; }
.body li + li { border-block-start: 1px solid var(--line); margin-block-start: 0.75rem; padding-block-start: 0.75rem; }
.row { display: flex; flex-wrap: wrap; align-items: start; justify-content: space-between; gap: 0.5rem 1rem; padding-block: 0.75rem; }
.body li.row { align-items: center; margin: 0; padding-block: 0.375rem; }
.row p { margin: 0; font-size: 0.9375rem; }
.row .state { font-size: 0.8125rem; font-weight: 600; margin-block-start: 0.25rem; }
.row + .row { border-block-start: 1px solid var(--line); }
.acts { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-block: 0.5rem; }
.body button { border: 1px solid var(--line); font-weight: 500; font-size: 0.875rem; padding: 0.375rem 0.875rem; }
.body button:disabled { opacity: 0.55; cursor: default; }
.note { padding: 0.75rem 1rem; border-radius: 0.75rem; border: 1px solid var(--accent); }
.interest { display: grid; grid-template-columns: minmax(6rem, 12rem) minmax(4rem, 1fr) minmax(8rem, auto); gap: 0.25rem 1rem; align-items: center; font-size: 0.9375rem; }
meter { inline-size: 100%; block-size: 0.625rem; border-radius: 1rem; overflow: hidden; appearance: none; background: var(--line); border: 0; }
meter::-webkit-meter-bar { background: var(--line); border: 0; border-radius: 1rem; block-size: 0.625rem; }
meter::-webkit-meter-optimum-value { background: var(--accent); border-radius: 1rem; }
meter::-moz-meter-bar { background: var(--accent); border-radius: 1rem; }
.chips { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.chips li, .body .chips li + li { border: 1px solid var(--line); border-radius: 2rem; padding: 0; padding-inline-start: 0.875rem; margin: 0; display: flex; align-items: center; gap: 0.5rem; }
.chips button { border: 0; border-radius: 2rem; }
label { display: block; font-size: 0.875rem; font-weight: 600; margin-block: 1rem 0.25rem; }
input:not([type='checkbox']) { font: inherit; color: inherit; background: transparent; min-block-size: 2.75rem; padding: 0.375rem 0.75rem; border: 1px solid #8889; border-radius: var(--reshelf-radius, 0.625rem); flex: 1 1 10rem; min-inline-size: 0; max-inline-size: 100%; }
[role='switch'] { appearance: none; flex: none; margin: 0; position: relative; inline-size: 3.25rem; block-size: 2.75rem; border: 0.4375rem solid transparent; background: #767676; background-clip: padding-box; border-radius: 2rem; cursor: pointer; }
[role='switch']::after { content: ''; position: absolute; inset-block-start: 0.1875rem; inset-inline-start: 0.1875rem; inline-size: 1.5rem; block-size: 1.5rem; border-radius: 50%; background: #fff; }
[role='switch']:checked { background-color: var(--accent); }
[role='switch']:checked::after { inset-inline-start: auto; inset-inline-end: 0.1875rem; background: var(--reshelf-surface, Canvas); }
[role='switch']:disabled { opacity: 0.5; cursor: default; }
.foot { grid-column: 1 / -1; min-block-size: 3rem; padding: 0.625rem 1.5rem; border-block-start: 1px solid var(--line); font-size: 0.875rem; overflow: auto; max-block-size: 7rem; }
.foot p { margin: 0; max-inline-size: none; }
a { color: inherit; }
@media (max-width: 42rem) {
  dialog { inset: auto 0 0; margin: 0; inline-size: 100vw; block-size: 90dvb; border-radius: 1.25rem 1.25rem 0 0; }
  dialog[open] { grid-template: auto auto 1fr auto / 1fr; }
  nav { border: 0; border-block-end: 1px solid var(--line); padding: 0.5rem; overflow: auto hidden; scrollbar-width: thin; }
  nav ul { display: flex; }
  nav button { inline-size: auto; white-space: nowrap; }
  .head { padding: 0.625rem 1rem; gap: 0.5rem; }
  h2 { font-size: 1.0625rem; overflow-wrap: anywhere; }
  .body { padding: 1rem; }
  .interest { grid-template-columns: 1fr 1fr; }
  .interest > :last-child { grid-column: 1 / -1; font-size: 0.8125rem; }
}
@media (prefers-reduced-motion: no-preference) {
  dialog[open] { animation: rise 0.22s cubic-bezier(0.2, 0.8, 0.2, 1); }
}
@keyframes rise { from { opacity: 0; transform: translateY(1rem); } }
@media (forced-colors: active) {
  dialog { border: 2px solid CanvasText; }
  nav button[aria-current] { border: 2px solid Highlight; }
  [role='switch'] { border: 2px solid ButtonText; background: ButtonFace; forced-color-adjust: none; }
  [role='switch']::after { background: ButtonText; inset-block-start: 0.4375rem; }
  [role='switch']:checked { background: Highlight; }
  [role='switch']:checked::after { background: HighlightText; }
  meter, meter::-webkit-meter-bar { border: 1px solid CanvasText; }
  meter::-webkit-meter-optimum-value { background: Highlight; forced-color-adjust: none; }
}
`;
