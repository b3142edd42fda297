// The vocabulary from the counted words of a cluster. The words that are too rare come back as one row with their
// number, so that what travels is the vocabulary and not all that stands once in a large text.

import { finishInTurns } from '../base/steps.ts';
import type { CountedWords } from '../corpus/count-words.ts';
import type { CorpusDropped } from '../corpus/encoded-corpus.ts';
import { scriptShares } from '../corpus/scripts.ts';
import { buildVocabulary, type CountedTypes } from '../corpus/vocabulary.ts';
import { type ClusterProgress, stagesReporter } from './cluster-progress.ts';
import type { ClusterCorpus } from './corpus-view.ts';
import type { SparkSession } from './session.ts';
import type { ClusterTokenizing, WordLimits } from './settings.ts';
import { TEXT_NUMBERS } from './worker/settings.ts';

export interface FoundWord {
  word: string;
  count: number;
  file: number;
  start: number;
  place: number;
}

/**
 * What `words` gives, of which the rare ones as a row without a word: how many, their occurrences, and the most of one.
 */
export function statementOfWords(words: string, minCount: number): string {
  const kept = `IF(n >= ${Math.max(1, minCount)} OR startswith(word, ' '), word, NULL)`;
  const sums = 'sum(n) AS n, count(*) AS types, max(n) AS most, min(first) AS first';
  const all = `SELECT word, ${sums} FROM (SELECT ${kept} AS word, n, first FROM (${words})) GROUP BY word`;
  return `SELECT word, n, types, most, first.file AS file, first.start AS start, first.place AS place FROM (${all})`;
}

/** `words`: a query with the columns word, n and first, a struct of file, start and place. */
export async function chooseClusterWords(
  session: SparkSession,
  { files = [] }: ClusterCorpus,
  { tokenizer, keepCase }: ClusterTokenizing,
  limits: WordLimits,
  words: string,
  progress: ClusterProgress,
): Promise<CountedWords> {
  const { signal, onReattach } = progress;
  const found: FoundWord[] = [];
  const fileNumbers = new Map(files.map((uri, number) => [uri, number])); // SQL alone says the file by its name
  const numbers: Record<string, number> = {};
  const rare = { tokens: 0, types: 0, most: 0 };
  const options = { signal, onReattach, onStages: stagesReporter('read', progress) };
  for await (const batch of session.query(statementOfWords(words, limits.minCount), options)) {
    const names = ['word', 'n', 'types', 'most', 'file', 'start', 'place'] as const;
    const [word, n, types, most, file, start, place] = names.map((name) => batch.getChild(name)!);
    for (let row = 0; row < batch.numRows; row++) {
      const text = word!.at(row) as string | null;
      const count = Number(n!.at(row));
      if (text === null)
        Object.assign(rare, { tokens: count, types: Number(types!.at(row)), most: Number(most!.at(row)) });
      else if (text.startsWith(' ')) numbers[text] = count;
      else {
        const name = file!.at(row) as string | number;
        const number = typeof name === 'string' ? (fileNumbers.get(name) ?? 0) : Number(name);
        found.push({ word: text, count, file: number, start: Number(start!.at(row)), place: Number(place!.at(row)) });
      }
    }
  }
  found.sort((a, b) => a.file - b.file || a.start - b.start || a.place - b.place || (a.word < b.word ? -1 : 1));
  const stops = new Set(limits.stopWords);
  const stopped = found.filter(({ word }) => stops.has(word));
  const counts = Float64Array.from(found, ({ word, count }) => (stops.has(word) ? 0 : count));
  const types: CountedTypes = { size: found.length, counts, word: (id) => found[id].word };
  // Where no word is left, the error says how often the most frequent one occurs.
  const rarest: CountedTypes = { size: 1, counts: Float64Array.of(rare.most), word: () => '' };
  const isEmpty = !counts.some((count) => count > 0);
  const built = await finishInTurns(buildVocabulary(isEmpty ? rarest : types, limits), signal);
  const { vocabulary, cappedTokens, cappedTypes } = built;
  const dropped: CorpusDropped = {
    ...{ rareTokens: rare.tokens, rareTypes: rare.types, cappedTokens, cappedTypes, prunedTokens: 0, prunedTypes: 0 },
    ...{ stopTokens: stopped.reduce((sum, { count }) => sum + count, 0), stopTypes: stopped.length },
    ...{ invalidBytes: 0, overlongTokens: numbers[TEXT_NUMBERS.overlong] ?? 0 },
  };
  const kept = {
    size: vocabulary.words.length,
    counts: vocabulary.counts,
    word: (id: number) => vocabulary.words[id],
  };
  const { scripts, unsegmented } = scriptShares(kept);
  const source = {
    ...{ files, bytes: numbers[TEXT_NUMBERS.bytes] ?? 0, sha256: '', lines: numbers[TEXT_NUMBERS.lines] ?? 0 },
    tokenizer: { name: tokenizer, keepCase },
    ...(Object.keys(scripts).length > 0 && { scripts }),
    ...(unsegmented > 0 && { unsegmentedShare: unsegmented }),
  };
  return { vocabulary, source, dropped };
}
