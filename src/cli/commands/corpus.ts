// w2v corpus list | get NAME...: the catalog of texts and test sets, and WordNet.
import type { Command } from 'commander';
import stringWidth from 'string-width';
import { usage } from '../../base/errors.ts';
import { byteSize, thousands } from '../../base/format-numbers.ts';
import { quotable } from '../../base/printable.ts';
import type { OnProgress } from '../../base/progress.ts';
import { type CatalogEntry, getCorpus, listCorpora } from '../../fetch/catalog.ts';
import { fetchWordNet, keptWordNet, wordnetEntry, wordnetFolder } from '../../fetch/wordnet-files.ts';
import {
  type CommandContext,
  cacheDirectory,
  printJson,
  printResult,
  printStyled,
  stdoutColors,
  withProgress,
} from '../context.ts';
import { declare } from '../options/option.ts';
import { type PrintOptions, printing, printingRecords, tsvLine } from '../options/print.ts';
import { listLines } from '../terminal/narrow-table.ts';
import { formatTable, type TableColumn } from '../terminal/table.ts';

const examples = `Examples:
  w2v corpus list
  w2v corpus get moby-dick                  prints the path of the text
  w2v corpus get simlex999 wordnet          used by w2v compare, too
  w2v train corpus:moby-dick -o moby.bin    downloads it if needed
`;

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples).usage('list | get NAME...').helpCommand(false);
  const all = command
    .command('list')
    .description('list the built-in corpora, test sets and WordNet: size, license, source')
    .action((options: PrintOptions) => list(context, options));
  const get = command
    .command('get')
    .description('fetch corpora, test sets or WordNet once, and print where each is')
    .action((names: string[], options: PrintOptions) => getAll(context, names, options));
  declare(all, { options: printingRecords });
  const takes = { parse: (name: string) => name, catalog: 'any', words: [wordnetEntry.name] } as const;
  declare(get, { operands: [{ name: '<name...>', text: 'names from the list', takes }], options: printing });
}

const unitOf = { pairs: 'pairs', analogies: 'questions', thesaurus: 'synsets' };

/** A text, a test set, or WordNet, which is a folder. */
interface Listed {
  entry: CatalogEntry | typeof wordnetEntry;
  path: string;
  cached: boolean;
}

function origin(source: Listed['entry']['source']): string {
  if ('parts' in source) return source.parts.join(' + ');
  if ('packed' in source) return 'this package';
  return `${'wheel' in source ? source.wheel : source.name} ${source.version}`;
}

/** Words of a text, items of anything else. */
function sizeOf(entry: Listed['entry']): number {
  return entry.items ?? (entry as CatalogEntry).words;
}

async function list(context: CommandContext, options: PrintOptions): Promise<void> {
  const corpora = await listAll(context);
  if (options.json) {
    printJson(
      context,
      corpora.map(({ entry, path, cached }) => {
        const { name, kind = 'text', items, title, license, source, bytes } = entry;
        const { words, sha256 } = 'words' in entry ? entry : {};
        // `words` is what 1.0.0 called the tokens.
        return { name, kind, items, title, license, source, tokens: words, words, bytes, sha256, path, cached };
      }),
    );
    return;
  }
  if (options.tsv) {
    printResult(
      context,
      corpora.map(({ entry, path, cached }) => {
        const { name, kind = 'text', bytes, license } = entry;
        return tsvLine([name, kind, sizeOf(entry), bytes, license, cached ? path : null]);
      }),
    );
    return;
  }
  const rows = corpora.map(({ entry, cached }) => [
    entry.name,
    [thousands(sizeOf(entry)), ...(entry.kind === undefined ? [] : [unitOf[entry.kind]])].join(' '),
    byteSize(entry.bytes),
    cached ? 'yes' : 'no',
    entry.license,
  ]);
  const columns: TableColumn[] = [
    { title: 'name' },
    { title: 'words', align: 'right' },
    { title: 'size', align: 'right' },
    { title: 'cached' },
    { title: 'license' },
  ];
  const from = corpora.map(({ entry }) => origin(entry.source));
  const wide = formatTable(
    columns.toSpliced(-1, 0, { title: 'from' }),
    rows.map((row, at) => row.toSpliced(-1, 0, from[at])),
  );
  // On a narrower terminal every line would break in two: without `from`, the license below itself where it is long.
  const room = context.stdout.isTTY ? (context.stdout.columns ?? 80) - 1 : Number.POSITIVE_INFINITY;
  const fits = Math.max(...wide.map((line) => stringWidth(line))) <= room;
  const [titles, ...lines] = fits ? wide : listLines(columns, rows, room);
  printStyled(context, [stdoutColors(context).bold(titles), ...lines]);
}

async function getAll(context: CommandContext, names: readonly string[], options: PrintOptions): Promise<void> {
  const known = (await listAll(context)).map(({ entry }) => entry.name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const observed = `no corpus is named '${quotable(unknown)}'`;
    throw usage(observed, `choose one of ${known.join(', ')}`);
  }
  const documents: object[] = [];
  for (const name of names) {
    const { path, ...document } = await withProgress(context, options.quiet === true, ({ onProgress }) =>
      name === wordnetEntry.name ? getWordNet(context, onProgress) : getText(context, name, onProgress),
    );
    documents.push({ name, path, ...document });
    if (!options.json) printResult(context, [path]);
  }
  if (options.json) printJson(context, names.length === 1 ? documents[0] : documents);
}

async function getText(context: CommandContext, name: string, onProgress: OnProgress) {
  const options = { cacheDirectory: cacheDirectory(context), onProgress, signal: context.signal };
  const { entry, path, cached } = await getCorpus(name, options);
  return { path, bytes: entry.bytes, sha256: entry.sha256, cached };
}

async function getWordNet(context: CommandContext, onProgress: OnProgress) {
  const cache = cacheDirectory(context);
  const cached = (await keptWordNet(cache)) !== undefined;
  const path = await fetchWordNet({ cacheDirectory: cache, onProgress, signal: context.signal });
  return { path, bytes: wordnetEntry.bytes, cached };
}

/** The catalog and WordNet, by name. */
async function listAll(context: CommandContext): Promise<Listed[]> {
  const cache = cacheDirectory(context);
  const wordnet = { entry: wordnetEntry, path: wordnetFolder(cache), cached: (await keptWordNet(cache)) !== undefined };
  const all: Listed[] = [...(await listCorpora({ cacheDirectory: cache })), wordnet];
  return all.sort((a, b) => (a.entry.name < b.entry.name ? -1 : 1));
}
