// The options that clean text before it is split into words, and what is said of it.
import { type Command, Option } from 'commander';
import { type CleanedCounts, digitsChoices, type Markup, markups } from '../../corpus/cleaning/cleaning.ts';
import { englishStopWords } from '../../corpus/cleaning/stop-words.ts';
import { W2vError } from '../../errors.ts';
import { byteSize, counted } from '../../format-numbers.ts';
import { quotable } from '../../printable.ts';
import { addChoice, seeHelp } from './parse.ts';
import { readWordList } from './text-file.ts';
import { accepting } from './values.ts';

export interface CleaningCommandOptions {
  strip: readonly Markup[];
  digits: (typeof digitsChoices)[number];
  sentences?: boolean;
  stopWords?: StopWords;
}

interface StopWords {
  /** 'english', or a file. */
  name: string;
  words: readonly string[];
}

export function addCleaning(command: Command): void {
  command.optionsGroup('Cleaning, before words are split:');
  const all = markups.join(', ');
  command.addOption(
    new Option('--strip <list>', `take markup out of the text: ${all} (also several: html,urls)`)
      .argParser(accepting(stripped, { words: markups, repeats: true }))
      .default([], 'none'),
  );
  addChoice(command, '--digits <how>', 'fold: every digit becomes 0 (1984: 0000)', digitsChoices, 'keep');
  command.option('--sentences', 'end the line after each sentence: windows do not cross it (default: false)');
}

/** They are left out of the vocabulary, after phrases are joined. */
export function addStopWords(command: Command): void {
  const what = 'words to leave out: english, none, or a file of words';
  const parse = accepting(stopWords, { words: ['english', 'none'] });
  command.addOption(new Option('--stop-words <list|file>', `${what} (default: none)`).argParser(parse));
}

function stripped(value: string, before: readonly Markup[]): Markup[] {
  const names = value.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !(markups as readonly string[]).includes(name));
  if (unknown === undefined) return [...new Set([...before, ...(names as Markup[])])];
  throw new W2vError('usage', `--strip ${quotable(unknown)}: expected ${markups.join(', ')}`, seeHelp);
}

function stopWords(name: string): StopWords | undefined {
  if (name === 'none') return undefined;
  if (name === 'english') return { name, words: englishStopWords };
  return { name, words: readWordList(name, 'give english, none, or a file with one word on each line') };
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
