// w2v info FILE: what a file of vectors contains.
import type { Command } from 'commander';
import { thousands } from '../../base/format-numbers.ts';
import { printable } from '../../base/printable.ts';
import type { LoadedVectors } from '../../formats/format.ts';
import { type CombinedManifest, type Manifest, nameOfPart } from '../../formats/manifest.ts';
import { nonzeros, type SparseVectors } from '../../vectors/sparse-matrix.ts';
import { summarize } from '../../vectors/summary.ts';
import { type CommandContext, printJson, printResult } from '../context.ts';
import { loadShown, manifestBeside, vectorFile } from '../open-vectors.ts';
import { declare } from '../options/option.ts';
import { type PrintOptions, printing } from '../options/print.ts';
import { formatTable } from '../terminal/table.ts';
import { cutTo, roomBeside } from '../terminal/text-width.ts';

const examples = `Examples:
  w2v info vectors.bin
  w2v info model.safetensors --json
`;

const SAMPLE = 12;

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples);
  declare(command, { operands: [vectorFile], options: printing });
  command.action((file: string, options: PrintOptions) => run(context, file, options));
}

async function run(context: CommandContext, file: string, { json, quiet = false }: PrintOptions): Promise<void> {
  const vectors = (await loadShown(context, file, quiet)) as LoadedVectors | SparseVectors;
  const manifest = await manifestBeside(context, file, quiet);
  const about = { file, ...('dimensions' in vectors ? aboutDense(vectors) : aboutSparse(vectors)) };
  const sample = sampleOf(vectors.words);
  if (json) {
    const { counts: _ofEachWord, ...known } = manifest ?? {};
    printJson(context, { ...about, sample, manifest: manifest === undefined ? null : known });
    return;
  }
  const rows = Object.entries(about).map(([name, value]) => [titles[name] ?? name, figure(value)]);
  const room = roomBeside(context.stdout, SAMPLE_FROM) ?? Number.POSITIVE_INFINITY;
  rows.push(['words, first to last', cutTo(sample.join('  '), room)]);
  rows.push(...(manifest === undefined ? [['manifest', 'none']] : aboutManifest(manifest)));
  printResult(context, formatTable([{ title: '' }, { title: '' }], rows));
}

const SAMPLE_FROM = 'rows with NaN or infinity  '.length; // columns

const titles: Record<string, string> = {
  vocabulary: 'words',
  notFinite: 'rows with NaN or infinity',
  zeros: 'rows of zeros',
  subwordUnits: 'n-grams of',
};

function aboutDense(vectors: LoadedVectors) {
  const { norms, notFinite, zeros } = summarize(vectors);
  return {
    format: vectors.format,
    vocabulary: vectors.words.length,
    dimensions: vectors.dimensions,
    norms: norms ?? null,
    zeros,
    notFinite,
    duplicates: vectors.duplicates,
    ...aboutSubwords(vectors),
  };
}

/** Of a model with subwords: its n-grams, and the buckets that they share. */
function aboutSubwords({ subwords }: LoadedVectors) {
  if (subwords === undefined) return {};
  const { minn, maxn, bucket, units = 'characters' } = subwords.rules;
  return { subwords: `${minn}..${maxn}`, subwordUnits: units, buckets: bucket };
}

function aboutSparse({ words, matrix }: SparseVectors) {
  return { format: 'npz', vocabulary: words.length, dimensions: matrix.columns, nonzeros: nonzeros(matrix) };
}

function figure(value: unknown): string {
  if (typeof value === 'number') return thousands(value);
  if (typeof value !== 'object' || value === null) return value === null ? 'none' : String(value);
  return Object.entries(value)
    .map(([name, one]) => `${name} ${Number(one).toPrecision(4)}`)
    .join(', ');
}

/** Words from the first to the last, at equal distances: the frequent and the rare. */
function sampleOf(words: readonly string[]): string[] {
  const count = Math.min(SAMPLE, words.length);
  return Array.from(
    { length: count },
    (_, at) => words[Math.floor((at * (words.length - 1)) / Math.max(1, count - 1))],
  );
}

function aboutManifest({
  version,
  command,
  route,
  engine,
  options,
  tokens,
  seed,
  mean,
  combined,
  createdAt,
}: Manifest): string[][] {
  const { model, loss } = options;
  return [
    ['created by', `w2v ${version} ${command} (${route}, ${engine.name})`],
    ...(isText(model) && isText(loss) ? [['model', `${printable(model)}, loss ${printable(loss)}`]] : []),
    ['from', combined === undefined ? `${thousands(tokens)} words, seed ${seed}` : partsOf(combined)],
    ...(mean ? [['centered', 'yes: the mean of all vectors was subtracted']] : []),
    ['created at', createdAt],
  ];
}

const isText = (value: unknown) => typeof value === 'string';

/** `a.bin x 1, b.bin x 0.5`; of --best `subwords x 0.775, ...` */
function partsOf({ parts }: CombinedManifest): string {
  return parts.map((part) => `${printable(nameOfPart(part))} x ${Number(part.weight.toPrecision(3))}`).join(', ');
}
