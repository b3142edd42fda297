// The rules of docs/architecture.md as functions from source text to complaints, so that they can be tried on bad code.

export interface SourceFile {
  /** From the project's root, with slashes: `src/corpus/encode.ts`. */
  path: string;
  text: string;
}

/** Folder of src (or file at its root) -> what it may import, besides itself. Nothing imports cli. */
const mayImport: Record<string, readonly string[]> = {
  base: [],
  files: ['base'],
  workers: ['base'],
  kernels: ['base', 'workers'], // a kernel's plain form (NAME.plain.ts), which is not shipped, may import anything
  fetch: ['base', 'files'],
  setup: ['base', 'files', 'fetch'],
  corpus: ['base', 'files', 'workers', 'kernels'],
  algebra: ['base'],
  vectors: ['base', 'kernels', 'algebra'],
  count: ['base', 'files', 'workers', 'kernels', 'corpus', 'algebra', 'vectors'],
  train: ['base', 'files', 'workers', 'kernels', 'corpus', 'algebra', 'vectors', 'setup'],
  combined: ['base', 'corpus', 'vectors', 'count', 'train'],
  thesaurus: ['base', 'corpus'],
  page: ['base'],
  explain: ['base', 'workers', 'corpus', 'algebra', 'vectors', 'page'],
  map: ['base', 'files', 'workers', 'kernels', 'algebra', 'vectors'],
  formats: ['base', 'files', 'corpus', 'algebra', 'vectors'],
  cluster: ['base', 'files', 'workers', 'kernels', 'corpus', 'algebra', 'vectors', 'count', 'train', 'formats'],
  query: ['base', 'files', 'kernels', 'corpus', 'algebra', 'vectors', 'map', 'formats'],
  texts: ['base', 'corpus', 'algebra', 'vectors', 'query'],
  evaluate: ['base', 'algebra', 'vectors', 'query'],
  compare: [
    'base',
    'files',
    'setup',
    'corpus',
    'algebra',
    'vectors',
    'map',
    'count',
    'train',
    'combined',
    'thesaurus',
    'formats',
    'evaluate',
  ],
  report: ['base', 'evaluate', 'compare', 'page'],
  explorer: [
    'base',
    'files',
    'workers',
    'corpus',
    'algebra',
    'vectors',
    'map',
    'thesaurus',
    'formats',
    'query',
    'compare',
    'page',
  ],
  serve: ['base', 'explorer'],
};
const everyFolder = Object.keys(mayImport);
const rules: Record<string, readonly string[]> = {
  ...mayImport,
  index: everyFolder,
  cli: everyFolder,
  'package-file': [],
};
/** At the root, because it must lie as deep as what it is bundled into. */
const ofEveryone = ['package-file'];

const terminalPackages = /^(chalk|commander|cli-progress|node:process|process)$/;
const processUse = /\bprocess\s*\.\s*(exit|exitCode|env|stdout|stderr|stdin|argv|on|once)\b/;

/** They open connections. */
const clusterPackages = /^@(connectrpc|bufbuild|uwdata)\//;

/** Programs of their own, run by a cluster: they have standard streams. */
const programs = /^src\/cluster\/worker\/main\.ts$/;

/** libtensorflow reads its settings from the environment, so they must be put there. */
const mayTouchEnvironment = 'src/train/tensorflow/load.ts';

/** Code without comments; strings stay. */
export function stripComments(text: string): string {
  return text.replace(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (_whole, quoted: string | undefined) => quoted ?? '',
  );
}

/** Code without comments and without what strings say; templates with expressions in them stay. */
export function codeOnly(text: string): string {
  return stripComments(text).replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g, (quoted) =>
    quoted.startsWith('`') && quoted.includes('${') ? quoted : "''",
  );
}

/** Every module a file names: static, dynamic, re-exported and type imports, and `require('...')`. */
export function importsOf(text: string): string[] {
  const found = stripComments(text).matchAll(/(?:\bfrom|\bimport|\bimport\s*\(|\brequire\s*\()\s*['"`]([^'"`]+)['"`]/g);
  return [...found].map((match) => match[1]);
}

/** The folder of src a file belongs to, or the name of a file at its root: `src/base/errors.ts` -> `errors`. */
function part(path: string): string {
  return path.split('/')[1].replace(/\.ts$/, '');
}

function resolve(from: string, specifier: string): string {
  const names = from.split('/').slice(0, -1);
  for (const name of specifier.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '.') names.push(name);
  }
  return names.join('/');
}

/** Complaints about one file of src, empty when it keeps the rules. */
export function complaints({ path, text }: SourceFile): string[] {
  const found: string[] = [];
  const here = part(path);
  const allowed = rules[here];
  if (allowed === undefined) return [`${path}: src/${here} has no place in the import rules`];
  const code = codeOnly(text);
  const belowCli = here !== 'cli' && !programs.test(path);

  for (const specifier of importsOf(text)) {
    if (specifier.startsWith('.')) {
      const target = part(resolve(path, specifier));
      if (target !== here && ![...allowed, ...ofEveryone].includes(target) && !path.endsWith('.plain.ts'))
        found.push(`${path}: must not import from ${target}`);
    } else if (specifier.startsWith('@tensorflow/') && !path.startsWith('src/train/tensorflow/')) {
      found.push(`${path}: only src/train/tensorflow/ imports ${specifier}`);
    } else if (clusterPackages.test(specifier) && here !== 'cluster') {
      found.push(`${path}: only src/cluster/ imports ${specifier}`);
    } else if (belowCli && terminalPackages.test(specifier)) {
      found.push(`${path}: only src/cli/ imports ${specifier}`);
    }
  }
  if (belowCli) {
    const use = processUse.exec(code)?.[0];
    if (use !== undefined && !(path === mayTouchEnvironment && withoutEnvironment(code))) {
      found.push(`${path}: only src/cli/ uses ${use}`);
    }
    if (/\bconsole\s*\./.test(code)) found.push(`${path}: only src/cli/ prints`);
  }
  if (/\bMath\s*\.\s*random\b/.test(code)) found.push(`${path}: Math.random; take src/base/random.ts`);
  if (/\bexport\s+default\b|\bas\s+default\b/.test(code)) found.push(`${path}: a default export`);
  const lines = text.split('\n').length - 1;
  // All that a language says is one file, for those who translate.
  if (lines > 300 && !path.startsWith('src/explain/strings/')) found.push(`${path}: ${lines} lines, at most 300`);
  return found;
}

function withoutEnvironment(code: string): boolean {
  return !processUse.test(code.replace(/\bprocess\s*\.\s*env\b/g, ''));
}

// In pieces, so that this file does not name them either.
const registryHosts = [
  ['registry', 'npmjs', 'org'],
  ['registry', 'yarnpkg', 'com'],
  ['pypi', 'org'],
  ['pythonhosted', 'org'],
  ['static', 'crates', 'io'],
  ['index', 'crates', 'io'],
  ['proxy', 'golang', 'org'],
  ['deb', 'debian', 'org'],
  ['repo1', 'maven', 'org'],
].map((labels) => labels.join('.'));

/** The package registry a file names, or undefined: which one is used is the user's to configure. */
export function registryNamed(text: string): string | undefined {
  return registryHosts.find((host) => text.includes(host));
}

/** Files that import each other in a circle, types included; each circle once, in alphabetical order. */
export function importCycles(files: readonly SourceFile[]): string[][] {
  const imports = new Map(
    files.map(({ path, text }) => [
      path,
      importsOf(text)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => resolve(path, specifier)),
    ]),
  );
  // Tarjan's strongly connected components (1972).
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const cycles: string[][] = [];
  const visit = (path: string): void => {
    order.set(path, order.size);
    lowest.set(path, order.get(path)!);
    open.push(path);
    for (const next of imports.get(path)!) {
      if (!imports.has(next)) continue;
      if (!order.has(next)) visit(next);
      if (open.includes(next)) lowest.set(path, Math.min(lowest.get(path)!, lowest.get(next)!));
    }
    if (lowest.get(path) !== order.get(path)) return;
    const circle = open.splice(open.indexOf(path));
    if (circle.length > 1 || imports.get(path)!.includes(path)) cycles.push(circle.sort());
  };
  for (const path of imports.keys()) if (!order.has(path)) visit(path);
  return cycles;
}
