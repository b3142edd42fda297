// src/ -> dist/, what the package has: bundled code and types, the kernels, the scripts of pages and the manual page.
// src/ -> build/, the modules one by one, by the project's own compiler: for scripts, benchmarks and tests of a part.
// Does nothing when both were built from these very sources; a stamp, written last, holds their hash.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildManPage, manFile } from './build-man-page.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = join(root, 'src');
const outputs = ['dist', 'build'].map((name) => join(root, name));
const stamp = join(root, 'dist', '.stamp');

/** Whether the output and the manual page were built from these very sources. */
export function isBuilt(hash = hashSources()) {
  return existsSync(stamp) && existsSync(manFile) && readFileSync(stamp, 'utf8') === hash;
}

export async function build() {
  const hash = hashSources();
  if (isBuilt(hash)) return;
  console.error('Building');
  // What is left would still be imported, packed and tested, though its source is gone.
  for (const folder of outputs) rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(root, 'dist'));
  compile();
  // Imported here: these take long to load, and mostly there is nothing to build.
  const { bundle } = await import('./build-bundle.js');
  await bundle();
  const { buildTypes } = await import('./build-types.js');
  await buildTypes();
  const { buildKernels } = await import('./build-kernels.js');
  await buildKernels();
  const { buildPageScripts } = await import('./build-page-scripts.js');
  await buildPageScripts();
  await buildManPage();
  writeFileSync(stamp, hash);
}

function compile() {
  const compiler = join('node_modules', 'typescript', 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [compiler, '--project', 'tsconfig.json'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status === 0) return;
  console.error('The build failed');
  process.exit(status ?? 1);
}

/** Over the path and content of everything the output depends on. */
function hashSources() {
  const hash = createHash('sha256');
  const others = [
    'tsconfig.json',
    'package-lock.json',
    ...list(join(root, 'scripts')).filter((name) => /build|cli-rules|roff/.test(name)),
  ];
  for (const path of [...list(sources), ...others].sort()) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

function list(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
