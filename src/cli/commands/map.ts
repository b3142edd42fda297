// w2v map FILE [FILE2]: a page with a map of all words, to explore them offline.
import type { Command } from 'commander';
import { usage } from '../../base/errors.ts';
import { byteSize, thousands } from '../../base/format-numbers.ts';
import { explorerPage } from '../../explorer/page.ts';
import { writeFiles } from '../../files/write-files.ts';
import { type CommandContext, printJson, say } from '../context.ts';
import { makePage, openFiles, sayMaps } from '../explorer-files.ts';
import { secondsSince } from '../from-corpus.ts';
import { exploredDense, exploring, howMany, VECTOR_ROOM } from '../options/explorer.ts';
import { bytes, fileWritten } from '../options/kinds.ts';
import { changed, declare, type OptionsOf, option, titled } from '../options/option.ts';
import { force, printing } from '../options/print.ts';

const mapOptions = [
  ...exploring,
  ...titled(
    'Output:',
    option({
      flags: '-o, --output <file>',
      text: 'HTML file to write; - for standard output',
      takes: fileWritten,
      required: true,
    }),
    option({
      flags: '--vectors <size>',
      text: 'bytes to spend on 8-bit vectors, which let the page answer questions; if too few, only the most frequent words get one; 0 embeds none',
      takes: bytes({ orNone: true }),
      fallback: VECTOR_ROOM,
      shown: byteSize(VECTOR_ROOM).replace('.0 ', ''),
    }),
    changed(force, { text: 'overwrite an existing file (default: false)' }),
    ...printing,
  ),
] as const;

type MapOptions = OptionsOf<typeof mapOptions>;

const examples = `Examples:
  w2v map vectors.bin -o map.html          open map.html in a browser
  w2v map vectors.bin -o map.html --layout umap
  w2v map counted.bin trained.bin -o map.html    two files, side by side
`;

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples);
  declare(command, { operands: exploredDense, options: mapOptions, input: howMany });
  command.action((file: string, file2: string | undefined, options: MapOptions) =>
    run(context, [file, file2 ?? []].flat(), options),
  );
}

async function run(context: CommandContext, paths: string[], options: MapOptions): Promise<void> {
  const { output, force = false, json, quiet = false, vectors: vectorBytes } = options;
  const { signal } = context;
  const started = performance.now();
  const files = await openFiles(context, paths, options);
  const sparse = files.find(({ vectors }) => !('dimensions' in vectors));
  if (sparse !== undefined) {
    const observed = `${sparse.path} is a sparse matrix, and a map needs dense vectors`;
    throw usage(observed, `make dense ones (w2v count --method svd), or ask it with: w2v serve`);
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
      layouts: layouts.map(({ method, quality }) => ({ method, axes: 2, ...quality })),
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
