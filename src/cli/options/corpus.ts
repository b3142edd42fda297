// The options of every command that reads text, and the reading itself.
import { constants } from 'node:buffer';
import { type Command, Option } from 'commander';
import type { CountedWords, CountWordsOptions } from '../../corpus/count-words.ts';
import { countWords, encodeCorpus } from '../../corpus/encode.ts';
import type { CorpusDropped, CorpusSource, EncodedCorpus } from '../../corpus/encoded-corpus.ts';
import type { EncodingName } from '../../corpus/encoding/encodings.ts';
import { findSources } from '../../corpus/source.ts';
import { type TokenizerName, type TokenizerOptions, tokenizerNames } from '../../corpus/tokenizers/tokenizers.ts';
import { parseVocabulary, type Vocabulary } from '../../corpus/vocabulary.ts';
import { corpusDefaults } from '../../defaults.ts';
import { W2vError } from '../../errors.ts';
import { sha256Of } from '../../files/sha256.ts';
import { byteSize, counted, duration } from '../../format-numbers.ts';
import { quotable } from '../../printable.ts';
import type { OnProgress } from '../../progress.ts';
import { type CommandContext, cacheDirectory, say, warn } from '../context.ts';
import { STANDARD_INPUT, sayWaiting, textFrom } from '../standard-input.ts';
import { addCleaning, addStopWords, type CleaningCommandOptions, cleanedLine, cleaningFacts } from './cleaning.ts';
import { addEncoding, warnInvalidBytes } from './encoding.ts';
import { oneOf, seeHelp, wholeNumber } from './parse.ts';
import { addPhrases, type PhrasesFile } from './phrases.ts';
import { tokenizerAdvice } from './tokenizer-advice.ts';
import { accepting } from './values.ts';

export interface TokenizingOptions extends CleaningCommandOptions {
  tokenizer: TokenizerName;
  locale?: string;
  tokenizerModule?: string;
  keepCase?: boolean;
  encoding?: EncodingName;
}

export interface CorpusOptions extends TokenizingOptions {
  phrases?: PhrasesFile;
  minCount: number;
  maxVocab: number;
  pruneVocab: number;
  vocab?: string;
  temporary?: string;
  threads: number;
}

/** What a corpus may be, for the help. */
export const corpora =
  "text files, folders, globs, .gz files, 'corpus:NAME' (w2v corpus list), or - for standard input";

/** `mayLack`: the command checks itself that there is a corpus, since it has other inputs. */
export function addCorpusOptions(command: Command, { mayLack = false } = {}): void {
  if (mayLack) command.argument('[corpus...]', corpora);
  else addCorpora(command);
  addWordOptions(command);
}

export function addCorpora(command: Command): void {
  command.argument('<corpus...>', corpora);
}

const givenVocabulary =
  "use the words and counts of this vocabulary file (from 'w2v vocab'; - for standard input) instead of counting";
const counting = { minCount: '--min-count <n>', maxVocab: '--max-vocab <n>', pruneVocab: '--prune-vocab <n>' };

/** The options that decide which words there are. */
export function addWordOptions(command: Command): void {
  addCountedWordOptions(command);
  command.addOption(new Option('--vocab <file>', givenVocabulary).conflicts(Object.keys(counting)));
}

/** --vocab union */
export const UNION = 'union';

/** The same for a command that has --init-vectors, whose words `union` keeps; then words are counted. */
export function addWordOptionsWithUnion(command: Command): void {
  addCountedWordOptions(command);
  const union = "'union': those of the text, and after them those of --init-vectors that it lacks, with their vectors";
  const parse = accepting((value: string) => value, { words: [UNION] });
  command.addOption(new Option('--vocab <file>', `${givenVocabulary}; ${union}`).argParser(parse));
}

/** What `conflicts` says in the other commands. */
export function checkVocabulary({ vocab }: CorpusOptions, isGiven: (name: string) => boolean): void {
  const [, flag] = Object.entries(counting).find(([name]) => isGiven(name)) ?? [];
  if (vocab === undefined || flag === undefined) return;
  throw new W2vError('usage', `option '--vocab <file>' cannot be used with option '${flag}'`, seeHelp);
}

/** Those of them that decide which words of the text are kept. */
export function addCountedWordOptions(command: Command): void {
  addCleaning(command);
  command.optionsGroup('Words:');
  addTokenizing(command);
  addPhrases(command);
  addStopWords(command);
  command
    .addOption(
      new Option('--min-count <n>', 'ignore words that occur fewer times')
        .argParser(wholeNumber('--min-count', 1))
        .default(corpusDefaults.minCount),
    )
    .addOption(
      new Option('--max-vocab <n>', 'keep only the n most frequent words; 0 keeps all')
        .argParser(wholeNumber('--max-vocab', 0))
        .default(corpusDefaults.maxVocab),
    )
    .addOption(
      new Option(
        '--prune-vocab <n>',
        'with more than n different words while reading, drop the rarest, as word2vec.c does; 0 never does',
      )
        .argParser(wholeNumber('--prune-vocab', 0))
        .default(corpusDefaults.pruneVocab),
    );
}

/** How text is split into words. The caller chooses the help group. */
export function addTokenizing(command: Command): void {
  command
    .addOption(
      new Option('--tokenizer <name>', `how lines are split: ${tokenizerNames.join(', ')} (docs/languages.md)`)
        .argParser(oneOf('--tokenizer', tokenizerNames))
        .default(corpusDefaults.tokenizer, corpusDefaults.tokenizer),
    )
    .option('--locale <tag>', 'the language of the text, for --tokenizer segmenter: th, ja, zh-Hant ... (default: any)')
    .addOption(
      new Option(
        '--tokenizer-module <file>',
        'your own tokenizer: an ES module, run by w2v, whose default export is a function from a line to its tokens',
      ).conflicts(['tokenizer', 'locale']),
    )
    .option('--keep-case', 'do not lower-case words (default: false)');
  addEncoding(command);
}

/** What decides which words there are, besides the tokenizer, by name: for checkpoints and the cache. */
export function preparingOf(options: CorpusOptions): Record<string, string | boolean> {
  const { phrases, stopWords } = options;
  return {
    ...cleaningFacts(options),
    ...(phrases && { phrases: phrases.sha256 }),
    ...(stopWords && { stopWords: sha256Of(Buffer.from(stopWords.words.join('\n'))) }),
  };
}

/** Every file that reading these corpora reads; ours (corpus:NAME) are in the cache and not among them. */
export async function corpusInputs(
  names: readonly string[],
  { vocab, phrases }: Pick<CorpusOptions, 'vocab' | 'phrases'>,
): Promise<string[]> {
  const paths = names.filter((name) => name !== '-' && !name.startsWith('corpus:'));
  const files = (await findSources(paths)).sources.map(({ name }) => name);
  if (vocab !== undefined && vocab !== '-') files.push(vocab);
  if (phrases) files.push(phrases.file);
  return names.includes('-') || vocab === '-' ? [...files, '/dev/stdin'] : files;
}

/** Reads and encodes the corpora a command line names. The caller closes what it gets. */
export async function readCorpus(
  context: CommandContext,
  names: readonly string[],
  options: CorpusOptions,
  onProgress: OnProgress,
): Promise<EncodedCorpus> {
  const vocabulary = options.vocab === undefined ? undefined : await readVocabulary(context, options.vocab);
  const paths = await pathsOf(context, names, onProgress);
  return encodeCorpus(paths, { ...countingOptions(context, options, onProgress), vocabulary });
}

/** Counts the words of the corpora a command line names. */
export async function readWords(
  context: CommandContext,
  names: readonly string[],
  options: CorpusOptions,
  onProgress: OnProgress,
): Promise<CountedWords> {
  return countWords(await pathsOf(context, names, onProgress), countingOptions(context, options, onProgress));
}

/** The corpora as paths. Downloads built-in corpora that are not in the cache. */
export async function pathsOf(
  context: CommandContext,
  names: readonly string[],
  onProgress: OnProgress,
): Promise<string[]> {
  if (names.includes('-')) sayWaiting(context);
  const paths: string[] = [];
  for (const name of names) {
    if (!name.startsWith('corpus:')) paths.push(name);
    else {
      const { getCorpus } = await import('../../fetch/catalogue.ts'); // needed for built-in corpora only
      const { path } = await getCorpus(name.slice('corpus:'.length), {
        cacheDirectory: cacheDirectory(context),
        kind: 'text',
        onProgress,
        signal: context.signal,
      });
      paths.push(path);
    }
  }
  return paths;
}

function countingOptions(
  { stdin, signal }: CommandContext,
  options: CorpusOptions,
  onProgress: OnProgress,
): CountWordsOptions {
  const { encoding, phrases, minCount, maxVocab, pruneVocab, threads, temporary } = options;
  const { strip, digits, sentences, stopWords } = options;
  const cleaning = { strip, digits, sentences, stopWords: stopWords?.words };
  const words = { ...tokenizerOf(options), ...cleaning, phrases: phrases?.phrases, minCount, maxVocab, pruneVocab };
  return { ...words, encoding, threads, temporaryDirectory: temporary, stdin, signal, onProgress };
}

/** The tokenizer of a command line: a module takes the place of the default one. */
export function tokenizerOf({ tokenizer, locale, tokenizerModule, keepCase }: TokenizingOptions): TokenizerOptions {
  return { tokenizer: tokenizerModule === undefined ? tokenizer : undefined, locale, tokenizerModule, keepCase };
}

const LONGEST_STRING = constants.MAX_STRING_LENGTH;

/**
 * A vocabulary file, plain or packed with gzip, or standard input. Throws `file-missing`, `file-malformed`,
 * `interrupted`.
 */
export async function readVocabulary(context: CommandContext, file: string): Promise<Vocabulary> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of await textFrom(context, file, 'make it with: w2v vocab CORPUS -o FILE')) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > LONGEST_STRING) {
      const size = `${quotable(file)} has more than ${byteSize(LONGEST_STRING)}, too long for a vocabulary`;
      throw new W2vError('file-malformed', size, 'make one with: w2v vocab CORPUS -o FILE --max-vocab 1000000');
    }
  }
  return parseVocabulary(Buffer.concat(pieces).toString(), file === '-' ? STANDARD_INPUT : file);
}

/** Reports what was read and what was left out. */
export function sayRead(context: CommandContext, corpus: EncodedCorpus, seconds: number): void {
  const { vocabulary, source, tokens } = corpus;
  const text = `${byteSize(source.bytes)} in ${duration(seconds)}`;
  say(context, `Read ${text}: ${counted(vocabulary.words.length, 'word')}, ${counted(tokens, 'occurrence')}`);
  sayDropped(context, corpus);
}

/** Reports what was left out, with advice if the text seems to have another encoding or to need word segmentation. */
export function sayDropped(context: CommandContext, { vocabulary, dropped, source }: CountedWords): void {
  const line = droppedLine(dropped, source.encoding);
  if (line !== undefined) say(context, line);
  const { joined, cleaned } = source;
  if (cleaned) say(context, cleanedLine(cleaned));
  if (joined)
    say(context, `Joined ${counted(joined.phrases, 'phrase')} (${counted(joined.occurrences, 'occurrence')})`);
  for (const skipped of skippedLines(source)) say(context, skipped);
  warnInvalidBytes(context, { vocabulary, dropped, source });
  const advice = tokenizerAdvice(source, tokenizerNames);
  if (advice?.isWarning) warn(context, advice.text);
  else if (advice !== undefined) say(context, advice.text);
}

/** What folders and globs hold that was not read; a line for each reason. */
function skippedLines({ skipped = [] }: CorpusSource): string[] {
  const lines: string[] = [];
  const reasons = { 'w2v-output': 'made by w2v', name: 'its name is not valid UTF-8; name its folder instead' };
  for (const [why, reason] of Object.entries(reasons)) {
    const files = skipped.filter((each) => each.why === why).map(({ file }) => quotable(file));
    const named = files.slice(0, 3).join(', ');
    const rest = files.length > 3 ? ` and ${counted(files.length - 3, 'more file')}` : '';
    if (files.length > 0) lines.push(`Not read: ${named}${rest} (${reason})`);
  }
  return lines;
}

/**
 * `Left out: 10,233 rare words (14,871 occurrences), 3 bytes not valid UTF-8 (read as U+FFFD)`; undefined when nothing
 * was.
 */
export function droppedLine(dropped: CorpusDropped, encoding?: string): string | undefined {
  const parts: string[] = [];
  const add = (types: number, tokens: number, word: string, rest = '') => {
    if (tokens > 0) parts.push(`${counted(types, word)}${rest} (${counted(tokens, 'occurrence')})`);
  };
  add(dropped.rareTypes, dropped.rareTokens, 'rare word');
  add(dropped.stopTypes, dropped.stopTokens, 'stop word');
  add(dropped.cappedTypes, dropped.cappedTokens, 'word', ' beyond --max-vocab');
  add(dropped.prunedTypes, dropped.prunedTokens, 'word', ' by --prune-vocab while reading');
  if (dropped.overlongTokens > 0) parts.push(`${counted(dropped.overlongTokens, 'overlong word')}`);
  const [unit, name] = encoding === undefined ? ['byte', 'UTF-8'] : ['character', encoding];
  if (dropped.invalidBytes > 0)
    parts.push(`${counted(dropped.invalidBytes, unit!)} not valid ${name} (read as U+FFFD)`);
  return parts.length === 0 ? undefined : `Left out: ${parts.join(', ')}`;
}
