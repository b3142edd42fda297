// The texts most similar to a query, by the cosine of their vectors (embedTexts), while the texts stream by: only the
// best k of each query are kept.

import { BestRows } from '../algebra/best-rows.ts';
import { dotProducts } from '../algebra/dot-products.ts';
import { checkList } from '../base/check.ts';
import { queryDefaults } from '../base/defaults.ts';
import { throwIfAborted, usage, type W2vError } from '../base/errors.ts';
import { checkOptionNames, namesOf } from '../base/option-names.ts';
import { createTurns, finishInTurns } from '../base/steps.ts';
import { inverseNorm } from '../vectors/norms.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import { createTextSample, removeComponents } from './components.ts';
import { addText, checkedText, noFacts, type TextFacts } from './embed-texts.ts';
import { openEmbedder, type TextEmbedder, type TextVectorOptions, textVectorNames } from './embedder.ts';

/** How many texts are wanted, and how their vectors are made. */
export interface SearchTextsOptions extends TextVectorOptions {
  /** Texts in the answer to each query, at least 1; default 10. */
  k?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** A text that is similar to a query. */
export interface TextMatch {
  /** The place of the text among the texts, from 1 on: the line of a file. */
  line: number;
  text: string;
  /** Cosine, -1 .. 1. */
  similarity: number;
}

/** The best texts for each query. */
export interface TextSearch {
  /** For each query its best texts, best first, of equal ones the first; none if the query has no known word. */
  matches: TextMatch[][];
  /** As in `TextEmbeddings`. */
  components: Float64Array;
  facts: TextFacts;
}

/** Texts one after another. 'sif' reads them twice, unless it is given `components`. */
export type Texts = Iterable<string> | AsyncIterable<string>;

const optionNames = namesOf<SearchTextsOptions>({ ...textVectorNames, k: true, signal: true });

const BLOCK = 256; // texts scored together

/**
 * The k texts nearest to each query. Texts without a known word are never an answer. Memory grows with the queries and
 * k, not with the texts.
 *
 * @param vectors (V, D)
 * @throws W2vError as `embedTexts`, 'interrupted', and 'usage' for k below 1 and for texts that can be read only once
 *   where 'sif' reads them twice
 */
export async function searchTexts(
  vectors: WordVectors,
  texts: Texts,
  queries: readonly string[],
  options: SearchTextsOptions = {},
): Promise<TextSearch> {
  checkOptionNames('searchTexts', options, optionNames);
  checkTexts(texts);
  checkList(queries, 'queries', 'texts');
  const { k = queryDefaults.neighbors, signal } = options;
  if (!Number.isInteger(k) || k < 1) {
    throw usage(`k is ${k}, expected a whole number of at least 1`, 'request at least one text');
  }
  const embedder = await openEmbedder(vectors, options);
  const { dimensions } = vectors;
  const { components, read } =
    embedder.components === undefined
      ? await firstPass(texts, embedder, dimensions, signal)
      : { components: embedder.components };
  const asked = queries.map((query, at) => {
    const vector = new Float32Array(dimensions);
    embedder.pool(checkedText(query, at), vector, 0);
    removeComponents(vector, 0, components, dimensions);
    return vector;
  });
  const ranking = createRanking(asked, dimensions, k);
  const facts: TextFacts = { ...noFacts };
  const block = new Float32Array(BLOCK * dimensions);
  const lines: string[] = [];
  await eachText(texts, signal, (text) => {
    const offset = lines.length * dimensions;
    addText(facts, embedder.pool(text, block, offset));
    facts.texts++;
    removeComponents(block, offset, components, dimensions);
    lines.push(text);
    if (lines.length < BLOCK) return;
    ranking.add(block, lines);
    lines.length = 0;
  });
  ranking.add(block, lines);
  if (read !== undefined && read !== facts.texts) throw changed(read, facts.texts);
  return { matches: ranking.matches(), components, facts };
}

function checkTexts(texts: Texts): void {
  const { [Symbol.iterator]: inTurn, [Symbol.asyncIterator]: asTheyCome } = Object(texts);
  if (typeof texts !== 'string' && (inTurn !== undefined || asTheyCome !== undefined)) return;
  const observed = `the texts are of type ${typeof texts}, expected a list or another iterable of strings`;
  throw usage(observed, 'give an array of strings');
}

/** The components of the texts, in a pass of its own; and how many texts there were. */
async function firstPass(
  texts: Texts,
  { pool, removed }: TextEmbedder,
  dimensions: number,
  signal: AbortSignal | undefined,
): Promise<{ components: Float64Array; read: number }> {
  const sample = createTextSample(dimensions);
  const vector = new Float32Array(dimensions);
  let read = 0;
  await eachText(texts, signal, (text) => {
    pool(text, vector, 0);
    sample.add(vector, 0);
    read++;
  });
  return { components: await finishInTurns(sample.components(removed), signal), read };
}

function changed(first: number, second: number): W2vError {
  const observed = `pooling sif reads the texts twice: ${first} came the first time, ${second} the second time`;
  const hint = 'give an array or another source that starts again, or the { components } of an earlier result';
  return usage(observed, hint);
}

async function eachText(texts: Texts, signal: AbortSignal | undefined, take: (text: string) => void): Promise<void> {
  const turns = createTurns();
  let at = 0;
  for await (const text of texts) {
    take(checkedText(text, at++));
    if (!turns.isDue()) continue;
    await turns.take();
    throwIfAborted(signal);
  }
}

/** The best k of the blocks added so far, for each query. */
function createRanking(queries: readonly Float32Array[], dimensions: number, k: number) {
  const inverse = queries.map((query) => inverseNorm(query, 0, dimensions));
  const best = queries.map(() => new BestRows(k));
  const asked = queries.map((query) => Float64Array.from(query));
  const products = new Float64Array(BLOCK);
  const norms = new Float64Array(BLOCK);
  /** The texts that a query may be answered with, and some that were. */
  let kept = new Map<number, string>();
  let limit = 2 * queries.length * k + BLOCK;
  let before = 0;

  function score(at: number, lines: readonly string[]): void {
    const scale = inverse[at];
    const found = best[at];
    if (!(scale > 0)) return;
    for (let row = 0; row < lines.length; row++) {
      if (!(norms[row] > 0)) continue;
      const similarity = products[row] * norms[row] * scale;
      if (!(similarity > found.worst)) continue;
      found.add(before + row, similarity);
      kept.set(before + row, lines[row]);
    }
  }

  function forget(): void {
    const needed = new Map<number, string>();
    for (const one of best) for (const row of one.rows()) needed.set(row, kept.get(row)!);
    kept = needed;
    limit = 2 * needed.size + BLOCK;
  }

  return {
    add(block: Float32Array, lines: readonly string[]): void {
      for (let row = 0; row < lines.length; row++) norms[row] = inverseNorm(block, row * dimensions, dimensions);
      for (const [at, query] of asked.entries()) {
        dotProducts(block, dimensions, 0, lines.length, query, products);
        score(at, lines);
      }
      before += lines.length;
      if (kept.size > limit) forget();
    },
    matches: (): TextMatch[][] =>
      best.map((one) =>
        one.sorted().map(([row, similarity]) => ({
          line: row + 1,
          text: kept.get(row)!,
          similarity: Math.max(-1, Math.min(1, similarity)),
        })),
      ),
  };
}
