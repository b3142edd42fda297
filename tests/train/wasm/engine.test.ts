import { describe, expect, it } from 'vitest';
import type { W2vError } from '../../../src/base/errors.ts';
import { encodeText } from '../../../src/corpus/encode.ts';
import { initialRows } from '../../../src/train/initialize.ts';
import { trainSettings } from '../../../src/train/settings.ts';
import { runTraining } from '../../../src/train/train-loop.ts';
import { createWasmEngine } from '../../../src/train/wasm/engine.ts';
import { layOutMemory } from '../../../src/train/wasm/training-memory.ts';

// What both engines promise is tested in ../conformance.test.ts, ../stepping.test.ts and ../train-loop.test.ts.
describe('the portable engine', () => {
  it('trains on a corpus of one word without moving it: it is its own only negative and has no context', async () => {
    const corpus = await encodeText('alone', { minCount: 1 });
    const initial = new Float32Array(4);
    const settings = trainSettings({ dim: 4, epochs: 1 });
    initialRows(settings, 1).input(initial, 0);
    const task = { corpus, settings, initial: initialRows(settings, 1) };
    const { input, trainedTokens } = await runTraining(await createWasmEngine(), task);
    expect([...input]).toEqual([...initial]);
    expect(trainedTokens).toBe(0);
  });

  it('says before training that the rows do not fit, with the figures', () => {
    const shape = {
      ...({ model: 'skipgram', loss: 'ns', window: 5, negative: 5 } as const),
      ...{ threads: 2, chunk: 9000 },
    };
    const attempt = () => layOutMemory({ ...shape, words: 2_000_000, dim: 301 });
    expect(attempt).toThrowError(
      expect.objectContaining<Partial<W2vError>>({
        code: 'out-of-memory',
        message:
          'the portable engine needs 4.9 GB in one piece and can have 4.3 GB: two matrices of 2,000,000 words x 301 dimensions x 4 bytes are 4.9 GB; 1,754,374 words of 301 dimensions fit, or 264 dimensions of 2,000,000 words',
        hint: "keep fewer words ({ maxVocab, minCount }), use fewer dimensions ({ dim }), or give { engine: 'tensorflow' }",
      }),
    );
  });
});
