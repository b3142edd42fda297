// npm run docs: the documentation as a static site in site/, by VitePress, with a reference of the library, a lesson and
// a map to try. `npm run docs -- --serve` also shows it. VitePress has a lock file of its own (scripts/site/), so that
// `npm ci` stays small; it is fetched once.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apiReference } from './site/api.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'scripts', 'site');
const vitepress = join(source, 'node_modules', 'vitepress', 'bin', 'vitepress.js');

/** Whether VitePress is there; `npm ci` in scripts/site fetches it. */
export const hasVitePress = () => existsSync(vitepress);

/** Makes the site in `folder`, which is emptied first. `live`: with the lesson and the map, which take some seconds. */
export function makeSite(folder, { live = true } = {}) {
  writeFileSync(join(root, 'build', 'api.md'), apiReference(join(root, 'build')));
  const env = { ...process.env, W2V_SITE: folder };
  execFileSync(process.execPath, [vitepress, 'build', source], { env, stdio: ['ignore', 2, 2] });
  copyFileSync(join(root, 'docs', 'images', 'explorer-map.webp'), join(folder, 'explorer-map.webp'));
  if (live) makeLivePages(folder);
}

/** The lesson, and a map of the vectors of a built-in corpus. */
function makeLivePages(folder) {
  const w2v = (...words) =>
    execFileSync(process.execPath, [join(root, 'bin', 'w2v.js'), ...words, '--quiet'], { stdio: ['ignore', 2, 2] });
  w2v('explain', '--report', join(folder, 'lesson.html'));
  const vectors = join(folder, 'vectors.bin');
  w2v('train', 'corpus:mix', '-o', vectors, '--engine', 'wasm', '--deterministic', '--epochs', '20');
  w2v('map', vectors, '-o', join(folder, 'map.html'));
  for (const name of readdirSync(folder)) if (name.startsWith(basename(vectors))) rmSync(join(folder, name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { bootstrap, npm, run } = await import('./bootstrap.js');
  await bootstrap({ tensorflow: false });
  if (!hasVitePress()) {
    const code = await run([...npm, 'ci', '--prefix', source, '--ignore-scripts', '--no-audit', '--no-fund']);
    if (code !== 0) process.exit(code);
  }
  const folder = join(root, 'site');
  makeSite(folder);
  console.log('Wrote site/index.html. Look at it with: npm run docs -- --serve');
  if (process.argv.includes('--serve')) {
    execFileSync(process.execPath, [vitepress, 'preview', source], { stdio: 'inherit' });
  }
}
