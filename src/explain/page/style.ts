// The style sheet of the lesson: the report's and additions. `.live` elements are shown only with JavaScript.
import { styleSheet } from '../../page/style.ts';

export const lessonStyle = `${styleSheet}
:lang(ko) { word-break: keep-all; } :lang(ko) body { font-family: system-ui, -apple-system, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR", sans-serif; }
.live { display: none; } .js .live { display: block; } .js form.live[data-question] { display: flex; }
.language { float: right; margin: 0 0 .5rem 1rem; }
header, .beside, footer { max-width: 78rem; margin: 0 auto; } .beside > main { margin: 0; max-width: none; min-width: 0; }
.beside > nav { padding: 0 1.25rem; font-size: .93rem; } nav details { margin: 0; } nav summary { font-weight: 600; } nav ol { margin: .4rem 0; padding-left: 1.4rem; } nav li { margin: .3rem 0; padding-left: .15rem; } nav a[aria-current] { font-weight: 650; color: var(--ink); }
.next { margin: 2rem 0 0; padding-top: .8rem; border-top: 1px solid var(--rule); max-width: none; }
@media (min-width: 62.001rem) {
  .beside { display: grid; grid-template-columns: 16rem minmax(0, 1fr); gap: 0 1rem; align-items: start; } .beside > nav { position: sticky; top: 0; max-height: 100vh; overflow-y: auto; padding: 1.5rem 0 1.5rem 1.25rem; } nav summary { pointer-events: none; list-style: none; color: var(--soft); } nav summary::-webkit-details-marker { display: none; }
}
@media (max-width: 62rem) { .js .beside > nav { position: sticky; top: 0; z-index: 2; padding: .5rem 1.25rem; background: var(--paper); border-bottom: 1px solid var(--rule); max-height: 80vh; overflow-y: auto; } .js section, .js .bench { scroll-margin-top: 3.2rem; } }
#about p { color: var(--soft); font-size: .93rem; overflow-wrap: anywhere; }
section { scroll-margin-top: 1rem; } h2:focus, main:focus, .bench:focus { outline: none; }
p, li, h1, h2, h3, figcaption, summary { overflow-wrap: anywhere; }
#settings { padding: .25rem 1.25rem 1rem; margin-top: 1.5rem; } #settings h2 { margin-top: 1rem; }
.fields { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .5rem 1rem; align-items: center; max-width: 46rem; margin: .75rem 0; }
textarea, input, select { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--soft); border-radius: .45rem; padding: .3rem .6rem; }
textarea { width: 100%; resize: vertical; } .fields input, .fields select { width: 14rem; max-width: 100%; }
textarea:focus-visible, select:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[aria-invalid=true] { border-color: var(--c1); box-shadow: inset 0 0 0 1px var(--c1); } #set-status.bad { color: var(--c1); }
.formula { display: grid; gap: .1rem; margin: .9rem 0; padding: .15rem 0 .15rem .9rem; border-left: 3px solid var(--rule); max-width: 60rem; }
.formula-name { color: var(--soft); font-size: .92rem; } .formula code { font-size: .95rem; } .formula .numbers { color: var(--c0); }
.graph-figure { margin: 1rem 0 1.75rem; } .graph-figure figcaption { margin: 0 0 .25rem; }
.graph-parts { display: flex; flex-wrap: wrap; gap: 0 2rem; align-items: flex-start; } .graph-parts > * { max-width: 100%; margin: .25rem 0; }
.picture > svg { max-width: none; } .picture > svg.wide { max-width: 46rem; min-width: 32rem; }
.graph text { font-size: 12.5px; font-variant-numeric: tabular-nums; white-space: pre; } .graph .edge text.edge { font-weight: 600; }
.graph text.to { fill: var(--c0); } .graph text.back { fill: var(--c1); } .graph text.unknown { fill: var(--soft); font-style: italic; }
.graph rect { fill: var(--panel); stroke: var(--soft); stroke-width: 1.3; } .graph .node text { font-size: 13px; font-weight: 600; }
.graph .now rect { fill: var(--mark); stroke: var(--accent); stroke-width: 2.5; }
.wire { fill: none; stroke: var(--soft); stroke-width: 1.4; } .not .wire { stroke-dasharray: 3 4; } .once .wire { stroke: var(--c0); } .both .wire { stroke: var(--c1); }
.picture > svg.tree { max-width: none; } .tree text { font-size: 12.5px; } .tree .inner circle { fill: var(--panel); stroke: var(--soft); stroke-width: 1.3; }
.tree .inner .name { font-weight: 600; font-size: 11.5px; } .tree .count { fill: var(--soft); font-size: 10px; } .tree .bit { fill: var(--soft); font-size: 11px; }
.tree .marked .wire, .tree .inner.marked circle { stroke: var(--c1); stroke-width: 2.5; } .tree .inner.marked circle { fill: var(--mark); } .tree .marked .bit, .tree .leaf.marked { fill: var(--c1); font-weight: 700; }
.source { fill: var(--soft); } .plot .name { font-size: 12.5px; }
.chapter tbody th { min-width: 4.5rem; } .table-title { color: var(--soft); font-size: .92rem; margin: 1.1rem 0 0; } .table-title + .scroll { margin-top: .25rem; }
.bench h3 { margin-left: 0; }
.edges td, .edges th { font-size: .88rem; white-space: nowrap; } .edges .matrix { white-space: pre; padding-right: 1.4rem; font-family: ui-monospace, "DejaVu Sans Mono", "Liberation Mono", monospace; font-size: .8rem !important; }
.unknown { color: var(--soft); font-style: italic; }
.question { border: 1px solid var(--rule); border-radius: .6rem; background: var(--panel); padding: .6rem 1rem; margin: 1rem 0; max-width: 46rem; }
.question form { flex-wrap: wrap; gap: .5rem .7rem; align-items: center; margin: .5rem 0; } .question details { margin: .4rem 0 0; }
.bench { padding: .25rem 1.25rem 1rem; margin: 1.5rem 0; scroll-margin-top: 1rem; } .bench:empty { display: none !important; }
.controls { display: flex; flex-wrap: wrap; gap: .4rem .5rem; align-items: center; margin: .75rem 0; } .controls label { flex-basis: 100%; }
button { min-height: 2rem; } button.main { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); font-weight: 650; }
button:disabled { opacity: .5; cursor: default; }
.keys { display: block; color: var(--soft); font-size: .92rem; } .where { font-weight: 600; } .loss, .gradient-check { margin: .3rem 0; }
.grids { display: flex; flex-wrap: wrap; gap: 0 2rem; } .grids > * { max-width: 100%; }
.grid-editor td, .grid-editor th { padding: .1rem .35rem .1rem 0; border: 0; } .grid-editor input { width: 6.6rem; padding: .15rem .35rem; font-size: .85rem; font-variant-numeric: tabular-nums; }
.grid-editor .set { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
[aria-busy=true] { opacity: .55; }
@media (max-width: 45rem) { .fields { grid-template-columns: minmax(0, 1fr); gap: .2rem; } .fields label { margin-top: .4rem; } .language { float: none; margin: 0 0 1rem; } }
@media print {
  .live, .js .live { display: none !important; } details::details-content { content-visibility: visible; height: auto; }
  svg.graph { max-width: 100%; height: auto; } .picture > svg.wide { min-width: 0; } .graph-parts { display: block; } .edges .matrix, code { white-space: pre-wrap; }
  table { font-size: 8.5pt; } th, td { padding-right: .4rem; } .number { padding-right: .5rem; } thead th { white-space: normal; }
}
`;
