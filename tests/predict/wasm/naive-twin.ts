// What the training kernel should do, with the same random words: its examples, and the reference's step on each
// (src/explain/word2vec/example-gradients.ts).
import { addTo, dot } from '../../../src/explain/matrix.ts';
import { sigmoidOf } from '../../../src/explain/nodes/activations.ts';
import { exampleGradients } from '../../../src/explain/word2vec/example-gradients.ts';

export interface TwinTask {
  model: 'skipgram' | 'cbow';
  cbowSum: boolean;
  dim: number;
  window: number;
  negative: number;
  rate: number;
  /** (V) probabilities x (2^32 - 1), and the alias tables of the negatives. */
  keeps: Uint32Array;
  aliases: { keep: Uint32Array; alias: Int32Array };
  /** Entries of the corpus from `from` on, of which `first` .. `last` - 1 are the chunk's own, others its neighbours'. */
  entries: Int32Array;
  chunk: { from: number; first: number; last: number; keepSeed: bigint; drawSeed: bigint };
}

export interface Example {
  centre: number;
  contexts: number[];
  /** The centre, then the different negatives; `weight`: how often each was drawn. */
  outputs: { id: number; weight: number }[];
}

const GOLDEN = 0x9e3779b97f4a7c15n;
const wrap = (value: bigint) => BigInt.asUintN(64, value);

function mix(state: bigint): bigint {
  let z = wrap((state ^ (state >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = wrap((z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}

const high = (bits: bigint) => Number(bits >> 32n);
const low = (bits: bigint) => Number(bits & 0xffffffffn);
const scale = (word: number, bound: number) => Number((BigInt(word) * BigInt(bound)) >> 32n);

/** Whether subsampling keeps a word: its chance is `keep` / (2^32 - 1). */
export function isKept(keep: number, position: number, keepSeed: bigint): boolean {
  return high(mix(wrap(keepSeed + BigInt(position + 1) * GOLDEN))) <= keep;
}

/** The examples of a chunk, in order. */
export function examplesOf(task: TwinTask): Example[] {
  const { chunk, entries, keeps, aliases, window, negative } = task;
  let state = chunk.drawSeed;
  const draw = () => {
    state = wrap(state + GOLDEN);
    return mix(state);
  };
  const lines: { id: number; isCentre: boolean }[][] = [[]];
  entries.forEach((id, i) => {
    if (id < 0) {
      lines.push([]);
      return;
    }
    if (isKept(keeps[id], chunk.from + i, chunk.keepSeed))
      lines.at(-1)?.push({ id, isCentre: i >= chunk.first && i < chunk.last });
  });
  const examples: Example[] = [];
  for (const line of lines) {
    line.forEach(({ id: centre, isCentre }, t) => {
      if (!isCentre) return;
      const width = 1 + scale(high(draw()), window);
      const around = [...line.slice(Math.max(0, t - width), t), ...line.slice(t + 1, t + width + 1)];
      if (around.length === 0) return;
      const outputs = [{ id: centre, weight: 1 }];
      for (let k = 0; k < negative; k++) {
        const bits = draw();
        const slot = scale(high(bits), keeps.length);
        const id = low(bits) <= aliases.keep[slot] ? slot : aliases.alias[slot];
        const known = outputs.find((output) => output.id === id);
        if (id === centre) continue;
        if (known) known.weight++;
        else outputs.push({ id, weight: 1 });
      }
      examples.push({ centre, contexts: around.map(({ id }) => id), outputs });
    });
  }
  return examples;
}

/** An example as it is worked off: skip-gram takes 32 contexts at a time. */
export function partsOf({ model }: Pick<TwinTask, 'model'>, example: Example): Example[] {
  if (model === 'cbow') return [example];
  const { contexts } = example;
  const parts = Array.from({ length: Math.ceil(contexts.length / 32) }, (_, i) => contexts.slice(32 * i, 32 * (i + 1)));
  return parts.map((part) => ({ ...example, contexts: part }));
}

/** The example with W_in and W_out, (V, D), as the reference takes it. */
function gradientsOf(task: TwinTask, { contexts, outputs }: Example, input: Float64Array, output: Float64Array) {
  const asMatrix = (values: Float64Array) => ({ rows: values.length / task.dim, columns: task.dim, values });
  const labelled = outputs.map(({ id, weight }, k) => ({ id, weight, label: k === 0 ? (1 as const) : (0 as const) }));
  return exampleGradients(
    { inputs: contexts, outputs: labelled },
    { input: asMatrix(input), output: asMatrix(output) },
    { model: task.model, hidden: task.cbowSum ? 'sum' : 'mean', contextGradient: 'whole' },
  );
}

/** The negative-sampling loss of an example. */
export function lossOf(task: TwinTask, example: Example, input: Float64Array, output: Float64Array): number {
  return gradientsOf(task, example, input, output).loss;
}

/** One update, in place: the reference's. */
export function updateByExample(task: TwinTask, example: Example, input: Float64Array, output: Float64Array): void {
  const { dim: D, rate } = task;
  const repeated = repeatsOf(task, example, input, output);
  const gradients = gradientsOf(task, example, input, output);
  addTo(input, gradients.input.values, -rate);
  addTo(output, gradients.output.values, -rate);
  for (const { id, step } of repeated) addTo(output.subarray(id * D, (id + 1) * D), step);
}

/**
 * The one liberty the skip-gram kernel takes: a word that is twice among the contexts. With one group of six rows, the rows of
 * W_out learn at its second turn from the row that its first has moved already, not from the one before the example. What
 * they then move more than in the reference.
 */
function repeatsOf(task: TwinTask, example: Example, input: Float64Array, output: Float64Array) {
  const { dim: D, rate, model } = task;
  const { contexts, outputs } = example;
  if (model === 'cbow' || outputs.length > 6) return [];
  const moved = new Map<number, Float64Array>();
  return contexts.flatMap((context) => {
    const { input: gradient } = gradientsOf(task, { ...example, contexts: [context] }, input, output);
    const shift = moved.get(context);
    const row = gradient.values.subarray(context * D, (context + 1) * D);
    moved.set(
      context,
      row.map((slope, d) => (shift?.[d] ?? 0) - rate * slope),
    );
    if (shift === undefined) return [];
    const query = input.subarray(context * D, (context + 1) * D);
    return outputs.map(({ id, weight }, k) => {
      const score = dot(query, output.subarray(id * D, (id + 1) * D));
      const error = (k === 0 ? 1 : 0) - sigmoidOf(score);
      return { id, step: shift.map((value) => rate * weight * error * value) };
    });
  });
}
