// w2v corpus list | get NAME: the catalogue of texts.
import type { Command } from 'commander';
import stringWidth from 'string-width';
import { type CatalogueEntry, getCorpus, listCorpora } from '../../fetch/catalogue.ts';
import { byteSize, thousands } from '../../format-numbers.ts';
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
  w2v corpus get wordsim353                 a test set, for w2v evaluate
  w2v train corpus:moby-dick -o moby.bin    downloads it if needed
`;

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples).usage('list | get NAME').helpCommand(false);
  const all = command
    .command('list')
    .description('list the built-in corpora and test sets: size, licence, source')
    .action((options: PrintOptions) => list(context, options));
  const get = command
    .command('get')
    .description('fetch a corpus or a test set once, and print the path of the file')
    .action((name: string, options: PrintOptions) => getOne(context, name, options));
  declare(all, { options: printingRecords });
  const takes = { parse: (name: string) => name, catalogue: 'any' } as const;
  declare(get, { operands: [{ name: '<name>', text: 'a name from the list', takes }], options: printing });
}

const unitOf = { pairs: 'pairs', analogies: 'questions' };

function origin(source: CatalogueEntry['source']): string {
  if ('parts' in source) return source.parts.join(' + ');
  if ('packed' in source) return 'this package';
  return `${'wheel' in source ? source.wheel : source.name} ${source.version}`;
}

async function list(context: CommandContext, options: PrintOptions): Promise<void> {
  const corpora = await listCorpora({ cacheDirectory: cacheDirectory(context) });
  if (options.json) {
    printJson(
      context,
      corpora.map(({ entry, path, cached }) => {
        const { name, kind = 'text', items, title, licence, source, words, bytes, sha256 } = entry;
        return { name, kind, items, title, licence, source, words, bytes, sha256, path, cached };
      }),
    );
    return;
  }
  if (options.tsv) {
    printResult(
      context,
      corpora.map(({ entry, path, cached }) => {
        const { name, kind = 'text', items = entry.words, bytes, licence } = entry;
        return tsvLine([name, kind, items, bytes, licence, cached ? path : null]);
      }),
    );
    return;
  }
  const rows = corpora.map(({ entry, cached }) => [
    entry.name,
    entry.kind === undefined ? thousands(entry.words) : `${thousands(entry.items!)} ${unitOf[entry.kind]}`,
    byteSize(entry.bytes),
    cached ? 'yes' : 'no',
    entry.licence,
  ]);
  const columns: TableColumn[] = [
    { title: 'name' },
    { title: 'words', align: 'right' },
    { title: 'size', align: 'right' },
    { title: 'cached' },
    { title: 'licence' },
  ];
  const from = corpora.map(({ entry }) => origin(entry.source));
  const wide = formatTable(
    columns.toSpliced(-1, 0, { title: 'from' }),
    rows.map((row, at) => row.toSpliced(-1, 0, from[at]!)),
  );
  // On a narrower terminal every line would break in two: without `from`, the licence below itself where it is long.
  const room = context.stdout.isTTY ? (context.stdout.columns ?? 80) - 1 : Number.POSITIVE_INFINITY;
  const fits = Math.max(...wide.map((line) => stringWidth(line))) <= room;
  const [titles, ...lines] = fits ? wide : listLines(columns, rows, room);
  printStyled(context, [stdoutColors(context).bold(titles), ...lines]);
}

async function getOne(context: CommandContext, name: string, options: PrintOptions): Promise<void> {
  const { entry, path, cached } = await withProgress(context, options.quiet === true, ({ onProgress }) =>
    getCorpus(name, { cacheDirectory: cacheDirectory(context), onProgress, signal: context.signal }),
  );
  if (options.json) printJson(context, { name, path, bytes: entry.bytes, sha256: entry.sha256, cached });
  else printResult(context, [path]);
}
