import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { finish } from '../../src/base/steps.ts';
import { contextsOf } from '../../src/explain/contexts.ts';
import { comparePretraining } from '../../src/explain/deep/pretraining.ts';
import { signalsThrough } from '../../src/explain/deep/signals.ts';
import { lessonDefaults, openLesson } from '../../src/explain/lesson.ts';
import { copyOf, filled } from '../../src/explain/matrix.ts';
import { en } from '../../src/explain/strings/en.ts';
import { exampleGradients } from '../../src/explain/word2vec/example-gradients.ts';
import { drawNegatives, noiseChances } from '../../src/explain/word2vec/negatives.ts';
import { lowestLoss, softmaxExamples, softmaxGradients, trainSoftmax } from '../../src/explain/word2vec/training.ts';
import { startingWeights, wordChances } from '../../src/explain/word2vec/weights.ts';

const lesson = openLesson(lessonDefaults.text, { ...lessonDefaults }, en);
const word2vec = openLesson(lessonDefaults.text, { ...lessonDefaults, as: 'word2vec' }, en);

describe('negatives', () => {
  it('are drawn in proportion to count^0.75', () => {
    const chances = noiseChances([100, 1]);
    expect(chances[0] / chances[1]).toBeCloseTo(100 ** 0.75, 10);
    const random = createRandom(1);
    const draws = Array.from(
      { length: 20_000 },
      () => drawNegatives(noiseChances([4, 2, 1]), -1, 1, 'word2vec', random)[0],
    );
    for (const [id, chance] of noiseChances([4, 2, 1]).entries()) {
      expect(draws.filter((draw) => draw === id).length / draws.length).toBeCloseTo(chance, 1);
    }
  });

  it('as in the book: all different, never the target, and not more than there are', () => {
    const random = createRandom(1);
    for (let i = 0; i < 100; i++) {
      expect(drawNegatives(noiseChances([5, 1, 1, 1]), 0, 3, 'book', random).sort()).toEqual([1, 2, 3]);
      expect(drawNegatives(noiseChances([5, 1]), 1, 3, 'book', random)).toEqual([0]);
    }
  });

  it('as in word2vec.c: with replacement, and without those that are the target', () => {
    const random = createRandom(1);
    const draws = Array.from({ length: 200 }, () => drawNegatives(noiseChances([9, 1]), 0, 5, 'word2vec', random));
    expect(draws.flat().every((id) => id === 1)).toBe(true);
    expect(draws.some((ids) => ids.length === 0)).toBe(true);
    expect(draws.some((ids) => ids.length > 1)).toBe(true);
  });
});

describe('training a small model', () => {
  // Contexts of different number in one batch go through different graphs.
  it.each([lesson, word2vec])('has the gradients of its loss', (given) => {
    const random = createRandom(5);
    const start = startingWeights(given);
    const weights = { input: copyOf(start.input), output: copyOf(start.output) };
    for (const matrix of Object.values(weights))
      for (const i of matrix.values.keys()) matrix.values[i] = random.normal();
    for (const model of ['cbow', 'skipgram'] as const) {
      const batch = softmaxExamples(model, contextsOf(given));
      const exact = softmaxGradients(weights, batch, false);
      for (const which of ['input', 'output'] as const) {
        for (const [i, slope] of exact[which].values.entries()) {
          const lossAt = (shift: number) => {
            const moved = copyOf(weights[which]);
            moved.values[i] += shift;
            return softmaxGradients({ ...weights, [which]: moved }, batch, false).loss;
          };
          expect(slope).toBeCloseTo((lossAt(1e-5) - lossAt(-1e-5)) / 2e-5, 7);
        }
      }
    }
  });

  it.each([lesson, word2vec])('learns the missing word of the sentence', (given) => {
    const examples = contextsOf(given);
    const start = startingWeights(given);
    const settings = {
      model: 'cbow',
      learningRate: 0.5,
      epochs: 800,
      batch: 3,
      seed: 1,
      wholeGradient: false,
    } as const;
    const { weights, losses } = finish(trainSoftmax(start, softmaxExamples('cbow', examples), settings));
    expect(losses[0]).toBeCloseTo(Math.log(given.words.length), 1);
    expect(losses.at(-1)!).toBeLessThan(losses[0] / 3);
    const { center, contexts } = examples.find((example) => given.words[example.center] === 'and')!;
    const chances = wordChances(weights, contexts);
    expect(chances[center]).toBeGreaterThan(0.9);
    expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12);
  });

  it('knows the lowest loss: the same inputs with several answers', () => {
    const examples = [
      { inputs: [1, 3], answer: 2 },
      { inputs: [3, 1], answer: 4 },
      { inputs: [0], answer: 1 },
      { inputs: [1], answer: 0 },
    ];
    expect(lowestLoss(examples)).toBeCloseTo((2 * Math.log(2)) / 4, 12);
    expect(lowestLoss(softmaxExamples('cbow', contextsOf(lesson)))).toBeCloseTo((2 * Math.log(2)) / 6, 12);
  });

  it('learns nothing from zeros in both matrices', () => {
    const zero = { input: filled(3, 2), output: filled(3, 2) };
    const example = { inputs: [0, 1], outputs: [{ id: 2, label: 1 as const, weight: 1 }] };
    const settings = { model: 'cbow', hidden: 'mean', contextGradient: 'whole' } as const;
    const { input, output } = exampleGradients(example, zero, settings);
    expect([...input.values, ...output.values].every((slope) => slope === 0)).toBe(true);
  });
});

describe('deep networks', () => {
  it('sigmoid: gradients vanish; zeros: nothing comes through', () => {
    const { gradients } = signalsThrough('sigmoid', 'Xavier', 1);
    for (let layer = 1; layer < gradients.length; layer++) {
      expect(gradients[layer - 1]).toBeLessThan(0.5 * gradients[layer]);
    }
    expect(signalsThrough('tanh', 'zeros', 1).spread).toEqual([0, 0, 0, 0, 0]);
  });

  it('He keeps ReLU alive, Xavier tanh; 0.01 does neither', () => {
    const last = (...given: Parameters<typeof signalsThrough>) => signalsThrough(...given).spread.at(-1)!;
    expect(last('ReLU', 'He', 1)).toBeGreaterThan(0.3);
    expect(last('tanh', 'Xavier', 1)).toBeGreaterThan(0.2);
    expect(last('ReLU', '0.01', 1)).toBeLessThan(1e-4);
    expect(last('tanh', '0.01', 1)).toBeLessThan(1e-4);
    expect(last('ReLU', '1', 1)).toBeGreaterThan(100);
  });

  it('pre-training lowers the reconstruction error, and what follows learns faster', () => {
    const { errors, runs } = finish(comparePretraining(1));
    for (const ofLayer of errors) expect(ofLayer.at(-1)!).toBeLessThan(0.8 * ofLayer[0]);
    const [pretrained, small, xavier] = runs.map(({ tuning }) => tuning.losses.at(-1)!);
    expect(pretrained).toBeLessThan(0.5 * Math.min(small, xavier));
  });
});
