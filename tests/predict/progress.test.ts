import { expect, it } from 'vitest';
import { encodeText } from '../../src/corpus/encode.ts';
import { trainWordVectors } from '../../src/predict/train.ts';
import type { Progress } from '../../src/progress.ts';

it('the last report of a training is that all is done, however short it was', async () => {
  const corpus = await encodeText('a b c d a b c d\n'.repeat(20), { minCount: 1 });
  const reports: Progress[] = [];
  const onProgress = (progress: Progress) => reports.push(progress);
  await trainWordVectors(corpus, { dim: 4, epochs: 2, sample: 0 }, { engine: 'wasm', onProgress });
  expect(reports.at(-1)).toMatchObject({ phase: 'train', done: 320, total: 320 });
});
