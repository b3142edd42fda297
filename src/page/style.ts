// The style sheet of the report: light or dark by the reader's setting, light when printed.

const light = `
  --paper: #fdfdfb; --panel: #ffffff; --ink: #1d2228; --soft: #59626d; --rule: #dfe3e8; --grid: #e8ebef; --accent: #0b5fa5;
  --mark: #fff3bf; --c0: #0b6bb0; --c1: #c2410c; --c2: #047857; --c3: #8b2fc9; --c4: #8a5a00; --c5: #be185d; --c6: #0e7490; --c7: #4b5563;`;

const dark = `
  --paper: #14171b; --panel: #1b1f25; --ink: #e8eaed; --soft: #a4adb8; --rule: #333a44; --grid: #2a3038; --accent: #7cb8f2;
  --mark: #574500; --c0: #6cb2f5; --c1: #fb9a5b; --c2: #3ccf9a; --c3: #c79bfa; --c4: #e6b84a; --c5: #f783b4; --c6: #45cfe0; --c7: #aab4c0;`;

/** Number of colors; larger indices wrap around. */
export const STYLES = 8;

const colors = Array.from({ length: STYLES }, (_, at) => `.s${at}, .g${at} { --c: var(--c${at}); }`).join('\n');

export const styleSheet = `
:root { color-scheme: light dark; ${light} }
@media (prefers-color-scheme: dark) { :root { ${dark} } }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", sans-serif; }
main, header, footer { max-width: 66rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.5rem; }
h1 { font-size: 2rem; line-height: 1.2; letter-spacing: -0.015em; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.35rem; letter-spacing: -0.01em; margin: 3.25rem 0 .5rem; }
h3 { font-size: 1.02rem; margin: 1.75rem 0 .25rem; }
p { margin: .4rem 0; max-width: 46rem; }
a { color: var(--accent); }
.lead { color: var(--soft); }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; list-style: none; padding: 0; margin: 1.25rem 0 0; font-size: .93rem; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--panel); padding: .5rem 1rem; z-index: 2; }
dl.routes { display: grid; grid-template-columns: max-content 1fr; gap: .3rem .9rem; margin: 1.25rem 0; }
dl.routes dt { font-weight: 650; } dl.routes dd { margin: 0; color: var(--soft); }
dl.routes dt::before { content: ""; display: inline-block; width: .7em; height: .7em; border-radius: 50%; background: var(--c); margin-right: .5em; }
.findings { padding-left: 1.2rem; max-width: 50rem; } .findings li { margin: .35rem 0; }
figure { margin: 1.25rem 0; }
figcaption, caption { color: var(--soft); font-size: .92rem; max-width: 46rem; text-align: left; }
figcaption { margin-top: .5rem; } caption { padding: 0 0 .5rem; }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 25rem), 1fr)); gap: 1rem; }
.panel { background: var(--panel); border: 1px solid var(--rule); border-radius: .6rem; padding: .75rem; }
.panel h3 { margin: .1rem .25rem .3rem; } .panel h3 small { color: var(--soft); font-weight: 400; }
svg { display: block; width: 100%; height: auto; } svg.wide { max-width: 46rem; }
svg text { font-family: inherit; fill: var(--ink); }
.plot text { font-size: 12.5px; } .heading { font-weight: 650; } .plot .tick { fill: var(--soft); font-size: 11.5px; }
.value { font-variant-numeric: tabular-nums; }
.grid { stroke: var(--grid); } .whisker, .line { stroke: var(--c); fill: none; stroke-width: 1.8; } .dot { fill: var(--c); }
.thread { stroke: var(--c); stroke-width: .8; stroke-dasharray: 2 3; }
.map text { font-size: 11px; fill: var(--c); pointer-events: none; }
.map .dot { stroke: var(--panel); stroke-width: .8; }
.map .word { cursor: default; }
.found > .dot { stroke: var(--ink); stroke-width: 2.2; } .map .name.found { font-weight: 700; fill: var(--ink); }
.faint { opacity: .13; }
.float { font-size: 13px !important; font-weight: 700; fill: var(--ink) !important; paint-order: stroke; stroke: var(--panel); stroke-width: 4px; }
${colors}
.scroll { overflow-x: auto; margin: .75rem 0 1.25rem; } .scroll:focus-visible, a:focus-visible, button:focus-visible, input:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; }
th, td { padding: .28rem .8rem .28rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); }
thead th { color: var(--soft); font-weight: 600; border-bottom: 2px solid var(--rule); white-space: nowrap; }
tbody th { font-weight: 500; } .number { text-align: right; padding-right: 1.1rem; }
tbody tr.found > * { background: var(--mark); }
#disagreements-table td:last-child { min-width: 22rem; }
.words { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 40rem), 1fr)); gap: 0 2rem; } caption.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; } .words > * { min-width: 0; }
details { margin: .5rem 0 1rem; } summary { cursor: pointer; color: var(--accent); }
.tools { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .5rem .8rem; align-items: center; background: var(--paper); border-bottom: 1px solid var(--rule); padding: .6rem 0; margin-top: 1.25rem; }
.tools[hidden] { display: none; }
input[type=search], button { font: inherit; color: var(--ink); background: var(--panel); border: 1px solid var(--soft); border-radius: .45rem; padding: .3rem .7rem; }
input[type=search] { min-width: 14rem; } button { cursor: pointer; font-size: .88rem; } button[aria-pressed=true] { border-color: var(--c); box-shadow: inset 0 0 0 1px var(--c); font-weight: 650; }
.map-words ul { list-style: none; padding: 0; margin: .3rem 0; } .map-words li ul { display: flex; flex-wrap: wrap; gap: .25rem .6rem; } .map-words h3 { margin: .8rem 0 0; }
.map-words button { min-height: 1.6rem; padding: .05rem .5rem; border-color: var(--rule); }
.legend { display: flex; flex-wrap: wrap; gap: .35rem .9rem; list-style: none; padding: 0; margin: .75rem 0; font-size: .92rem; }
.legend svg { display: inline-block; width: 1em; height: 1em; vertical-align: -.1em; margin-right: .3em; }
#methods p, #methods pre { overflow-wrap: anywhere; } #methods pre { white-space: pre-wrap; font-size: .85rem; }
footer { color: var(--soft); font-size: .9rem; padding: 2.5rem 1.25rem 3rem; } code { font-size: .9em; overflow-wrap: anywhere; }
@media (max-width: 45rem) { .tools { position: static; } h1 { font-size: 1.6rem; } dl.routes { grid-template-columns: 1fr; } .words { position: relative; display: flex; gap: 1rem; overflow-x: auto; scroll-snap-type: x proximity; } .words > * { flex: 0 0 88%; scroll-snap-align: start; } header { padding-top: 1.25rem; } h2 { margin-top: 2.25rem; } }
@media print {
  :root { color-scheme: light; ${light} }
  body { font-size: 10.5pt; background: #fff; } .tools, nav, .skip { display: none !important; }
  .panels { grid-template-columns: 1fr 1fr; } figure, .panel, tr { break-inside: avoid; } h2, h3 { break-after: avoid; }
  .scroll { overflow: visible; } a { color: inherit; text-decoration: none; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
`;
