// The three parts of combined vectors and their shares of a cosine. No single one is best at everything
// (docs/quality.md): subwords answer analogies and know rare words, counting knows frequent ones from little text,
// skip-gram knows best which words are related.
import type { OnProgress } from '../base/progress.ts';
import { type CombinedVectors, combineVectors } from '../vectors/combine.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';

export const partNames = ['subwords', 'counting', 'skip-gram'] as const;
export type PartName = (typeof partNames)[number];

/** w_i^2: what each part adds to a cosine; together 1. */
export const partShares: Record<PartName, number> = { subwords: 0.6, counting: 0.1, 'skip-gram': 0.3 };

/** w_i, so that the concatenated rows have length 1. */
export const partWeights = partNames.map((name) => Math.sqrt(partShares[name]));

export const partDefaults = {
  subwords: '3..6', // fastText -minn, -maxn
  buckets: 200_000, // as good as fastText's 2,000,000 up to 17 million words, for a tenth of the memory
  subwordWindow: 3, // at most: the word forms that n-grams share tell more of near words
};

/**
 * @param parts of the same words
 * @returns vectors of all their dimensions; words that they lack are composed from the subwords'
 */
export function combineParts(
  parts: Record<PartName, WordVectors>,
  run: { onProgress?: OnProgress | undefined; signal?: AbortSignal | undefined },
): Promise<CombinedVectors> {
  const list = partNames.map((name) => parts[name]);
  return combineVectors(list, { weights: partWeights, subwords: true, ...run });
}
