// The options that clean text before it is split into words, and what is said of it.

import { byteSize, counted } from '../../base/format-numbers.ts';
import { choice } from '../../base/ranges.ts';
import { type CleanedCounts, digitsChoices, type Markup, markups } from '../../corpus/cleaning/cleaning.ts';
import { englishStopWords } from '../../corpus/cleaning/stop-words.ts';
import { type Kind, refuse, within } from './kinds.ts';
import { type OptionsOf, option, titled } from './option.ts';
import { readWordList } from './text-file.ts';

/** A list of words that an option names, with the name: `english`, or a file. */
export interface NamedWords {
  name: string;
  words: readonly string[];
}

const markupList: Kind<readonly Markup[]> = {
  parse(given, flag, before = []) {
    const names = given.split(',').map((name) => name.trim());
    const unknown = names.find((name) => !(markups as readonly string[]).includes(name));
    if (unknown !== undefined) return refuse(flag, unknown, markups.join(', '));
    return [...new Set([...before, ...(names as Markup[])])];
  },
  words: markups,
  repeats: true,
};

/** `english`, `none`, or a file of words. */
export const wordList = (english: readonly string[]): Kind<NamedWords | undefined> => ({
  parse(name) {
    if (name === 'none') return undefined;
    if (name === 'english') return { name, words: english };
    return { name, words: [] }; // those of the file by `load`
  },
  async load(list, context) {
    if (list === undefined || list.words === english) return list;
    const hint = 'give english, none, or a file with one word on each line';
    return { ...list, words: await readWordList(context, list.name, hint) };
  },
  words: ['english', 'none'],
  path: 'reads',
  files: (list) => (list === undefined || list.words === english ? [] : [list.name]),
});

const strip = option({
  flags: '--strip <list>',
  text: `remove markup: ${markups.join(', ')}, or several (html,urls)`,
  takes: markupList,
  fallback: [],
  shown: 'none',
});
const digits = option({
  flags: '--digits <how>',
  text: 'fold: replace every digit with 0 (1984 becomes 0000)',
  takes: within(choice(digitsChoices)),
  fallback: 'keep',
});
const sentences = option({
  flags: '--sentences',
  text: 'start a new line after each sentence, so that context windows do not cross it (default: false)',
});
/** Words that are left out of the vocabulary, after phrases are joined. */
export const stopWords = option({
  flags: '--stop-words <list|file>',
  text: 'words to remove: english, none, or a file of words',
  takes: wordList(englishStopWords),
  shown: 'none',
});

export const cleaning = titled('Cleaning, before words are split:', strip, digits, sentences);

export interface CleaningCommandOptions extends OptionsOf<typeof cleaning> {
  stopWords?: NamedWords | undefined;
}

/** Those that are not at their defaults, by name: for manifests, checkpoints and the cache. */
export function cleaningFacts({
  encoding,
  strip,
  digits,
  sentences,
}: CleaningCommandOptions & { encoding?: string | undefined }): Record<string, string | boolean> {
  return {
    ...(encoding !== undefined && { encoding }),
    ...(strip.length > 0 && { strip: markups.filter((name) => strip.includes(name)).join(',') }),
    ...(digits !== 'keep' && { digits }),
    ...(sentences && { sentences }),
  };
}

/** `Cleaned: html 1.2 MB, 1,234 digits folded, 17 sentence ends` */
export function cleanedLine(cleaned: CleanedCounts): string {
  const parts = markups.filter((name) => name in cleaned).map((name) => `${name} ${byteSize(cleaned[name]!)}`);
  if (cleaned.digits !== undefined) parts.push(`${counted(cleaned.digits, 'digit')} folded`);
  if (cleaned.sentences !== undefined) parts.push(`${counted(cleaned.sentences, 'line end')} after sentences`);
  return `Cleaned: ${parts.join(', ')}`;
}
