import { describe, expect, it } from 'vitest';
import { encodeText } from '../../../src/corpus/encode.ts';
import { trainSettings } from '../../../src/train/settings.ts';
import type { StepFacts, StepPlan } from '../../../src/train/tensorflow/step-plan.ts';
import { createWorkerSource } from '../../../src/train/tensorflow/step-ring.ts';
import { createInlineSource, type StepSource } from '../../../src/train/tensorflow/step-source.ts';
import { trainingShape } from '../../../src/train/tensorflow/training-shape.ts';
import { plantedText } from '../planted-text.ts';

async function planOf(model: 'skipgram' | 'cbow', sentences = 800): Promise<StepPlan> {
  const corpus = await encodeText(plantedText(sentences), { minCount: 1 });
  const { words, counts } = corpus.vocabulary;
  const settings = trainSettings({ model, window: 3, epochs: 2 });
  const keep = new Float64Array(words.length).fill(0.7);
  const { storage, length, tokens } = corpus;
  return { ...settings, shape: trainingShape(settings, tokens), storage, length, tokens, counts, keep };
}

interface Chain {
  facts: StepFacts;
  inputs: Record<string, number[]>;
}

/** All chains, copied: a slot is only valid until the next. */
async function chainsOf(source: StepSource): Promise<Chain[]> {
  const chains: Chain[] = [];
  for (let next = await source.next(); next; next = await source.next()) {
    const inputs = Object.entries(next.inputs).map(([name, values]) => [name, Array.from(values as Float32Array)]);
    chains.push({ facts: next.facts, inputs: Object.fromEntries(inputs) });
  }
  await source.close();
  return chains;
}

describe.each(['skipgram', 'cbow'] as const)('%s', (model) => {
  it('a worker thread makes the same steps as the main thread, chain by chain', async () => {
    const plan = await planOf(model);
    const inline = await chainsOf(createInlineSource(plan));
    expect(inline.length).toBeGreaterThan(8); // more than the ring has slots
    const ahead = await chainsOf(createWorkerSource(plan));
    expect(ahead.length).toBe(inline.length);
    for (const [i, chain] of inline.entries()) {
      expect(ahead[i].facts).toEqual(chain.facts);
      expect(JSON.stringify(ahead[i].inputs) === JSON.stringify(chain.inputs)).toBe(true);
    }
    expect(inline.at(-1)?.facts.done).toBe(2 * plan.tokens);
  });

  it('tells the examples of a chain, and the words read before it and after it', async () => {
    const plan = await planOf(model, 4000);
    let done: number | undefined;
    for (const { facts, inputs } of await chainsOf(createInlineSource(plan))) {
      const positives = inputs.weights.reduce((sum, weight) => sum + (weight === 1 ? 1 : 0), 0);
      expect(facts.examples).toBe(positives);
      expect(facts.before).toBe(done ?? facts.before);
      expect(facts.done).toBeGreaterThanOrEqual(facts.before);
      done = facts.done;
    }
    expect(done).toBe(2 * plan.tokens);
  });
});

const failure = {
  code: 'engine-unavailable',
  hint: 'train with { threads: 1 }, which prepares them on the main thread',
};

it('a worker that fails is told', async () => {
  const plan = { ...(await planOf('cbow')), storage: { file: 9999 } }; // no such descriptor
  const source = createWorkerSource(plan);
  await expect(source.next()).rejects.toMatchObject({
    ...failure,
    message: expect.stringMatching(/^the thread that prepares batches failed: EBADF/),
  });
  await source.close();
});

it('a worker that ends before its work is told, and waited for no longer', async () => {
  const source = createWorkerSource(await planOf('cbow'), new URL('data:text/javascript,process.exit(3)'));
  await expect(source.next()).rejects.toMatchObject({
    ...failure,
    message: 'the thread that prepares batches failed: it ended early, with exit code 3',
  });
  await source.close();
});
