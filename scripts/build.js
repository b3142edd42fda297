// src/ -> dist/, what the package has: bundled code and types, the kernels, the scripts of pages and the manual page.
// src/ -> build/, the modules one by one, by the project's own compiler: for scripts, benchmarks and tests of a part.
// Does nothing when both were built from these very sources; a stamp in each, written last, holds their hash. What the
// command needs to run comes first, and `npm start` does not wait for the rest.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildManPage, manFile } from './build-man-page.js';
import { withClock } from './clock.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = join(root, 'src');
const dist = join(root, 'dist');
const modules = join(root, 'build');

/** Whether the output was built from these very sources; `part`: 'command', all that bin/w2v.js needs, or 'all'. */
export function isBuilt(part = 'all', hash = hashSources()) {
  const isOf = (folder) => existsSync(stampIn(folder)) && readFileSync(stampIn(folder), 'utf8') === hash;
  return isOf(dist) && (part === 'command' || (isOf(modules) && existsSync(manFile)));
}

/** Builds what `isBuilt` finds missing. */
export async function build(part = 'all') {
  const hash = hashSources();
  if (isBuilt(part, hash)) return;
  await withClock('Building', async () => {
    if (!isBuilt('command', hash)) await buildCommand(hash);
    if (part === 'all') await buildRest(hash);
  });
}

// The steps are imported when they are needed: they take long to load, and mostly there is nothing to build.
async function buildCommand(hash) {
  // What is left would still be imported, packed and tested, though its source is gone.
  for (const folder of [dist, modules]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(dist);
  const { buildKernels } = await import('./build-kernels.js');
  const { bundle } = await import('./build-bundle.js');
  const { buildPageScripts } = await import('./build-page-scripts.js');
  await Promise.all([buildKernels(), bundle(), buildPageScripts()]);
  writeFileSync(stampIn(dist), hash);
}

async function buildRest(hash) {
  rmSync(modules, { recursive: true, force: true });
  await compile();
  const { buildTypes } = await import('./build-types.js');
  await buildTypes();
  await buildManPage();
  mkdirSync(modules, { recursive: true });
  writeFileSync(stampIn(modules), hash);
}

const stampIn = (folder) => join(folder, '.stamp');

async function compile() {
  const compiler = join('node_modules', 'typescript', 'bin', 'tsc');
  const child = spawn(process.execPath, [compiler, '--project', 'tsconfig.json'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  const [status] = await once(child, 'close');
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
