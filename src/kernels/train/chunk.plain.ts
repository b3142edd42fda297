// What the training kernel should do, one number at a time in double precision, with the same random words: what both
// models share. skipgram.plain.ts and cbow.plain.ts have the models.
export interface ChunkTask {
  model: 'skipgram' | 'cbow';
  loss: 'ns' | 'hs' | 'softmax';
  cbowSum: boolean;
  dim: number;
  window: number;
  negative: number;
  rate: number;
  /** (V) probabilities x (2^32 - 1) */
  keeps: Uint32Array;
  /** (V) the negatives' distribution, and its alias tables. */
  noise: Float64Array;
  aliases: { keep: Uint32Array; alias: Int32Array };
  /**
   * Entries of the corpus from `from` on, of which `first` .. `last` - 1 are the chunk's own, others its neighbors'.
   */
  entries: Int32Array;
  chunk: { from: number; first: number; last: number; keepSeed: bigint; drawSeed: bigint };
  /** The input rows of each word: its own and those of its n-grams, more than once if it has one so often. */
  subwords?: readonly (readonly number[])[];
}

/** (V, D) each. */
export interface Matrices {
  input: Float64Array;
  output: Float64Array;
}

/** What a chunk did: the loss of the examples that were measured, how many these were, and the centers. */
export interface ChunkResult {
  loss: number;
  measured: number;
  centers: number;
}

/** A kept word of a line. */
interface Kept {
  id: number;
  isCenter: boolean;
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

/** What a chunk draws, in turn. */
export function createDraws({ chunk, window, keeps, aliases }: ChunkTask): {
  width(): number;
  negatives(count: number): number[];
} {
  let state = chunk.drawSeed;
  const draw = () => {
    state = wrap(state + GOLDEN);
    return mix(state);
  };
  const negative = () => {
    const bits = draw();
    const slot = scale(high(bits), keeps.length);
    return low(bits) <= aliases.keep[slot] ? slot : aliases.alias[slot];
  };
  return {
    width: () => 1 + scale(high(draw()), window),
    negatives: (count) => Array.from({ length: count }, negative),
  };
}

/** The chunk's lines of kept words. */
export function linesOf({ chunk, entries, keeps }: ChunkTask): Kept[][] {
  const lines: Kept[][] = [[]];
  entries.forEach((id, i) => {
    if (id < 0) lines.push([]);
    else if (isKept(keeps[id], chunk.from + i, chunk.keepSeed)) {
      lines.at(-1)?.push({ id, isCenter: i >= chunk.first && i < chunk.last });
    }
  });
  return lines;
}

export const rowOf = (matrix: Float64Array, id: number, D: number) => matrix.subarray(id * D, (id + 1) * D);

/** (D) the mean of a matrix's rows by the noise distribution. */
export function meanRow({ noise, dim }: Pick<ChunkTask, 'noise' | 'dim'>, matrix: ArrayLike<number>): Float64Array {
  const mean = new Float64Array(dim);
  for (let i = 0; i < noise.length * dim; i++) mean[i % dim] += noise[Math.floor(i / dim)] * matrix[i];
  return mean;
}
