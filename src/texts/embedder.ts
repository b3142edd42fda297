// How texts become vectors: the settings, checked, and the two steps they lead to.

import { textDefaults } from '../base/defaults.ts';
import { usage } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import type { Vocabulary } from '../corpus/vocabulary.ts';
import { checkVectors, type WordVectors } from '../vectors/word-vectors.ts';
import { createPooling, type Pooling, type PoolText } from './pooling.ts';
import { openWordsOfText, type TextWordOptions } from './words-of-text.ts';

/**
 * With the settings of the tokenizer of the text that the vectors were made from (their manifest names them). Without
 * any, each word is taken as it is written, else in lower case.
 */
export interface TextVectorOptions extends TextWordOptions {
  /** `mean` (default): of the words' unit vectors. `sif`: smooth inverse frequency, which needs `vocabulary`. */
  pooling?: Pooling | undefined;
  /** Counts of the words, such as those of `EncodedCorpus` or `parseVocabulary`. */
  vocabulary?: Vocabulary | undefined;
  /** a of the weight a / (a + p(w)) of 'sif', above 0; default 1e-3. */
  sifA?: number | undefined;
  /** Leading components that 'sif' removes, from 0 to D - 1; default 1. */
  removeComponents?: number | undefined;
  /** (R, D) row-major: removes these components instead of those of the texts. An earlier result has them. */
  components?: Float64Array | undefined;
}

/** Of `TextVectorOptions`. */
export const textVectorNames = {
  tokenizer: true,
  keepCase: true,
  locale: true,
  tokenizerModule: true,
  digits: true,
  phraseDelimiter: true,
  pooling: true,
  vocabulary: true,
  sifA: true,
  removeComponents: true,
  components: true,
} as const;

export interface TextEmbedder {
  /** The first step. */
  pool: PoolText;
  /** What the second step removes; undefined if it has to be found among the texts first. */
  components: Float64Array | undefined;
  /** R */
  removed: number;
}

/** Throws `usage`, and as `openTokenizer`. */
export async function openEmbedder(vectors: WordVectors, options: TextVectorOptions): Promise<TextEmbedder> {
  checkVectors(vectors);
  const { pooling = textDefaults.pooling, sifA = textDefaults.sifA, components } = options;
  checkSettings(options, vectors.dimensions);
  const { tokenizer, keepCase, locale, tokenizerModule, digits, phraseDelimiter } = options;
  const preparing = { tokenizer, keepCase, locale, tokenizerModule, digits, phraseDelimiter };
  const wordsOf = await openWordsOfText(vectors, preparing);
  const pool = createPooling(vectors, wordsOf, { ...options, pooling, sifA });
  if (pooling === 'mean') return { pool, components: new Float64Array(0), removed: 0 };
  if (components !== undefined) return { pool, components, removed: components.length / vectors.dimensions };
  const { removeComponents: removed = textDefaults.removeComponents } = options;
  return { pool, components: removed === 0 ? new Float64Array(0) : undefined, removed };
}

const poolings: readonly string[] = ['mean', 'sif'];

function checkSettings(options: TextVectorOptions, dimensions: number): void {
  const { pooling = textDefaults.pooling, sifA, removeComponents, components } = options;
  const refuse = (observed: string, hint: string) => usage(observed, hint);
  if (!poolings.includes(pooling)) {
    throw refuse(`pooling is '${quotable(String(pooling))}': expected mean or sif`, 'choose one of them');
  }
  const ofSif = (['sifA', 'removeComponents', 'components'] as const).find((name) => options[name] !== undefined);
  if (pooling === 'mean' && ofSif !== undefined) {
    throw refuse(`${ofSif} is a setting of pooling sif, and pooling is mean`, "add { pooling: 'sif' }");
  }
  if (sifA !== undefined && !(sifA > 0 && sifA < Number.POSITIVE_INFINITY)) {
    throw refuse(`sifA is ${sifA}: expected a number above 0`, 'leave it out for 0.001');
  }
  if (removeComponents !== undefined && components !== undefined) {
    throw refuse('removeComponents and components are both given', 'give one of them');
  }
  const most = dimensions - 1;
  if (
    removeComponents !== undefined &&
    !(Number.isInteger(removeComponents) && removeComponents >= 0 && removeComponents <= most)
  ) {
    throw refuse(`removeComponents is ${removeComponents}: expected a whole number from 0 to ${most}`, 'give 0 or 1');
  }
  if (components === undefined) return;
  const fits = components instanceof Float64Array && components.length % dimensions === 0;
  if (fits && components.every(Number.isFinite)) return;
  const observed = fits ? 'components has NaN or infinity' : `components is no Float64Array of rows of ${dimensions}`;
  throw refuse(observed, 'give the { components } of an earlier result with the same vectors');
}
