import { expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { compareCorpus, compareFiles } from '../../src/compare/compare.ts';
import { encodeText } from '../../src/corpus/encode.ts';
import { parsePairs } from '../../src/evaluate/read-pairs.ts';
import { writeFiles } from '../../src/files/write-files.ts';
import { npzFiles } from '../../src/formats/npz.ts';
import { saveVectors } from '../../src/formats/save.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';

const { path: at } = temporaryFolder();

/** Two topics of ten words each; words of one topic stand together. */
async function twoTopics() {
  const random = createRandom(3);
  const line = () => {
    const topic = random.below(2) === 0 ? 'a' : 'b';
    return Array.from({ length: 12 }, () => `${topic}${random.below(10)}`).join(' ');
  };
  return encodeText(Array.from({ length: 400 }, line).join('\n'), { minCount: 1 });
}

const pairs = parsePairs('a0\ta1\t9\nb2\tb3\t8\na4\tb5\t1\nb6\ta7\t2\na1\tb1\t1.5\nb8\tb9\t8.5\n', 'topics');

it('makes five routes of a corpus, scores them over their seeds, and finds the topics', async () => {
  const corpus = await twoTopics();
  const made: string[] = [];
  const comparison = await compareCorpus(corpus, {
    ...{ dim: 8, epochs: 3, sample: 0, engine: 'wasm', threads: 1, seeds: 2, sets: { pairs: [pairs] } },
    onMade: (name, _facts, seed) => made.push(`${name} ${seed}`),
  });
  corpus.close();
  expect(made).toEqual([
    ...[
      'PPMI 1',
      'PPMI-SVD 1',
      'PPMI-SVD 2',
      'CBOW 1',
      'CBOW 2',
      'skip-gram 1',
      'skip-gram 2',
      'combined 1',
      'combined 2',
    ],
  ]);
  expect(comparison.scores.map(({ name }) => name)).toEqual(['PPMI', 'PPMI-SVD', 'CBOW', 'skip-gram', 'combined']);
  expect(comparison.scores.map((scores) => scores.pairs[0].seeds)).toEqual([1, 2, 2, 2, 2]);
  const [, counted, , trained, combined] = comparison.routes.map(({ facts }) => facts);
  expect(combined).toMatchObject({ kind: 'combined', dimensions: 24, engine: 'wasm', repeatable: true });
  expect(combined.seconds).toBeGreaterThan(counted.seconds! + trained.seconds!);
  // Both topics apart, whatever the order within them: at least 1 - 6 x 16 / (6 x 35).
  for (const scores of comparison.scores) expect(scores.pairs[0].spearman).toBeGreaterThan(0.54);
});

it('compares files, dense and sparse', async () => {
  const words = ['x', 'y', 'z'];
  const matrix = Float32Array.of(1, 0, 0.9, 0.1, 0, 1);
  await saveVectors(at('dense.bin'), { words, matrix, dimensions: 2 });
  const sparse = {
    rows: 3,
    starts: Float64Array.of(0, 1, 3, 4),
    indices: Int32Array.of(0, 0, 1, 1),
    values: Float32Array.of(1, 0.9, 0.1, 1),
    columns: 2,
  };
  await writeFiles(npzFiles(at('sparse.npz'), { words, matrix: sparse }), {});
  const { routes, words: shown } = await compareFiles([at('dense.bin'), at('sparse.npz')], { words: ['x'], k: 1 });
  expect(routes.map(({ name }) => name)).toEqual(['dense.bin', 'sparse.npz']);
  expect(shown[0].lists.map(({ neighbors }) => neighbors[0].word)).toEqual(['y', 'y']);
  await expect(compareFiles([at('dense.bin'), at('dense.bin')])).rejects.toMatchObject({ code: 'usage' });
});
