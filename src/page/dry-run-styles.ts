/** Greens move, ambers stay; frames let every click through to the page. */
export const DRY_RUN_STYLES = `
:host { color-scheme: dark; }
.frame { position: absolute; z-index: 10; box-sizing: border-box; border: 2px dashed #0b6b3a; border-radius: 0.5rem; pointer-events: none; }
.frame[hidden] { display: none; }
.frame:not([data-stays=""]) { border: 2px solid #b45309; }
.label { position: absolute; inset: 0.25rem auto auto 0.25rem; max-inline-size: calc(100% - 0.5rem); box-sizing: border-box; overflow: hidden;
  border-radius: 0.375rem; font: 0.75rem/1.35 system-ui, sans-serif; color: #fff; background: #0b6b3a; pointer-events: auto;
  box-shadow: 0 1px 4px #0006; }
.frame:not([data-stays=""]) .label { background: #92400e; }
.label summary { padding: 0.25rem 0.5rem; cursor: pointer; list-style: none; }
.label summary::-webkit-details-marker { display: none; }
.label b { display: block; font-weight: 650; }
.label .slot { opacity: 0.85; }
.label .missing { display: block; color: #fde68a; }
.label dl { padding: 0 0.5rem 0.375rem; overflow-wrap: anywhere; }
.label[open] { z-index: 1; }
:focus-visible { outline: 2px solid #fff; outline-offset: -2px; }
.summary { position: fixed; z-index: 2147483001; inset: auto auto 0.75rem 0.75rem; inline-size: min(24rem, 100vw - 1.5rem); max-block-size: 60vh;
  box-sizing: border-box; overflow: auto; padding: 0.75rem 1rem; border-radius: 0.75rem; font: 0.8125rem/1.45 system-ui, sans-serif;
  color: #fff; background: #1d1b19; box-shadow: 0 4px 24px #0007; }
@media (max-width: 48rem) { .summary { inset: 0.5rem auto auto 0.5rem; inline-size: calc(100vw - 1rem); } }
.summary:not([open]) { inline-size: max-content; padding-block: 0.5rem; }
.summary > summary { font-weight: 650; font-size: 0.9375rem; cursor: pointer; }
.summary small { display: block; font-weight: 400; font-size: 0.8125rem; color: #86efac; }
.summary > dl { margin-block-start: 0.5rem; }
`;
