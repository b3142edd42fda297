// Bundles the script of a page, FOLDER/live/main.ts, to dist/PAGE.js.gz: a classic script, because modules do not
// load from file://; compressed, because the code is in the package a second time.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const pages = { lesson: 'explain/page', explorer: 'explorer' };

export async function buildPageScripts() {
  for (const [page, folder] of Object.entries(pages)) {
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: [`src/${folder}/live/main.ts`],
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
    writeFileSync(join(root, 'dist', `${page}.js.gz`), gzipSync(outputFiles[0].contents, { level: 9 }));
  }
}

/** As `browser` in package.json does for those who bundle the library. */
const forBrowsers = {
  name: 'for-browsers',
  setup(bundling) {
    bundling.onResolve({ filter: /\/read\.ts$/ }, ({ path, resolveDir }) =>
      resolve(resolveDir, path) === join(root, 'src/kernels/read.ts')
        ? { path: join(root, 'src/kernels/read-browser.ts') }
        : undefined,
    );
  },
};
