// w2v map FILE [FILE2]: a page with a map of all words, to explore them offline.
import { type Command, Option } from 'commander';
import { W2vError } from '../../errors.ts';
import { explorerPage } from '../../explorer/page.ts';
import { checkNotInputs } from '../../files/targets.ts';
import { checkOutputs, writeFiles } from '../../files/write-files.ts';
import { byteSize, thousands } from '../../format-numbers.ts';
import { type CommandContext, printJson, say } from '../context.ts';
import { makePage, openFiles, sayMaps } from '../explorer-files.ts';
import { secondsSince } from '../from-corpus.ts';
import { denseFiles } from '../open-vectors.ts';
import { addExplorerOptions, type ExplorerOptions, VECTOR_ROOM } from '../options/explorer.ts';
import { byteAmount } from '../options/parse.ts';
import { addPrintOptions } from '../options/print.ts';

interface MapOptions extends ExplorerOptions {
  output: string;
  force?: boolean;
  vectors: number;
}

const examples = `Examples:
  w2v map vectors.bin -o map.html          open map.html in a browser
  w2v map vectors.bin -o map.html --layout umap
  w2v map counted.bin trained.bin -o map.html    two files, side by side
`;

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples);
  command.argument('<file>', denseFiles).argument('[file2]', 'a second file, to compare with the first');
  addExplorerOptions(command);
  command
    .optionsGroup('Output:')
    .requiredOption('-o, --output <file>', 'the page, an HTML file; - for standard output');
  command
    .addOption(
      new Option(
        '--vectors <size>',
        'bytes to spend on 8-bit vectors, which let the page answer questions; if too few, only the most frequent words get one; 0 embeds none',
      )
        .argParser(byteAmountOrNone)
        .default(VECTOR_ROOM, '32MB'),
    )
    .option('--force', 'overwrite an existing file (default: false)');
  addPrintOptions(command);
  command.action((file: string, file2: string | undefined, options: MapOptions) =>
    run(context, [file, file2 ?? []].flat(), options),
  );
}

function byteAmountOrNone(value: string): number {
  return value === '0' ? 0 : byteAmount('--vectors')(value);
}

async function run(context: CommandContext, paths: string[], options: MapOptions): Promise<void> {
  const { output, force = false, json, quiet = false, vectors: vectorBytes } = options;
  const { signal } = context;
  const started = performance.now();
  if (output === '-' && json) {
    throw new W2vError('usage', '--json and the page cannot both go to standard output', 'add -o FILE');
  }
  if (output !== '-') {
    await checkOutputs([output], { force });
    await checkNotInputs([output], async () => paths);
  }
  const files = await openFiles(context, paths, options);
  const sparse = files.find(({ vectors }) => !('dimensions' in vectors));
  if (sparse !== undefined) {
    const observed = `${sparse.path} is a sparse matrix, and a map needs dense vectors`;
    throw new W2vError('usage', observed, `make dense ones (w2v count --method svd), or ask it with: w2v serve`);
  }
  const read = secondsSince(started);
  const { data, blobs, firstWords } = await makePage(context, files, options, {
    answeredBy: 'page',
    vectorBytes: Math.floor(vectorBytes / files.length),
  });
  const page = Buffer.from(explorerPage(data, { blobs, firstWords }));
  const made = secondsSince(started);
  if (output === '-') context.stdout.write(page);
  else await writeFiles([{ path: output, content: (sink) => sink.write(page) }], { force, signal });
  const total = secondsSince(started);
  if (json) {
    const about = data.spaces.map(({ vocabulary, dimensions, vectors, layouts }, at) => ({
      file: paths[at],
      vocabulary,
      dimensions,
      vectorsInPage: vectors?.rows ?? 0,
      agreement: vectors?.agreement ?? null,
      layouts: layouts.map(({ method, axes, quality }) => ({ method, axes, ...quality })),
    }));
    printJson(context, {
      command: 'map',
      files: about,
      common: data.pair?.common ?? null,
      overlap: data.pair?.mean ?? null,
      bytes: page.length,
      seconds: { read, map: made - read, write: total - made, total },
      output,
    });
  }
  if (quiet) return;
  sayMaps(context, data);
  for (const { name, vocabulary, vectors } of data.spaces) {
    const rows = vectors?.rows ?? 0;
    if (rows === vocabulary) continue;
    say(
      context,
      `${name}: the page has the vectors of ${thousands(rows)} of ${thousands(vocabulary)} words; for more, raise --vectors, or use w2v serve`,
    );
  }
  if (output !== '-') say(context, `Wrote ${output} (${byteSize(page.length)}): open it in a browser`);
}
