import { describe, expect, it } from 'vitest';
import { type EngineChoice, openEngine } from '../../src/train/open-engine.ts';
import type { Model } from '../../src/train/settings.ts';
import { trainSettings } from '../../src/train/settings.ts';

describe('trainSettings', () => {
  it('fills in the defaults of word2vec.c, the learning rate by model', () => {
    expect(trainSettings({})).toMatchObject({
      model: 'skipgram',
      dim: 100,
      window: 5,
      negative: 5,
      learningRate: 0.025,
    });
    expect(trainSettings({ dim: 50 })).toMatchObject({ init: 'uniform', initScale: 0.01 });
    expect(trainSettings({ model: 'cbow' }).learningRate).toBe(0.05);
    expect(trainSettings({ model: 'cbow', learningRate: 0.1 }).learningRate).toBe(0.1);
  });

  it.each([
    [{ dim: 0 }, 'dim is 0: expected a whole number from 1 to 1000'],
    [{ dim: 2.5 }, 'dim is 2.5: expected a whole number from 1 to 1000'],
    [{ negative: 65 }, 'negative is 65: expected a whole number from 1 to 64'],
    [{ sample: 2 }, 'sample is 2: expected a number from 0 to 1'],
    [{ learningRate: Number.NaN }, 'learningRate is NaN: expected a number from 1e-9 to 10'],
    [{ model: 'skip-gram' as Model }, "model is 'skip-gram': expected skipgram or cbow"],
    [{ model: 'Cbow' as Model, learningRate: 0.1 }, "model is 'Cbow': expected skipgram or cbow"],
    [{ init: 'Xavier' as 'xavier' }, "init is 'Xavier': expected uniform, normal, xavier, he or zeros"],
    [{ initScale: 0 }, "initScale is 0 for init 'uniform': expected a number above 0, up to 1"],
    [
      { init: 'normal' as const, initScale: 1.5 },
      "initScale is 1.5 for init 'normal': expected a number above 0, up to 1",
    ],
    [{ init: 'he' as const, initScale: 11 }, "initScale is 11 for init 'he': expected a number above 0, up to 10"],
    [
      { init: 'he' as const, initScale: Number.NaN },
      "initScale is NaN for init 'he': expected a number above 0, up to 10",
    ],
    [{ init: 'zeros' as const, initScale: 1 }, "initScale is 1 for init 'zeros', which has none"],
    [{ epochs: 0 }, 'epochs is 0: expected a whole number from 1 to 10000'],
  ])('refuses %o', (given, message) => {
    expect(() => trainSettings(given)).toThrow(expect.objectContaining({ code: 'usage', message }));
  });

  it('an engine that is none is refused too', async () => {
    await expect(openEngine('tensorflo' as EngineChoice)).rejects.toMatchObject({
      code: 'usage',
      message: "engine is 'tensorflo': expected auto, tensorflow or wasm",
    });
  });
});
