import { describe, expect, it } from 'vitest';
import { encodeText } from '../../../src/corpus/encode.ts';
import type { EncodedCorpus } from '../../../src/corpus/encoded-corpus.ts';
import type { W2vError } from '../../../src/errors.ts';
import type { Trained } from '../../../src/predict/engine.ts';
import { initialRows } from '../../../src/predict/initialize.ts';
import type { TrainSettings } from '../../../src/predict/settings.ts';
import { trainSettings } from '../../../src/predict/settings.ts';
import { trainWordVectors } from '../../../src/predict/train.ts';
import { createWasmEngine } from '../../../src/predict/wasm/engine.ts';
import { layOutMemory } from '../../../src/predict/wasm/training-memory.ts';
import type { Progress } from '../../../src/progress.ts';
import { cosine, plantedText, TOPICS } from '../planted-text.ts';

const planted = encodeText(plantedText(6000), { minCount: 1 });

async function train(corpus: EncodedCorpus, given: Partial<TrainSettings>, signal?: AbortSignal): Promise<Trained> {
  const settings = trainSettings({ threads: 1, ...given });
  const initial = initialRows(settings.dim, settings.seed);
  return (await createWasmEngine()).train({ corpus, settings, initial, signal });
}

const bytes = ({ input, output }: Trained) =>
  [input, output].map((m) => Buffer.from(Float32Array.from(m).buffer).toString('hex'));

describe('the portable engine', () => {
  it.each([
    ['skipgram', 1],
    ['skipgram', 3],
    ['cbow', 1],
    ['cbow', 3],
  ] as const)('learns planted synonyms: %s on %d threads', async (model, threads) => {
    const corpus = await planted;
    const result = await trainWordVectors(
      corpus,
      { model, dim: 20, epochs: 8, sample: 0, threads },
      { engine: await createWasmEngine() },
    );
    expect(result.engine).toBe('wasm');
    const { words, matrix } = result.vectors;
    const index = new Map(words.map((word, i) => [word, i]));
    for (let n = 0; n < TOPICS; n++) {
      const of = (word: string) => index.get(word) as number;
      const similarity = (other: string) => cosine(matrix, 20, of(`s${n}`), of(other));
      const strangers = Array.from({ length: TOPICS }, (_, m) => similarity(`t${m}`)).filter((_, m) => m !== n);
      expect(similarity(`t${n}`)).toBeGreaterThan(Math.max(...strangers));
    }
    expect(result.lossByEpoch).toHaveLength(8);
    expect(result.lossByEpoch[7]).toBeLessThan(result.lossByEpoch[0]);
    expect(result.trainedTokens).toBe(corpus.tokens * 8);
  });

  it.each(['skipgram', 'cbow'] as const)('gives the same bytes for a seed on one thread: %s', async (model) => {
    const corpus = await planted;
    const given = { model, dim: 10, epochs: 2 };
    const [first, again, other] = [
      await train(corpus, given),
      await train(corpus, given),
      await train(corpus, { ...given, seed: 2 }),
    ];
    expect(bytes(again)).toEqual(bytes(first));
    expect(again.lossByEpoch).toEqual(first.lossByEpoch);
    expect(bytes(other)).not.toEqual(bytes(first));
  });

  it('gives the same bytes whatever the threads when it is to be deterministic', async () => {
    const corpus = await planted;
    const given = { dim: 10, epochs: 2, deterministic: true };
    const [one, two] = [await train(corpus, { ...given, threads: 1 }), await train(corpus, { ...given, threads: 2 })];
    expect(bytes(two)).toEqual(bytes(one));
  });

  it.each([
    { dim: 1, negative: 1 },
    { dim: 3, negative: 64 },
    { dim: 101, negative: 6 },
    { dim: 4, window: 1000 },
    { dim: 4, window: 1 },
    { dim: 4, cbowSum: true, model: 'cbow' as const },
  ])('trains with $dim dimensions and what goes with them: %o', async (given) => {
    const corpus = await encodeText('one two three four\nfive\none two five four one two', { minCount: 1 });
    const { input, output, lossByEpoch } = await train(corpus, { epochs: 3, sample: 0, ...given });
    expect(input).toHaveLength(5 * given.dim);
    expect(output).toHaveLength(5 * given.dim);
    expect([...input, ...output].every(Number.isFinite)).toBe(true);
    expect(output.some((value) => value !== 0)).toBe(true);
    expect(lossByEpoch).toHaveLength(3);
  });

  it('trains on a corpus of one word without moving it: it is its own only negative and has no context', async () => {
    const corpus = await encodeText('alone', { minCount: 1 });
    const initial = new Float32Array(4);
    initialRows(4, 1).input(initial, 0);
    const { input, trainedTokens } = await train(corpus, { dim: 4, epochs: 1 });
    expect([...input]).toEqual([...initial]);
    expect(trainedTokens).toBe(0);
  });

  it('reports words, loss and learning rate while it trains', async () => {
    const corpus = await planted;
    const reports: Progress[] = [];
    const settings = trainSettings({ dim: 200, epochs: 60, threads: 1 });
    const initial = initialRows(200, 1);
    const engine = await createWasmEngine();
    await engine.train({ corpus, settings, initial, onProgress: (report) => reports.push(report) });
    const last = reports.at(-1);
    expect(last).toMatchObject({ phase: 'train', total: corpus.tokens * 60, unit: 'words' });
    expect(reports.every(({ done, total }) => done > 0 && done <= total)).toBe(true);
    expect(reports.find(({ loss }) => loss !== undefined)?.loss).toBeGreaterThan(0);
    expect(last?.learningRate).toBeLessThan(0.025);
  });

  it('stops when the signal fires', async () => {
    const corpus = await planted;
    const controller = new AbortController();
    const running = train(corpus, { dim: 100, epochs: 10_000, threads: 2 }, controller.signal);
    setTimeout(() => controller.abort(), 200);
    await expect(running).rejects.toMatchObject({ code: 'interrupted' });
  });

  it('stops with what a report throws', async () => {
    const corpus = await planted;
    const running = trainWordVectors(
      corpus,
      { dim: 100, epochs: 10_000, threads: 2 },
      {
        engine: await createWasmEngine(),
        onProgress() {
          throw new Error('the pipe is closed');
        },
      },
    );
    await expect(running).rejects.toThrow('the pipe is closed');
  });

  it('says before training that the rows do not fit, with the figures', () => {
    const shape = { model: 'skipgram', window: 5, negative: 5, threads: 2, chunk: 9000 } as const;
    const attempt = () => layOutMemory({ ...shape, words: 2_000_000, dim: 301 });
    expect(attempt).toThrowError(
      expect.objectContaining<Partial<W2vError>>({
        code: 'out-of-memory',
        message:
          'the portable engine needs 4.9 GB in one piece and can have 4.3 GB: two matrices of 2,000,000 words x 301 dimensions x 4 bytes are 4.9 GB',
        hint: "keep fewer words ({ maxVocab, minCount }), use fewer dimensions ({ dim }), or give { engine: 'tensorflow' }",
      }),
    );
  });
});
