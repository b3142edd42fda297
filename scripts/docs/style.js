// The style sheet of the documentation's site, in the colors of w2v's other pages.
export const style = `
:root { color-scheme: light dark; --paper: #fdfdfb; --panel: #fff; --ink: #1d2228; --soft: #59626d; --rule: #dfe3e8; --accent: #0b5fa5; --code: #f3f4f2; --shade: rgb(0 0 0 / .16); }
@media (prefers-color-scheme: dark) { :root { --paper: #14171b; --panel: #1b1f25; --ink: #e8eaed; --soft: #a4adb8; --rule: #333a44; --accent: #7cb8f2; --code: #1f242b; --shade: rgb(255 255 255 / .22); } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.6 system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans CJK KR", sans-serif; }
.page { display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: 2.5rem; max-width: 78rem; margin: 0 auto; padding: 0 1.25rem; }
.side { padding: 1.5rem 0; position: sticky; top: 0; align-self: start; max-height: 100vh; display: flex; flex-direction: column; font-size: .93rem; z-index: 2; }
.menu { min-height: 0; overflow-y: auto; margin: 0 -5px; padding: 0 5px; }
.side > a { align-self: start; font-weight: 700; font-size: 1.15rem; color: var(--ink); text-decoration: none; }
.menu h2 { font-size: .78rem; color: var(--soft); margin: 1.3rem 0 .3rem; font-weight: 600; }
.menu ul { list-style: none; margin: 0; padding: 0; }
.side li a { display: block; padding: .12rem 0; color: var(--ink); text-decoration: none; }
.side a[aria-current] { color: var(--accent); font-weight: 600; }
.side a:hover { text-decoration: underline; }
.menu summary { cursor: pointer; color: var(--soft); margin-top: .9rem; }
.searching { position: relative; margin-top: .9rem; }
input { width: 100%; font: inherit; padding: .35rem .6rem; border: 1px solid var(--rule); border-radius: .4rem; background: var(--panel); color: inherit; }
#found { position: absolute; z-index: 3; left: 0; width: min(32rem, 86vw); margin: .25rem 0 0; padding: .4rem; list-style: none; background: var(--panel); border: 1px solid var(--rule); border-radius: .5rem; box-shadow: 0 8px 24px rgb(0 0 0 / .18); }
#found[hidden] { display: none; } #found a { display: block; padding: .35rem .5rem; border-radius: .3rem; } #found a:hover, #found a:focus { background: var(--code); }
#found b, #found span { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } #found span { color: var(--soft); font-size: .86rem; }
main { padding: 1.5rem 0 5rem; min-width: 0; overflow-wrap: break-word; }
main p, main ul, main ol { max-width: 46rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .75rem; letter-spacing: -.015em; } h2 { margin: 2.6rem 0 .5rem; font-size: 1.4rem; } h3 { margin: 1.9rem 0 .4rem; } h4 { margin: 1.5rem 0 .3rem; font-size: 1rem; font-family: ui-monospace, monospace; }
.here { margin-left: .4em; color: var(--soft); text-decoration: none; opacity: 0; } :is(h1,h2,h3,h4):hover .here, .here:focus { opacity: 1; }
a { color: var(--accent); }
/* What scrolls shows a shadow at the side where there is more. */
pre, .scroll { overflow-x: auto; background: linear-gradient(90deg, var(--back) 40%, transparent) 0 0 / 2.5rem 100% no-repeat local, linear-gradient(270deg, var(--back) 40%, transparent) 100% 0 / 2.5rem 100% no-repeat local, linear-gradient(90deg, var(--shade), transparent) 0 0 / .8rem 100% no-repeat scroll, linear-gradient(270deg, var(--shade), transparent) 100% 0 / .8rem 100% no-repeat scroll var(--back); }
.scroll { --back: var(--paper); } pre { --back: var(--code); border: 1px solid var(--rule); border-radius: .5rem; padding: .8rem 1rem; font-size: .86rem; line-height: 1.5; }
code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .9em; } :not(pre) > code { background: var(--code); padding: .08em .3em; border-radius: .25em; white-space: nowrap; } code.long { white-space: normal; overflow-wrap: anywhere; } td code.long { overflow-wrap: normal; }
pre code { font-size: inherit; } pre code:is(.language-ts, .language-json) { white-space: pre-wrap; overflow-wrap: anywhere; }
.scroll { margin: 1rem 0; } table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--rule); } th { color: var(--soft); } .right { text-align: right; } .center { text-align: center; }
img { max-width: 100%; height: auto; border: 1px solid var(--rule); border-radius: .5rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--panel); padding: .5rem 1rem; z-index: 4; }
@media (min-width: 52.01rem) { @supports selector(::details-content) { .menu summary { display: none; } .menu details::details-content { display: block; content-visibility: visible; } } }
@media (max-width: 52rem) { .page { display: block; } .side { position: relative; max-height: none; border-bottom: 1px solid var(--rule); } .menu { overflow: visible; } .menu ul { display: flex; flex-wrap: wrap; gap: 0 1rem; } main { padding-top: 1.5rem; } td:not(.right, .center) { min-width: 6rem; } }
@media print { .side, .here, .skip { display: none; } .page { display: block; } }
`;
