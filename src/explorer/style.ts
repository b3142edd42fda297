// The style sheet of the explorer: the report's and additions. The map fills the window; other views scroll.
import { styleSheet } from '../page/style.ts';

export const explorerStyle = `${styleSheet}
html, body { height: 100%; }
body { display: flex; flex-direction: column; min-width: 0; font-size: 15px; line-height: 1.5; }
[hidden] { display: none !important; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.soft { color: var(--soft); } small { font-size: .88em; }
header, main { max-width: none; margin: 0; padding: 0; width: 100%; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: .1rem 1.5rem; padding: .5rem 1.1rem 0; border-bottom: 1px solid var(--rule); background: var(--panel); flex: none; }
h1 { font-size: 1rem; font-weight: 400; letter-spacing: 0; margin: 0; } h1 .file { margin-right: .9rem; } h1 small { color: var(--soft); }
h2 { font-size: 1.05rem; margin: 0; overflow-wrap: anywhere; }
#bar { display: flex; flex-wrap: wrap; align-items: center; gap: .2rem 1rem; flex: 1; min-width: 0; }
.file-switch:not([hidden]) { order: -1; } header:has(.file-switch:not([hidden])) h1 { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
[role=tablist] { display: flex; overflow-x: auto; max-width: 100%; min-width: 0; scrollbar-width: none; align-self: flex-end; }
[role=tab] { border: 0; border-bottom: 3px solid transparent; border-radius: 0; background: none; color: var(--soft); font-size: .95rem; padding: .45rem .8rem .4rem; white-space: nowrap; }
[role=tab]:hover { color: var(--ink); } [role=tab][aria-selected=true] { color: var(--ink); border-color: var(--accent); font-weight: 600; }
[role=tab]:focus-visible { outline-offset: -3px; }
#bar > .quiet { margin-left: auto; }
main { flex: 1; min-height: 0; display: flex; } main:focus { outline: none; }
.static { padding: 0 1.1rem 2rem; } .static ol { columns: 9rem; }
.view { flex: 1; min-width: 0; min-height: 0; }
button, select, input[type=text], input[type=search], textarea { font: inherit; color: var(--ink); background: var(--panel); border: 1px solid var(--control); border-radius: .4rem; padding: .26rem .6rem; }
:root { --control: #868f9a; } @media (prefers-color-scheme: dark) { :root { --control: #6f7985; } }
button { font-size: .9rem; min-height: 2rem; } button:hover:not(:disabled) { border-color: var(--accent); } button:disabled { opacity: .5; cursor: default; }
button.main { border-color: var(--accent); background: var(--accent); color: var(--paper); font-weight: 600; }
button.quiet { border-color: var(--rule); } button.link { border: 0; background: none; padding: 0; min-height: 1.5rem; color: var(--accent); font: inherit; text-align: left; overflow-wrap: anywhere; }
button.link:hover { text-decoration: underline; } button[aria-pressed=true] { border-color: var(--accent); background: var(--accent); color: var(--paper); box-shadow: none; }
select:focus-visible, textarea:focus-visible, canvas:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; } input:focus-visible { outline: 2px solid var(--accent); outline-offset: 0; }
[aria-invalid=true] { border-color: var(--c1) !important; box-shadow: inset 0 0 0 1px var(--c1); }
.field { display: inline-flex; align-items: center; gap: .45rem; font-size: .9rem; } .field > span { color: var(--soft); white-space: nowrap; } .field select { padding-right: .3rem; min-height: 2rem; max-width: 11rem; }
.check { display: inline-flex; align-items: center; gap: .4rem; min-height: 2rem; font-size: .9rem; color: var(--soft); white-space: nowrap; cursor: pointer; } .check input { width: 1.05rem; height: 1.05rem; margin: 0; accent-color: var(--accent); }
.problem { color: var(--c1); margin: .4rem 0; overflow-wrap: anywhere; }
.chip { border-radius: 1rem; padding: .1rem .75rem; min-height: 1.8rem; border-color: var(--rule); background: var(--paper); max-width: 100%; overflow-wrap: anywhere; text-align: left; }
.chips { display: flex; flex-wrap: wrap; gap: .35rem .4rem; align-items: center; margin: .5rem 0; } .chips .soft { font-size: .9rem; }
.answer:empty { display: none; }

.map-view { display: grid; grid-template-columns: 22rem minmax(0, 1fr); grid-template-rows: minmax(0, 1fr); }
.side { overflow-y: auto; border-right: 1px solid var(--rule); background: var(--panel); padding: .9rem 1.1rem 1.2rem; display: flex; flex-direction: column; gap: 1.1rem; scrollbar-gutter: stable; }
.side .panel { border: 0; border-radius: 0; padding: 0; background: none; min-width: 0; } .side .panel:last-child { border-top: 1px solid var(--rule); padding-top: 1rem; }
.panel-top { display: flex; align-items: baseline; gap: .5rem; } .panel-top h2 { flex: 1; min-width: 0; } .panel-top .field { font-size: .82rem; } .panel-top select { min-height: 0; padding: .05rem .1rem; font-size: inherit; }
.about { font-size: .86rem; margin: .15rem 0 .5rem; line-height: 1.4; }
.word-box { position: relative; } .word-box label { display: block; font-size: .86rem; color: var(--soft); margin-bottom: .2rem; } .word-box input { width: 100%; min-height: 2.4rem; font-size: 1.02rem; padding-right: 2.2rem; }
.word-box .clear { position: absolute; right: .2rem; bottom: .2rem; border: 0; background: none; font-size: 1.25rem; line-height: 1; min-height: 2rem; width: 2rem; padding: 0; color: var(--soft); }
[role=listbox] { position: absolute; z-index: 5; left: 0; right: 0; top: 100%; margin: .2rem 0 0; padding: .25rem; list-style: none; background: var(--panel); border: 1px solid var(--control); border-radius: .45rem; box-shadow: 0 .5rem 1.4rem rgb(0 0 0 / .22); max-height: 19rem; overflow-y: auto; }
[role=option] { padding: .28rem .55rem; border-radius: .3rem; cursor: pointer; overflow-wrap: anywhere; } [role=option]:hover { background: var(--grid); } [role=option][aria-selected=true] { background: var(--accent); color: var(--paper); }
.neighbors { list-style: none; margin: 0 -.5rem; padding: 0; } .neighbors button { position: relative; display: flex; width: 100%; gap: .8rem; justify-content: space-between; align-items: baseline; border: 0; background: none; padding: .2rem .5rem .34rem; min-height: 1.9rem; font-size: .96rem; text-align: left; }
.neighbors button:hover { background: var(--grid); } .neighbors .word { overflow-wrap: anywhere; min-width: 0; } .cosine { color: var(--soft); font-variant-numeric: tabular-nums; font-size: .88rem; }
.meter { display: block; height: 3px; border-radius: 2px; background: var(--c0); width: calc(var(--share) * 100%); } .meter.below { background: var(--c1); } .neighbors .meter { position: absolute; left: .5rem; bottom: .1rem; width: calc(var(--share) * (100% - 1rem)); opacity: .55; }
.words-marked { list-style: none; margin: .5rem 0; padding: 0; display: flex; flex-wrap: wrap; gap: .3rem; max-height: 14rem; overflow-y: auto; } .words-marked:empty { display: none; } .words-marked .soft { align-self: center; }
.actions { display: flex; flex-wrap: wrap; gap: .35rem; } .neighbors + .actions { margin-top: .5rem; } .actions button { font-size: .84rem; min-height: 1.8rem; padding: .1rem .55rem; }
.map-place { display: flex; flex-direction: column; min-width: 0; min-height: 0; }
.tools { position: static; margin: 0; padding: .5rem 1rem; background: none; gap: .4rem .9rem; min-height: 3.1rem; } .zoom { display: inline-flex; gap: .25rem; } .sign { width: 2rem; padding: 0; font-size: 1.05rem; line-height: 1; }
.hovered { color: var(--soft); font-size: .88rem; margin-left: auto; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; max-width: 20rem; }
.picture-place { flex: 1; min-height: 0; position: relative; overflow: hidden; background: var(--panel); }
.under { display: flex; flex-wrap: wrap; gap: .1rem 1.5rem; align-items: center; justify-content: space-between; padding: .4rem 1rem; border-top: 1px solid var(--rule); min-height: 2.3rem; } .quality { font-size: .86rem; margin: 0; } .quality[open] { flex-basis: 100%; } .quality p { color: var(--soft); max-width: none; margin: .2rem 0 0; } .legend { margin: 0; gap: .1rem .9rem; font-size: .86rem; } .legend li { display: inline-flex; align-items: center; gap: .4rem; }
.ramp { width: 7rem; height: .65rem; border-radius: .33rem; } .swatch { width: .72rem; height: .72rem; border-radius: 50%; }

.page-view { overflow-y: auto; padding: 1.2rem 1.6rem 2.5rem; } .page-view > section { max-width: 62rem; margin: 0 auto; } .page-view > section + section { border-top: 1px solid var(--rule); margin-top: 2rem; padding-top: 1.5rem; }
.page-view h2 { font-size: 1.3rem; } .page-view h2 + .soft { margin: .15rem 0 1rem; }
.analogy-form, .axes-form { display: flex; flex-wrap: wrap; gap: .5rem .7rem; align-items: flex-end; margin: .5rem 0; } .analogy-form .word-box { flex: 1 1 8rem; max-width: 12rem; } .between { color: var(--soft); padding-bottom: .5rem; } form button.main { min-height: 2.4rem; padding: .2rem 1.1rem; }
.axes-form .field { flex: 1 1 15rem; flex-direction: column; align-items: stretch; gap: .2rem; max-width: 22rem; } .axes-form input, .axes-form select { min-height: 2.4rem; max-width: none; width: 100%; } .axes-form .hint { flex-basis: 100%; max-width: none; font-size: .86rem; margin: -.3rem 0 .1rem; } .axes-form textarea { min-height: 4.6rem; resize: vertical; } .axes-form .field:has(textarea) { flex-basis: 24rem; max-width: 34rem; }
.result { font-size: 1.25rem; margin: .9rem 0; overflow-wrap: anywhere; max-width: none; } .result b { color: var(--accent); }
.columns { display: grid; grid-template-columns: minmax(15rem, 22rem) minmax(0, 1fr); gap: 1rem 2.5rem; align-items: start; } .columns figure { margin: 0; min-width: 0; } .page-view figure { margin-top: .5rem; }
.page-view table { width: 100%; } .page-view details table { width: auto; margin-top: .5rem; } .page-view table.pairs { max-width: 34rem; margin: 0; } .pairs .wide { width: 40%; vertical-align: middle; } .pairs-field { display: grid; gap: .3rem; } .pairs-field label { font-size: .9rem; color: var(--soft); } textarea { width: 100%; }
.page-view thead .number { padding-right: 1.1rem; } tbody th { overflow-wrap: anywhere; }
.page-view .tools { padding: .2rem 0 .6rem; border: 0; } .page-view .tools .field { max-width: 100%; } .page-view .tools input { min-width: 6rem; flex: 1; } .paging { display: flex; gap: 1rem; align-items: center; margin: .75rem 0; font-variant-numeric: tabular-nums; } table.all-words { max-width: 46rem; } .all-words thead .link { color: inherit; font-weight: 600; } .all-words caption { padding-bottom: .3rem; }
.plot .axis { stroke: var(--soft); stroke-width: 1.2; } .plot .name { font-size: 12.5px; paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round; } .plot .dot, .plot .bar { fill: var(--c0); } .plot .bar { opacity: .8; }
.parallelogram line { stroke: var(--soft); stroke-width: 1.4; } .parallelogram .relation { stroke: var(--c0); stroke-width: 2.2; } .parallelogram .head { fill: var(--c0); } .parallelogram .side { stroke-dasharray: 4 4; } .parallelogram .miss { stroke: var(--c1); stroke-dasharray: 2 3; } .parallelogram .cross { stroke: var(--c1); stroke-width: 2.6; fill: none; } .parallelogram .dot.corner { fill: var(--ink); } .parallelogram .dot.best { fill: var(--c1); } .parallelogram .dot.other { fill: var(--soft); }
.parallelogram .name { font-size: 14px; } .parallelogram .name.best { fill: var(--c1); font-weight: 700; } .parallelogram .name.corner { font-weight: 600; } .parallelogram .name.other, .parallelogram .name.target { fill: var(--soft); font-size: 12.5px; }

.file-switch { display: flex; border: 1px solid var(--control); border-radius: .45rem; padding: 0; margin: 0 0 .3rem; overflow: hidden; min-width: 0; } .file-switch label { display: flex; cursor: pointer; min-width: 0; } .file-switch span { padding: .22rem .8rem; font-size: .88rem; overflow: hidden; text-overflow: ellipsis; max-width: 14rem; white-space: nowrap; } .file-switch input { position: absolute; opacity: 0; } .file-switch input:checked + span { background: var(--accent); color: var(--paper); } .file-switch input:focus-visible + span { outline: 2px solid var(--ink); outline-offset: -3px; }
#status { position: fixed; left: 50%; bottom: 1.2rem; transform: translateX(-50%); z-index: 6; max-width: min(40rem, calc(100vw - 2rem)); pointer-events: none; } #status.shown { background: var(--ink); color: var(--paper); border-radius: .5rem; padding: .5rem .9rem; font-size: .92rem; box-shadow: 0 .4rem 1.2rem rgb(0 0 0 / .25); overflow-wrap: anywhere; }
dialog { color: var(--ink); background: var(--panel); border: 1px solid var(--control); border-radius: .7rem; max-width: 42rem; padding: 1.3rem 1.6rem; } dialog::backdrop { background: rgb(0 0 0 / .45); } dialog h2 { margin-bottom: .5rem; font-size: 1.25rem; }
.keys { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.1rem; margin: .9rem 0; } .keys dd { margin: 0; } kbd { font: inherit; font-size: .9em; border: 1px solid var(--rule); border-bottom-width: 2px; border-radius: .3rem; padding: .05rem .4rem; background: var(--paper); }

.compare-view > section, .compare-words { max-width: 78rem !important; margin: 0 auto; } .compare-view > * + * { border-top: 1px solid var(--rule); margin-top: 2rem !important; padding-top: 1.5rem; }
.compare-words { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.15fr); gap: 2rem 3rem; align-items: start; }
.overlap-panel { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.5fr); gap: 1rem 3rem; align-items: start; } .result-line { font-size: 1.08rem; margin: .9rem 0; } .compare-view figure { margin: 0; } .compare-view figcaption { margin: 0 0 .2rem; } svg.overlap { max-width: 620px; }
.compare-view table { width: auto; min-width: 60%; } .compare-view thead th { white-space: normal; vertical-align: bottom; max-width: 8rem; } .compare-view tbody th, .compare-view .link { overflow-wrap: normal; } .compare-words > section:last-child { position: sticky; top: 0; }
.swatch.files { background: var(--c0); border-radius: 2px; } .swatch.seeds { background: none; border: 2px solid var(--c1); border-radius: 2px; }
.overlap .steps { fill: none; stroke: var(--c1); stroke-width: 2; } .level line { stroke-width: 1.6; stroke-dasharray: 5 3; stroke: var(--soft); } .level.files line { stroke: var(--c0); } .level.seeds line { stroke: var(--c1); } .level.files .name { fill: var(--c0); } .level.seeds .name { fill: var(--c1); } .level.chance .name { fill: var(--soft); } .overlap .level .name { font-weight: 600; }
.frequency { display: flex; flex-wrap: wrap; align-items: center; gap: .2rem .6rem; font-size: .9rem; color: var(--soft); } .frequency label { min-width: 17rem; } input[type=range] { accent-color: var(--accent); width: 11rem; margin: 0; } input[type=range]:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; }
.page-view tr.chosen > * { background: var(--mark); } .page-view button.link[aria-pressed=true] { background: none; color: var(--accent); border: 0; font-weight: 700; }
.two-lists { display: grid; grid-template-columns: minmax(0, 1fr) 96px minmax(0, 1fr); align-items: start; margin-top: .5rem; } .two-lists h3 { margin: 0 0 .3rem; font-size: .95rem; overflow-wrap: anywhere; } .two-lists h3:first-child { text-align: right; }
.neighbors.joined { margin: 0; } .joined button { height: 100%; padding: 0 .4rem; align-items: center; gap: .5rem; min-height: 0; } .joined .word { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; } .joined:first-of-type button { flex-direction: row-reverse; } .joined .place { margin-left: auto; color: var(--soft); font-size: .84rem; white-space: nowrap; } .joined:first-of-type .place { margin: 0 auto 0 0; } .joined .place.missing { color: var(--c1); } .lacking { padding: 0 .5rem; }
.joining-lines svg { width: 96px; } .joining-lines path { fill: none; stroke: var(--c0); stroke-width: 1.8; } .joining-lines .moved { opacity: .75; }
.two-maps { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem; } .two-maps figure { margin: 0; min-width: 0; } .two-maps figcaption { font-weight: 600; color: var(--ink); } .two-maps .picture-place { height: min(30rem, 62vh); border: 1px solid var(--rule); border-radius: .5rem; }
.association-form { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .7rem 1.2rem; margin: .8rem 0; } .association-form .hint { grid-column: 1 / -1; margin: 0; font-size: .86rem; } .association-form button { justify-self: start; } .list-field { display: grid; gap: .2rem; } .list-field label { font-size: .9rem; color: var(--soft); } .list-field textarea { resize: vertical; }
.association .dot.s1 { fill: var(--c1); }
.numbers dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: .8rem 2rem; margin: 1rem 0; } .numbers dt { color: var(--soft); font-size: .9rem; } .numbers dd { margin: 0; display: flex; align-items: baseline; gap: .7rem; } .numbers b { font-size: 1.9rem; font-weight: 650; font-variant-numeric: tabular-nums; } .used-words h3 { margin: .6rem 0 0; } .used-words .legend { margin: .2rem 0; }
@media (max-width: 52rem) { .compare-words, .overlap-panel { grid-template-columns: minmax(0, 1fr); } .compare-words > section:last-child { position: static; } .two-maps, .association-form { grid-template-columns: minmax(0, 1fr); } .two-maps .picture-place { height: 50vh; } .two-lists { grid-template-columns: minmax(0, 1fr) 44px minmax(0, 1fr); } .joining-lines svg { width: 44px; } .frequency label { min-width: 0; } .joined .cosine { display: none; } .joined button { gap: .25rem; } .joined .place { white-space: normal; font-size: .72rem; line-height: 1.1; min-width: 2rem; } .joined .word { flex: none; max-width: 65%; } }

@media (max-width: 52rem) {
  html, body { height: auto; } body { min-height: 100%; }
  header { padding: .4rem .8rem 0; } [role=tab] { padding: .4rem .55rem .35rem; font-size: .9rem; } h1 small { white-space: nowrap; } #bar { flex-basis: 100%; } #bar > [role=tablist] { order: 3; flex-basis: 100%; --shade: color-mix(in srgb, var(--ink) 32%, transparent); background: linear-gradient(to right, var(--panel) 45%, transparent) left / 2.4rem 100% local, linear-gradient(to left, var(--panel) 45%, transparent) right / 2.4rem 100% local, linear-gradient(to right, var(--shade), transparent) left / .8rem 100% scroll, linear-gradient(to left, var(--shade), transparent) right / .8rem 100% scroll; background-repeat: no-repeat; } h1, .file-switch { margin-right: 4.5rem; } #bar > .quiet { position: absolute; right: .7rem; top: .35rem; }
  .map-view { grid-template-columns: minmax(0, 1fr); grid-template-rows: auto; } .map-view > .side { display: contents; } .search { order: 1; padding: .5rem .8rem; background: var(--panel); } .search .chips { flex-wrap: nowrap; overflow-x: auto; scrollbar-width: none; margin: .4rem 0 0; } .search .chip { flex: none; } .search p.soft:has(+ .chips) { display: none; } .side > .panel { padding: .8rem; order: 3; background: var(--panel); } .side > .panel:last-child { padding: .8rem; order: 4; }
  .map-place { order: 2; } .map-place .tools { order: 1; border-top: 1px solid var(--rule); border-bottom: 0; } .under { order: 2; } .picture-place { flex: none; height: 58vh; min-height: 17rem; touch-action: none; } .tools { padding: .4rem .8rem; gap: .35rem .6rem; } .hovered { flex-basis: 100%; margin: 0; } .hovered:empty { display: none; } .under { padding: .4rem .8rem; }
  .page-view { padding: 1rem .8rem 2rem; overflow: visible; } .columns { grid-template-columns: minmax(0, 1fr); } .analogy-form .word-box { flex-basis: 100%; max-width: none; } .between { padding: 0; } .axes-form .field { flex-basis: 100%; max-width: none; }
  th, td { padding-right: .5rem; }
}
@media print { html, body, main, .view, .side { height: auto; overflow: visible; display: block; } button, .tools, .word-box, .paging, #status { display: none !important; } .picture-place { height: 14cm; } .neighbors button { display: flex !important; } h1 { font-size: 14pt; } button.link { display: inline !important; color: inherit; } }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; animation: none !important; } }
`;
