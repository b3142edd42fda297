// The reference of the library as Markdown, from the compiled types: every name of an entry point with its declaration
// and its comment, under the folder of the source that it comes from.
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const titles = {
  corpus: 'Reading text',
  count: 'Counting',
  train: 'Training',
  combined: 'Combined vectors',
  vectors: 'Vectors',
  map: 'Maps',
  formats: 'Files of vectors',
  query: 'Questions',
  texts: 'Texts',
  evaluate: 'Evaluation',
  compare: 'Comparison',
  report: 'Reports',
  thesaurus: 'WordNet',
  explain: 'Lessons',
  fetch: 'Corpora and the cache',
  setup: 'Setting up TensorFlow',
};

/** `build`: the folder of the modules one by one, with their types. */
export function apiReference(build) {
  const parts = [
    ['w2v', 'index.d.ts', 'The whole library, for Node.'],
    [
      'w2v/query',
      'query/index.d.ts',
      'Questions about vectors in memory. Needs nothing of Node: browsers can bundle it.',
    ],
  ].map(([entry, file, about]) => {
    const sections = new Map();
    for (const found of namesOf(join(build, file)).sort((a, b) => compare(a.name, b.name))) {
      const folder = relative(build, found.file).split('/').slice(0, -1)[0] ?? '';
      const title = titles[folder] ?? 'Errors, progress and others';
      sections.set(title, [...(sections.get(title) ?? []), found]);
    }
    const order = [...Object.values(titles), 'Errors, progress and others'].filter((title) => sections.has(title));
    const text = order.map((title) => `### ${title}\n\n${sections.get(title).map(entryOf).join('\n')}`);
    return `## ${entry}\n\n${about}\n\n${text.join('\n')}`;
  });
  return `# Reference of the library\n\nMade from the types. [library.md](library.md) has examples.\n\n${parts.join('\n\n')}\n`;
}

/** Names that a file of types exports, with the file that declares each. */
function namesOf(file) {
  const text = readFileSync(file, 'utf8');
  const found = [];
  for (const [, list, from] of text.matchAll(/export (?:type )?\{([^}]*)\}(?: from '([^']+)')?/g)) {
    if (from === undefined) continue;
    const target = join(dirname(file), from.replace(/\.[jt]s$/, '.d.ts'));
    for (const item of list
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean)) {
      const [original, name = original] = item.replace(/^type /, '').split(' as ');
      found.push({ name, original, file: target });
    }
  }
  return found;
}

function entryOf({ name, original, file }) {
  const { comment, code } = declarationOf(original, file);
  return `#### ${name}\n\n${comment === '' ? '' : `${comment}\n\n`}\`\`\`ts\n${code}\n\`\`\`\n`;
}

/** Throws for a name that the file does not declare: the reference would lack it. */
function declarationOf(name, file) {
  const lines = readFileSync(file, 'utf8').split('\n');
  const starts = new RegExp(
    `^export (?:declare )?(?:abstract )?(?:async )?(?:function|interface|class|const|type) ${name}\\b`,
  );
  const first = lines.findIndex((line) => starts.test(line));
  if (first < 0) {
    const from = new RegExp(`export (?:type )?\\{[^}]*\\b${name}\\b[^}]*\\} from '([^']+)'`).exec(
      lines.join('\n'),
    )?.[1];
    if (from === undefined) throw new Error(`${file} does not declare ${name}`);
    return declarationOf(name, join(dirname(file), from.replace(/\.[jt]s$/, '.d.ts')));
  }
  const last = lines.findIndex(
    (line, at) =>
      at >= first &&
      (line === '}' ||
        line === '};' ||
        (at === first && /[;}]$/.test(line) && !line.endsWith('{')) ||
        /^\}?[^ ].*;$/.test(line)),
  );
  const code = lines
    .slice(first, (last < 0 ? first : last) + 1)
    .join('\n')
    .replace(/^export (declare )?/, '');
  let at = first - 1;
  if (at < 0 || !lines[at].endsWith('*/')) return { comment: '', code };
  const end = at;
  while (!lines[at].startsWith('/**')) at--;
  const comment = lines
    .slice(at, end + 1)
    .join('\n')
    .replace(/^\/\*\* ?|\s*\*\/$/g, '')
    .replace(/^ \* ?/gm, '')
    .trim();
  return { comment, code };
}

const compare = (a, b) => a.localeCompare(b, 'en', { sensitivity: 'base' });
