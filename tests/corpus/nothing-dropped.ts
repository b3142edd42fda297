// What reading a text reports when nothing of it is left out, written out, as --json prints it.
import type { CorpusDropped } from '../../src/corpus/encoded-corpus.ts';

export const nothingDropped: CorpusDropped = {
  rareTypes: 0,
  rareTokens: 0,
  cappedTypes: 0,
  cappedTokens: 0,
  prunedTypes: 0,
  stopTokens: 0,
  stopTypes: 0,
  prunedTokens: 0,
  invalidBytes: 0,
  overlongTokens: 0,
};
