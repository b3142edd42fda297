// Vectors of texts (sentences, lines, documents) from the vectors of their words: pooling.ts, then components.ts.
import { outOfMemory, usage } from '../base/errors.ts';
import { checkOptionNames, namesOf } from '../base/option-names.ts';
import { finishInTurns, type Steps } from '../base/steps.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import { createTextSample, removeComponents } from './components.ts';
import { openEmbedder, type TextEmbedder, type TextVectorOptions, textVectorNames } from './embedder.ts';
import type { PooledText } from './pooling.ts';

/** How texts are split into words and how their vectors are combined. */
export interface EmbedTextsOptions extends TextVectorOptions {
  /** Stops the work within about 20 ms; the promise is then rejected with `interrupted`. */
  signal?: AbortSignal | undefined;
}

/** What the texts have. */
export interface TextFacts {
  texts: number;
  /** All words of the texts. */
  tokens: number;
  /** Those that have no vector, or one that holds NaN or infinity; they are left out. */
  unknownTokens: number;
  /** Those that the vocabulary lacks, and whose vectors are composed of their n-grams. */
  composedTokens: number;
  /** Texts without a known word: their vectors are zeros. */
  withoutWords: number;
}

/** Vectors of N texts. */
export interface TextEmbeddings {
  /** (N, D) row-major: row i is the vector of text i. Not normalized. */
  matrix: Float32Array;
  /** D */
  dimensions: number;
  /**
   * (R, D) row-major, orthonormal: what 'sif' removed. Give it for later texts, so that their vectors are comparable.
   */
  components: Float64Array;
  facts: TextFacts;
}

const optionNames = namesOf<EmbedTextsOptions>({ ...textVectorNames, signal: true });

/**
 * A vector for each of N texts: the mean of its words' unit vectors (as fastText's print-sentence-vectors), or smooth
 * inverse frequency (Arora, Liang & Ma 2017). Yields to the event loop every 20 ms.
 *
 * @param vectors (V, D)
 * @throws W2vError 'usage': texts that are not a list of strings, settings out of range, `sif` without `vocabulary`,
 *   or with fewer texts with known words than it takes to find the components; 'interrupted'; and as the tokenizer
 *   throws
 */
export async function embedTexts(
  vectors: WordVectors,
  texts: readonly string[],
  options: EmbedTextsOptions = {},
): Promise<TextEmbeddings> {
  checkOptionNames('embedTexts', options, optionNames);
  if (!Array.isArray(texts)) throw usage('the texts are not a list', 'give an array of strings');
  const embedder = await openEmbedder(vectors, options);
  return finishInTurns(embedTextsSteps(embedder, vectors.dimensions, texts), options.signal);
}

const TOGETHER = 64; // texts between two pauses

function* embedTextsSteps(embedder: TextEmbedder, dimensions: number, texts: readonly string[]): Steps<TextEmbeddings> {
  const matrix = allocate(texts.length, dimensions);
  const facts: TextFacts = { ...noFacts, texts: texts.length };
  const sample = embedder.components === undefined ? createTextSample(dimensions) : undefined;
  for (let row = 0; row < texts.length; row++) {
    addText(facts, embedder.pool(checkedText(texts[row], row), matrix, row * dimensions));
    sample?.add(matrix, row * dimensions);
    if (row % TOGETHER === 0) yield;
  }
  const components = embedder.components ?? (yield* sample!.components(embedder.removed));
  for (let row = 0; components.length > 0 && row < texts.length; row++) {
    removeComponents(matrix, row * dimensions, components, dimensions);
    if (row % TOGETHER === 0) yield;
  }
  return { matrix, dimensions, components, facts };
}

export const noFacts: TextFacts = { texts: 0, tokens: 0, unknownTokens: 0, composedTokens: 0, withoutWords: 0 };

export function addText(facts: TextFacts, { tokens, known, composed }: PooledText): void {
  facts.tokens += tokens;
  facts.unknownTokens += tokens - known;
  facts.composedTokens += composed;
  if (known === 0) facts.withoutWords++;
}

export function checkedText(text: unknown, at: number): string {
  if (typeof text === 'string') return text;
  throw usage(`text ${at + 1} is of type ${typeof text}, expected a string`, 'give texts as strings');
}

function allocate(texts: number, dimensions: number): Float32Array {
  try {
    return new Float32Array(texts * dimensions);
  } catch (cause) {
    const observed = `the vectors of ${texts} texts need ${4 * texts * dimensions} bytes, more than there is`;
    throw outOfMemory(observed, 'embed fewer texts at a time', { cause });
  }
}
