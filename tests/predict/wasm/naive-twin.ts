// What the training kernel should do, one number at a time in double precision, with the same random words.
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

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const rowOf = (matrix: Float64Array, id: number, D: number) => matrix.subarray(id * D, (id + 1) * D);
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += a[d] * b[d];
  return sum;
};

function hiddenOf(task: TwinTask, example: Example, input: Float64Array): Float64Array {
  const hidden = new Float64Array(task.dim);
  for (const id of example.contexts)
    rowOf(input, id, task.dim).forEach((x, d) => {
      hidden[d] += x;
    });
  return task.cbowSum ? hidden : hidden.map((x) => x / example.contexts.length);
}

/** The negative-sampling loss of an example, and of how many examples in the sense of the loss's mean. */
export function lossOf(task: TwinTask, example: Example, input: Float64Array, output: Float64Array): number {
  const D = task.dim;
  const queries =
    task.model === 'skipgram' ? example.contexts.map((id) => rowOf(input, id, D)) : [hiddenOf(task, example, input)];
  let loss = 0;
  for (const query of queries) {
    example.outputs.forEach(({ id, weight }, k) => {
      const score = dot(query, rowOf(output, id, D));
      loss -= weight * Math.log(sigmoid(k === 0 ? score : -score));
    });
  }
  return loss;
}

/** One update, in place. */
export function updateByExample(task: TwinTask, example: Example, input: Float64Array, output: Float64Array): void {
  const { dim: D, rate } = task;
  const { contexts, outputs } = example;
  const before = outputs.map(({ id }) => rowOf(output, id, D).slice());
  const gradients = (query: ArrayLike<number>) =>
    outputs.map(({ weight }, k) => rate * weight * ((k === 0 ? 1 : 0) - sigmoid(dot(query, before[k]))));
  if (task.model === 'cbow') {
    const hidden = hiddenOf(task, example, input);
    const G = gradients(hidden);
    outputs.forEach(({ id }, k) => {
      const row = rowOf(output, id, D);
      for (let d = 0; d < D; d++) row[d] += G[k] * hidden[d];
    });
    for (const id of contexts) {
      const row = rowOf(input, id, D);
      for (let d = 0; d < D; d++) for (let k = 0; k < G.length; k++) row[d] += G[k] * before[k][d];
    }
    return;
  }
  const G = contexts.map((id) => gradients(rowOf(input, id, D)));
  const old = contexts.map((id) => rowOf(input, id, D).slice());
  contexts.forEach((context, j) => {
    const row = rowOf(input, context, D);
    // A word that is twice among the contexts: with one group of six rows its second turn sees what the first has done.
    const seen = outputs.length <= 6 ? row.slice() : old[j];
    outputs.forEach(({ id }, k) => {
      const target = rowOf(output, id, D);
      for (let d = 0; d < D; d++) {
        row[d] += G[j][k] * before[k][d];
        target[d] += G[j][k] * seen[d];
      }
    });
  });
}
