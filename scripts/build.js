// src/ -> dist/: TypeScript with the project's own compiler, then the kernels, the scripts of pages and the manual
// page. Does nothing when dist/ was built from these very sources; a stamp, written last, holds their hash.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildManPage, manFile } from './build-man-page.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = join(root, 'src');
const output = join(root, 'dist');
const stamp = join(output, '.stamp');

/** Whether dist/ and the manual page were built from these very sources. */
export function isBuilt(hash = hashSources()) {
  return existsSync(stamp) && existsSync(manFile) && readFileSync(stamp, 'utf8') === hash;
}

export async function build() {
  const hash = hashSources();
  if (isBuilt(hash)) return;
  console.error('Building');
  rmSync(stamp, { force: true });
  // Comments belong into the types, where editors show them; in the code they would be a seventh of it.
  compile('--declaration', 'false', '--removeComments');
  compile('--emitDeclarationOnly');
  removeOrphans();
  removePrivateTypes();
  // Imported here: these take long to load, and mostly there is nothing to build.
  const { compact } = await import('./build-compact.js');
  await compact(list(output).map((file) => join(root, file)));
  const { buildKernels } = await import('./build-kernels.js');
  await buildKernels();
  const { buildPageScripts } = await import('./build-page-scripts.js');
  await buildPageScripts();
  removeModulesOfPages();
  await buildManPage();
  writeFileSync(stamp, hash);
}

function compile(...options) {
  const compiler = join('node_modules', 'typescript', 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [compiler, '--project', 'tsconfig.json', ...options], {
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

/** Output whose source is gone would still be imported, packed and tested. */
function removeOrphans() {
  for (const path of list(output)) {
    const module = /^dist\/(.*?)(\.d\.ts|\.js)$/.exec(path)?.[1];
    if (module !== undefined && !existsSync(join(sources, `${module}.ts`))) rmSync(join(root, path));
  }
}

/** Types that no entry point of the package refers to serve nobody. */
function removePrivateTypes() {
  const needed = new Set();
  const visit = (file) => {
    if (needed.has(file)) return;
    needed.add(file);
    for (const [, module] of readFileSync(file, 'utf8').matchAll(/(?:from |import\()['"](\.[^'"]+)\.[jt]s['"]/g)) {
      visit(join(dirname(file), `${module}.d.ts`));
    }
  };
  visit(join(output, 'index.d.ts'));
  visit(join(output, 'query', 'index.d.ts'));
  for (const path of list(output).map((file) => join(root, file))) {
    if (path.endsWith('.d.ts') && !needed.has(path)) rmSync(path);
  }
}

/** Modules that only the scripts of pages use, which have them inside. */
function removeModulesOfPages() {
  const needed = new Set();
  const visit = (file) => {
    if (needed.has(file) || !existsSync(file)) return;
    needed.add(file);
    for (const [, module] of readFileSync(file, 'utf8').matchAll(/["'](\.[^"']+\.js)["']/g))
      visit(join(dirname(file), module));
  };
  for (const entry of ['index.js', 'query/index.js', 'cli/main.js']) visit(join(output, entry));
  for (const path of list(output).map((file) => join(root, file))) {
    const isOfPage = ['explain', 'explorer'].some((folder) => path.startsWith(join(output, folder)));
    if (isOfPage && path.endsWith('.js') && !needed.has(path)) rmSync(path);
  }
}

function list(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
