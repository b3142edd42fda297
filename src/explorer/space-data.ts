// One file of vectors as the page needs it: words, counts, classes, maps, and vectors in 8 bits.

import type { OnProgress } from '../base/progress.ts';
import { finishInTurns, type Steps } from '../base/steps.ts';
import { neighborRows } from '../compare/neighbors.ts';
import type { TextForm } from '../corpus/asked-form.ts';
import type { Layout } from '../map/layout.ts';
import type { WordNet } from '../thesaurus/open-wordnet.ts';
import { classFinder, wordClasses } from '../thesaurus/word-classes.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import { addBlob, type Blobs } from './blobs.ts';
import type { LayoutData, QuantizedData, SpaceData } from './page-data.ts';
import { dequantized, quantize } from './quantized.ts';

/** A file of vectors to explore. */
export interface ExplorerFile {
  /** Shown in the page; without the folder. */
  name: string;
  vectors: WordVectors | SparseVectors;
  /** (V) */
  counts?: Float64Array | undefined;
  textForm?: TextForm | undefined;
  layouts: readonly Layout[];
}

export interface SpaceOptions {
  /** Colors words by class. */
  wordnet?: WordNet | undefined;
  /** Bytes for vectors in 8 bits: the first words that fit get one. 0: none. */
  vectorBytes: number;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

const UNKNOWN = 255; // instead of a class or of a percentage

/** `at` is the number of the file, which ends the names of its blobs. */
export async function spaceData(
  blobs: Blobs,
  at: number,
  { name, vectors, counts, textForm, layouts }: ExplorerFile,
  { wordnet, vectorBytes, onProgress, signal }: SpaceOptions,
): Promise<SpaceData> {
  const { words } = vectors;
  const add = (list: string, content: ArrayBufferView | readonly string[]) => addBlob(blobs, `${list}-${at}`, content);
  const data: SpaceData = { name, vocabulary: words.length, words: await add('words', words), layouts: [] };
  if (textForm !== undefined) data.textForm = textForm;
  if (counts !== undefined) data.counts = await add('counts', counts);
  if (wordnet !== undefined) {
    data.classes = await add('classes', await finishInTurns(classSteps(wordnet, words, onProgress), signal));
    data.classNames = wordClasses.map((one) => one.name);
  }
  for (const layout of layouts) data.layouts.push(await layoutData(layout, add));
  if ('dimensions' in vectors) {
    data.dimensions = vectors.dimensions;
    const rows = Math.min(
      words.length,
      Math.floor(vectorBytes / (vectors.dimensions + Float32Array.BYTES_PER_ELEMENT)),
    );
    if (rows > 0) data.vectors = await quantizedData(vectors, rows, add, signal);
  }
  return data;
}

type Add = (list: string, content: ArrayBufferView) => Promise<string>;

async function layoutData(layout: Layout, add: Add): Promise<LayoutData> {
  const { method, quality, positions, keptByWord } = layout;
  // -1 .. 1 to 0 .. 65535; a map beside another one may reach beyond, and is cut there.
  const places = Uint16Array.from(positions, (value) => Math.round(32767.5 * (1 + Math.max(-1, Math.min(1, value)))));
  const data: LayoutData = { method, positions: await add(method, places), quality };
  if (keptByWord !== undefined) {
    const percent = Uint8Array.from(keptByWord, (share) => (Number.isNaN(share) ? UNKNOWN : Math.round(100 * share)));
    data.keptByWord = await add(`${method}-kept`, percent);
  }
  return data;
}

async function quantizedData(
  vectors: WordVectors,
  rows: number,
  add: Add,
  signal: AbortSignal | undefined,
): Promise<QuantizedData> {
  const quantized = quantize(vectors, rows);
  const rounded = dequantized(quantized, vectors.dimensions);
  const agreement = await finishInTurns(agreementOf(vectors, rounded), signal);
  const numbers = await add('vectors', quantized.numbers);
  return { rows, numbers, scales: await add('scales', quantized.scales), agreement };
}

const WORDS_PER_STEP = 64;

/** (V) the first class of each word. */
function* classSteps(wordnet: WordNet, words: readonly string[], onProgress?: OnProgress): Steps<Uint8Array> {
  const classesOf = classFinder(wordnet);
  const classes = new Uint8Array(words.length);
  for (const [row, word] of words.entries()) {
    classes[row] = classesOf(word)[0] ?? UNKNOWN;
    if (row % WORDS_PER_STEP !== 0) continue;
    onProgress?.({ phase: 'word classes', done: row, total: words.length, unit: 'words' });
    yield;
  }
  return classes;
}

const SAMPLE = 200;
const K = 10;

/**
 * What 8 bits lose: the share of the ten nearest words that they and the full vectors have in common, 0 .. 1, over a
 * sample of words at equal distances in the file; 1 where there is nothing to compare.
 */
export function* agreementOf(vectors: WordVectors, rounded: Float32Array): Steps<number> {
  const rows = rounded.length / vectors.dimensions;
  const words = vectors.words.slice(0, rows);
  const sample = Math.min(SAMPLE, rows);
  const asked = Array.from({ length: sample }, (_, at) => Math.floor((at * rows) / sample));
  const k = Math.min(K, rows - 1);
  if (k < 1) return 1;
  const full = { ...vectors, words, matrix: vectors.matrix.subarray(0, rounded.length) };
  const before = yield* neighborRows(full, asked, k);
  const after = yield* neighborRows({ ...full, matrix: rounded }, asked, k);
  let [kept, found] = [0, 0];
  for (const [at, { rows: nearest }] of before.entries()) {
    const others = new Set(after[at].rows);
    found += nearest.length;
    for (const row of nearest) if (others.has(row)) kept++;
  }
  return found === 0 ? 1 : kept / found;
}
