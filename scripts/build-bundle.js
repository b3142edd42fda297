// Bundles src/ to dist/, as the package has it: the library, its questions (for browsers too), the command, and the
// programs of threads and executors. npm packages stay outside.
//
// The library loses indentation and spaces: names stay, and lines short, so that a stack trace can be read in the
// program of someone who uses it. Source maps would do that for 1.6 MB, the names take 0.25 MB. The command, its pages
// and what is not on the way from a text to an answer get short names.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = join(root, 'src');
const named = (path) => relative(sources, path).replaceAll('\\', '/');

const rooms = 'cli|cluster|compare|evaluate|explain|explorer|fetch|files|map|page|report|serve|setup|texts|thesaurus';
const ofTheCommand = new RegExp(`^(${rooms}|workers)/`);
const lazyImport = /(?<!typeof )\bimport\('(\.[^']+\.ts)'\)/g;

const options = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'es2022',
  charset: 'utf8',
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 120,
  logLevel: 'warning',
};

/** Programs that run beside the command. Each is one file, which a thread starts with and a cluster is sent. */
const programs = {
  'reading-worker': 'src/corpus/reading-worker.ts',
  'counting-worker': 'src/count/cooccurrence/counting-worker.ts',
  'placing-worker': 'src/count/cooccurrence/placing-worker.ts',
  'kernel-worker': 'src/kernels/kernel-worker.ts',
  'training-worker': 'src/train/wasm/training-worker.ts',
  'step-worker': 'src/train/tensorflow/step-worker.ts',
  'cluster-worker': 'src/cluster/worker/main.ts',
};
const doors = {
  index: 'src/index.ts',
  query: 'src/query/index.ts',
  cli: 'src/cli/main.ts',
  read: 'src/kernels/read.ts',
  'read-browser': 'src/kernels/read-browser.ts',
};

export async function bundle() {
  await build({ ...options, entryPoints: programs, plugins: [compact] });
  await build({ ...options, entryPoints: doors, splitting: true, plugins: [readApart, lazyTogether(), compact] });
}

/**
 * What is loaded with a file that is imported when it is needed. By itself each such file would be one of the package,
 * and everything that some of them share another: 170 files.
 */
function groupOf(name) {
  if (/^cli\/commands\/(nearest|analogy|similarity|odd|vector|info)\./.test(name)) return 'answer';
  if (/^(cli\/options\/|cli\/standard-input|files\/side-file|query\/hnsw-cache|files\/entry-cache|fetch\/)/.test(name))
    return 'answer';
  if (/^cli\/commands\/(train|count|vocab|phrases|sql)\./.test(name)) return 'make';
  return name.startsWith('cli/') ? 'command' : 'part';
}

/** Imports a group where the source imports one file of it; `compact` has put its name there. */
function lazyTogether() {
  const files = readdirSync(sources, { recursive: true }).map((name) => join(sources, name));
  const imported = (file) =>
    [...readFileSync(file, 'utf8').matchAll(lazyImport)].map(([, path]) => resolve(dirname(file), path));
  const members = new Set(files.filter((file) => /(?<!\.assembly)\.ts$/.test(file)).flatMap(imported));
  return {
    name: 'lazy-together',
    setup(bundling) {
      bundling.onResolve({ filter: /^group:/ }, ({ path }) => ({ path: path.slice(6), namespace: 'group' }));
      bundling.onLoad({ filter: /.*/, namespace: 'group' }, ({ path: group }) => {
        const ofGroup = [...members].filter((file) => groupOf(named(file)) === group);
        const lines = ofGroup.map((file) => `export * as ${memberOf(file)} from ${JSON.stringify(file)};`);
        return { contents: lines.join('\n'), resolveDir: sources };
      });
    },
  };
}

const memberOf = (file) => named(file).replaceAll(/\W/g, '_');

const { format, target, charset } = options;
const compact = {
  name: 'compact',
  setup(bundling) {
    const { splitting } = bundling.initialOptions;
    const together = (file, text) =>
      text.replaceAll(lazyImport, (_, path) => {
        const member = resolve(dirname(file), path);
        return `import('group:${groupOf(named(member))}').then((group) => group.${memberOf(member)})`;
      });
    bundling.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const contents = splitting ? together(path, text) : text;
      if (!ofTheCommand.test(named(path))) return { contents, loader: 'ts' };
      const { code } = await transform(contents, { format, target, charset, loader: 'ts', minify: true });
      return { contents: code, loader: 'js' };
    });
  },
};

/** A file of its own, which `browser` in package.json replaces. */
const readApart = {
  name: 'read-apart',
  setup(bundling) {
    bundling.onResolve({ filter: /\/read\.ts$/ }, ({ path, resolveDir, kind }) => {
      const isImported = kind !== 'entry-point' && named(resolve(resolveDir, path)) === 'kernels/read.ts';
      return isImported ? { path: './read.js', external: true } : undefined;
    });
  },
};
