// The long lists of a comparison: rows of the same word, common neighbors, and how frequent words are.
import type { WordOverlap } from '../../../compare/changed-words.ts';
import { type FrequencySteps, frequencySteps } from '../../frequent-enough.ts';
import type { BlobName, PairData } from '../../page-data.ts';
import type { App } from '../app.ts';

export interface PairLists {
  pair: PairData;
  /** For each file, (V) the row of the same word in the other one, or -1. */
  rows: readonly [Int32Array, Int32Array];
  overlap: WordOverlap;
  /** The same between two seeds. */
  seeds: WordOverlap | undefined;
  frequency: FrequencySteps;
}

/** The lists of a page with two files. */
export async function loadPairLists({ spaces, blob }: App, pair: PairData): Promise<PairLists> {
  const overlapOf = async ({ overlap, wider }: { overlap: BlobName; wider: BlobName }): Promise<WordOverlap> => ({
    byWord: new Uint8Array(await blob(overlap)),
    widerByWord: new Uint8Array(await blob(wider)),
  });
  const rows = await blob(pair.rows);
  const forth = new Int32Array(rows);
  const back = new Int32Array(spaces[1].list.length).fill(-1);
  for (const [row, other] of forth.entries()) if (other >= 0) back[other] = row;
  return {
    pair,
    rows: [forth, back],
    overlap: await overlapOf(pair),
    seeds: pair.seeds && (await overlapOf(pair.seeds)),
    frequency: frequencySteps(forth, [spaces[0].countList, spaces[1].countList]),
  };
}
