// The files before they are damaged: those of tests/golden, and small ones of every other kind.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parquetWriteBuffer } from 'hyparquet-writer';

const folder = fileURLToPath(new URL('../../golden/', import.meta.url));

export const golden = (name) => readFileSync(join(folder, name));

/** The file or the folder `name` of tests/golden, under the name `as`. */
export function goldenFiles(name, as) {
  if (!statSync(join(folder, name)).isDirectory()) return { [as]: golden(name) };
  return Object.fromEntries(
    readdirSync(join(folder, name)).map((file) => [`${as}/${file}`, golden(`${name}/${file}`)]),
  );
}

export const text = Buffer.from(
  'The whale swims in the sea.\nA king and a queen saw the whale.\nThe man and the woman know the king.\n'.repeat(30),
);

/** Sound files beside the damaged ones. */
export const beside = {
  'good.txt': golden('vectors.txt'),
  'pairs.tsv': Buffer.from(
    '# pairs\nking\tqueen\t8.5\nman\twoman\t8\nboy\tgirl\t7.5\nking\tsea\t1\nwhale\tsea\t6\nprince\tboy\t4\n',
  ),
  'analogies.txt': Buffer.from(
    ': family\nman king woman queen\nboy prince girl princess\n: other\nking queen man woman\n',
  ),
};

export const vocabulary = Buffer.from('the\t120\na\t60\nwhale\t60\nking\t60\nsea\t30\nqueen\t30\nman\t30\nwoman\t30\n');

/** Counts of pairs of the vocabulary's words, as Spark writes them: with nulls allowed, one of the columns packed well. */
export function countsOfPairs(codec) {
  const words = String(vocabulary)
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t')[0]);
  const pairs = words.flatMap((_, row) => words.slice(row).map((_, more) => [row, row + more, 1 + row * more]));
  const sum = pairs.reduce((before, [, , units]) => before + units, 0);
  const rows = [[-1, -1, sum], ...pairs];
  const hash = createHash('sha256').update(words.join('\n')).digest('hex').slice(0, 8);
  const column = (name, at, type, encoding) => ({
    ...{ name, type, encoding, nullable: true },
    data: rows.map((row) => (type === 'INT64' ? BigInt(row[at]) : row[at])),
  });
  const columnData = [
    column('row', 0, 'INT32', 'RLE_DICTIONARY'),
    column('col', 1, 'INT32', 'PLAIN'),
    column(`units_dynamic_5_${hash}`, 2, 'INT64', codec === 'SNAPPY' ? 'PLAIN' : 'DELTA_BINARY_PACKED'),
  ];
  return Buffer.from(parquetWriteBuffer({ columnData, codec }));
}

export const manifest = Buffer.from(
  JSON.stringify({
    version: '0.1.0',
    command: 'train',
    route: 'predict',
    options: { model: 'skipgram', dim: 12, window: 5, sample: 0.001, minCount: 5, output: 'v.bin', threads: 2 },
    seed: 1,
    corpus: {
      files: ['a.txt'],
      bytes: 1000,
      lines: 10,
      sha256: 'ab'.repeat(32),
      dropped: { rareTypes: 0, rareTokens: 0, invalidBytes: 0 },
    },
    vocabulary: 33,
    dimensions: 12,
    tokens: 5000,
    lossByEpoch: [2.1, 1.9, 1.7],
    seconds: { read: 0.1, train: 1.2, write: 0.1, total: 1.4 },
    engine: { name: 'wasm', versions: { w2v: '0.1.0' } },
    createdAt: '2026-01-01T00:00:00.000Z',
  }),
);
