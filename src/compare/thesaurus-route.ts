// Makes a route from WordNet: its similarity measure for scores, its synonyms as neighbors.
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { usage } from '../base/errors.ts';
import type { Vocabulary } from '../corpus/vocabulary.ts';
import type { System } from '../evaluate/compare-files.ts';
import { isKnown } from '../thesaurus/base-forms.ts';
import { describeWord } from '../thesaurus/describe-word.ts';
import { informationContent } from '../thesaurus/information-content.ts';
import type { WordNet } from '../thesaurus/open-wordnet.ts';
import {
  type PathMeasure,
  synsetSimilarity,
  type ThesaurusMeasure,
  thesaurusSimilarity,
} from '../thesaurus/thesaurus-similarity.ts';
import type { Route } from './routes-comparison.ts';

/** Lin and Resnik need `vocabulary` for the information content. */
export function thesaurusSystem(
  wordnet: WordNet,
  measure: ThesaurusMeasure,
  vocabulary?: Pick<Vocabulary, 'words' | 'counts'>,
): System {
  const counted = measure === 'lin' || measure === 'resnik';
  const similarity =
    vocabulary === undefined || !counted
      ? synsetSimilarity(wordnet, measure as PathMeasure)
      : synsetSimilarity(wordnet, measure, informationContent(wordnet, vocabulary));
  const similarityOf = thesaurusSimilarity(wordnet, similarity);
  return { name: `WordNet ${wordnet.version} (${measure})`, similarityOf };
}

/**
 * WordNet as a route of a comparison, with its coverage of the vocabulary and its neighbors of a word. Throws `usage`
 * for lin and resnik without counts.
 */
export async function thesaurusRoute(
  wordnet: WordNet,
  measure: ThesaurusMeasure,
  vocabulary: { words: string[]; counts?: Float64Array },
): Promise<Route> {
  const { words, counts } = vocabulary;
  if (counts === undefined && (measure === 'lin' || measure === 'resnik')) {
    const observed = `the measure ${measure} needs word counts of a corpus`;
    throw usage(observed, 'compare from the corpus, or choose path, wu-palmer or leacock-chodorow');
  }
  const { similarityOf } = thesaurusSystem(wordnet, measure, counts === undefined ? undefined : { words, counts });
  return {
    name: 'WordNet',
    similarityOf,
    related: (word) => relatedWords(wordnet, word),
    facts: {
      kind: 'thesaurus',
      title: `a thesaurus made by hand: WordNet ${wordnet.version}, similarity by ${measure}`,
      words: words.filter((word) => isKnown(wordnet, word)).length,
      settings: { measure },
      bytes: await folderSize(wordnet.folder),
      lossByEpoch: [],
    },
  };
}

/** Synonyms in the order of the senses, then hypernyms of the first senses. */
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
