// Bundles src/lesson/live/main.ts to dist/lesson/live/main.js, the script of the lesson's page: a classic script, because modules do
// not load from file://.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

export async function buildLessonScript() {
  await build({
    absWorkingDir: root,
    entryPoints: ['src/lesson/live/main.ts'],
    outfile: 'dist/lesson/live/main.js',
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: ['es2022'],
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
  });
}
