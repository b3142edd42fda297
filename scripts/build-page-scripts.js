// Bundles src/PAGE/live/main.ts to dist/PAGE/live.js.gz, the script of a page: a classic script, because modules do not
// load from file://; compressed, because the code is in the package a second time.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const pages = ['explain/page', 'explorer'];

export async function buildPageScripts() {
  for (const page of pages) {
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: [`src/${page}/live/main.ts`],
      write: false,
      bundle: true,
      minify: true,
      format: 'iife',
      platform: 'browser',
      target: ['es2022'],
      charset: 'utf8',
      legalComments: 'none',
      logLevel: 'warning',
      plugins: [forBrowsers],
    });
    const folder = join(root, 'dist', page);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'live.js.gz'), gzipSync(outputFiles[0].contents, { level: 9 }));
  }
}

/** Files that have another one for browsers (`browser` in package.json, which names their builds). */
const forBrowsers = {
  name: 'for-browsers',
  setup(bundling) {
    const { browser } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const source = (built) => join(root, built.replace('./dist/', 'src/').replace(/js$/, 'ts'));
    const others = new Map(Object.entries(browser).map((names) => names.map(source)));
    bundling.onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir }) => {
      const other = others.get(resolve(resolveDir, path));
      return other === undefined ? undefined : { path: other };
    });
  },
};
