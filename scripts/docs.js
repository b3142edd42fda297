// npm run docs: the documentation as a static site in site/ - start pages in English and Korean, docs/, the references
// of the command line and of the library, a lesson and a map to try, and a search. Works from a folder, without a
// server.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apiReference } from './docs/api.js';
import { escapeHtml, renderPage, sectionsOf } from './docs/markdown.js';
import { style } from './docs/style.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Sections of the navigation: [path in the repository, name in the site, title]. */
const navigation = [
  [
    'Start',
    [
      ['README.md', 'index', 'w2v'],
      ['README.ko.md', 'ko', '한국어'],
      ['docs/tutorial.md', 'tutorial', 'Tutorial'],
      ['docs/languages.md', 'languages', 'Languages'],
      ['docs/explorer.md', 'explorer', 'Explorer'],
      ['docs/cluster.md', 'cluster', 'On a cluster'],
      ['docs/platforms.md', 'platforms', 'Platforms'],
    ],
  ],
  [
    'Reference',
    [
      ['docs/cli.md', 'cli', 'Command line'],
      ['docs/configuration.md', 'configuration', 'Configuration'],
      ['docs/json.md', 'json', 'JSON'],
      ['docs/library.md', 'library', 'Library, by example'],
      ['docs/api.md', 'api', 'Library, all names'],
      ['docs/formats.md', 'formats', 'Files of vectors'],
    ],
  ],
  [
    'What is computed',
    [
      ['docs/algorithms.md', 'algorithms', 'Algorithms'],
      ['docs/evaluation.md', 'evaluation', 'Evaluation'],
      ['docs/comparison.md', 'comparison', 'Comparison'],
      ['docs/performance.md', 'performance', 'Performance'],
    ],
  ],
  [
    'The project',
    [
      ['docs/reliability.md', 'reliability', 'Reliability'],
      ['docs/security.md', 'security', 'Security'],
      ['docs/architecture.md', 'architecture', 'Architecture'],
      ['CONTRIBUTING.md', 'contributing', 'Contributing'],
      ['CHANGELOG.md', 'changelog', 'Changes'],
      ['docs/licenses.md', 'licenses', 'Licenses'],
    ],
  ],
];
const tries = [
  ['lesson.html', 'Lesson'],
  ['map.html', 'Map of words'],
];

/** Makes the site in `folder`, which is emptied first. `live`: with the lesson and the map, which take some seconds. */
export function makeSite(folder, { live = true } = {}) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'images'), { recursive: true });
  const made = { 'docs/api.md': apiReference(join(root, 'build')) };
  const textOf = (source) => made[source] ?? readFileSync(join(root, source), 'utf8');
  const isThere = ([source]) => source in made || existsSync(join(root, source));
  const groups = navigation.map(([title, pages]) => [title, pages.filter(isThere)]);
  const pages = groups.flatMap(([, list]) => list);
  const addresses = new Map(pages.map(([source, name]) => [source, `${name}.html`]));
  const images = readdirSync(join(root, 'docs', 'images'));
  for (const name of images) {
    copyFileSync(join(root, 'docs', 'images', name), join(folder, 'images', name));
    addresses.set(`docs/images/${name}`, `images/${name}`);
  }
  const index = [];
  for (const [source, name, title] of pages) {
    const { html, headings } = renderPage(textOf(source), source, (path) => addresses.get(path));
    const heading = headings[0]?.text ?? title;
    const language = name === 'ko' ? 'ko' : 'en';
    writeFileSync(join(folder, `${name}.html`), pageHtml({ name, heading, language, html, groups, live }));
    for (const { id, heading: at, text } of sectionsOf(html, heading))
      index.push([`${name}.html`, id, heading, at, text.slice(0, 4000)]);
  }
  writeFileSync(join(folder, 'style.css'), style);
  writeFileSync(join(folder, 'search-index.js'), `window.searchIndex = ${JSON.stringify(index)};\n`);
  copyFileSync(join(root, 'scripts', 'docs', 'search-script.js'), join(folder, 'search.js'));
  if (live) makeLivePages(folder);
}

/** The lesson, and a map of the vectors of a built-in corpus; they are files of their own, so only here lead back. */
function makeLivePages(folder) {
  const w2v = (...words) =>
    execFileSync(process.execPath, [join(root, 'bin', 'w2v.js'), ...words, '--quiet'], { stdio: ['ignore', 2, 2] });
  w2v('explain', '--report', join(folder, 'lesson.html'));
  const vectors = join(folder, 'vectors.bin');
  w2v('train', 'corpus:mix', '-o', vectors, '--engine', 'wasm', '--deterministic', '--epochs', '20');
  w2v('map', vectors, '-o', join(folder, 'map.html'));
  for (const [name] of tries) writeFileSync(join(folder, name), withLinkBack(readFileSync(join(folder, name), 'utf8')));
  for (const name of readdirSync(folder)) if (name.startsWith(basename(vectors))) rmSync(join(folder, name));
}

/** A page that w2v wrote, with a link to the site's start. */
export function withLinkBack(html) {
  const link =
    '<nav aria-label="Site" style="padding: .5rem 1.25rem 0"><a href="index.html">w2v: documentation</a></nav>';
  if (!html.includes('\n<body>\n')) throw new Error('a page has no place for the link to the site');
  return html.replace('\n<body>\n', `\n<body>\n${link}\n`);
}

function pageHtml({ name, heading, language, html, groups, live }) {
  const item = ([href, title], isHere) =>
    `<li><a href="${href}"${isHere ? ' aria-current="page"' : ''}>${escapeHtml(title)}</a></li>`;
  const lists = groups.map(
    ([title, pages]) =>
      `<h2>${title}</h2>\n<ul>${pages.map(([, page, text]) => item([`${page}.html`, text], page === name)).join('')}</ul>`,
  );
  if (live) lists.splice(1, 0, `<h2>Try</h2>\n<ul>${tries.map((one) => item(one, false)).join('')}</ul>`);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(heading === 'w2v' ? 'w2v: word vectors from text' : `${heading} - w2v`)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="style.css">
</head>
<body>
<a class="skip" href="#main">To the text</a>
<div class="page">
<header class="side">
<a href="index.html">w2v</a>
<div class="searching"><input id="search" type="search" placeholder="Search (/)" aria-label="Search" autocomplete="off"><ul id="found" hidden></ul></div>
<nav class="menu" aria-label="Pages"><details><summary>Pages</summary>
${lists.join('\n')}
</details></nav>
</header>
<main id="main">
${html}</main>
</div>
<script src="search-index.js"></script>
<script src="search.js"></script>
</body>
</html>
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { bootstrap } = await import('./bootstrap.js');
  await bootstrap({ tensorflow: false });
  const folder = process.argv[2] ?? join(root, 'site');
  makeSite(folder);
  console.log(`Wrote ${join(folder, 'index.html')}`);
}
