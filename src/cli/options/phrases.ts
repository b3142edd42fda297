// The options of phrases: which are joined (--phrases), and how they are found (w2v phrases).
import { type Command, Option } from 'commander';
import { englishConnectorWords, type Phrases, type Scorer, scorers } from '../../corpus/phrases/phrases.ts';
import { parsePhrases } from '../../corpus/phrases/phrases-file.ts';
import { phraseDefaults } from '../../defaults.ts';
import { sha256Of } from '../../files/sha256.ts';
import { addChoice, addWhole, decimalNumber } from './parse.ts';
import { readSmallText, readWordList } from './text-file.ts';
import { accepting } from './values.ts';

/** A phrases file that --phrases names; it is read when it is first needed. */
export interface PhrasesFile {
  file: string;
  /** Of its content. */
  readonly sha256: string;
  readonly phrases: Phrases;
}

const missing = 'make it with: w2v phrases CORPUS -o FILE';

export function addPhrases(command: Command): void {
  const what = "join the phrases of this file (from 'w2v phrases') to one word each (default: none)";
  command.addOption(new Option('--phrases <file>', what).argParser(phrasesFile));
}

function phrasesFile(file: string): PhrasesFile {
  let read: Omit<PhrasesFile, 'file'> | undefined;
  const content = () => {
    if (read === undefined) {
      const text = readSmallText(file, missing);
      read = { sha256: sha256Of(Buffer.from(text)), phrases: parsePhrases(text, file) };
    }
    return read;
  };
  return {
    file,
    get sha256() {
      return content().sha256;
    },
    get phrases() {
      return content().phrases;
    },
  };
}

export interface FindPhrasesCommandOptions {
  passes: number;
  scorer: Scorer;
  threshold?: number;
  minCount: number;
  connectorWords: readonly string[];
  delimiter: string;
  pruneVocab: number;
}

export function addFindPhrases(command: Command): void {
  const { threshold, passes, minCount, delimiter, pruneVocab, scorer } = phraseDefaults;
  command.optionsGroup('Phrases:');
  addWhole(command, '--passes <n>', 'n passes over the text find phrases of up to 2^n words', [1, 10], passes);
  const scores = 'default: (n(ab) - min-count) / (n(a) n(b)) x vocabulary (Mikolov et al. 2013); npmi: from -1 to 1';
  addChoice(command, '--scorer <name>', scores, scorers, scorer);
  const above = `score that a phrase exceeds (default: ${threshold.default}, npmi ${threshold.npmi})`;
  command.addOption(new Option('--threshold <t>', above).argParser(decimalNumber('--threshold', -1, 1e300)));
  addWhole(command, '--min-count <n>', 'occurrences that a phrase needs', [1], minCount);
  const connectors =
    'words that may stand inside a phrase, but not at its ends: english (a, the, of, and ...), none, or a file of words';
  const parse = accepting(connectorWords, { words: ['english', 'none'] });
  command
    .addOption(new Option('--connector-words <list|file>', connectors).argParser(parse).default([], 'none'))
    .option('--delimiter <text>', 'between the words of a joined phrase', delimiter);
  const prune = 'with more than n different words and pairs in memory, drop the rarest';
  addWhole(command, '--prune-vocab <n>', prune, [1], pruneVocab);
}

function connectorWords(value: string): readonly string[] {
  if (value === 'none') return [];
  if (value === 'english') return englishConnectorWords;
  return readWordList(value, 'give english, none, or a file with one word on each line');
}
