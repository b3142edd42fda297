// The options of every command that reads text, and the reading itself.
import { constants } from 'node:buffer';
import { corpusDefaults, corpusRanges } from '../../base/defaults.ts';
import { malformed } from '../../base/errors.ts';
import { byteSize, counted, duration } from '../../base/format-numbers.ts';
import { quotable } from '../../base/printable.ts';
import type { OnProgress } from '../../base/progress.ts';
import { choice } from '../../base/ranges.ts';
import type { CountedWords, CountWordsOptions } from '../../corpus/count-words.ts';
import { countWords, encodeCorpus } from '../../corpus/encode.ts';
import type { CorpusDropped, CorpusSource, EncodedCorpus } from '../../corpus/encoded-corpus.ts';
import { findSources } from '../../corpus/source.ts';
import { type TokenizerName, type TokenizerOptions, tokenizerNames } from '../../corpus/tokenizers/tokenizers.ts';
import { parseVocabulary, type Vocabulary } from '../../corpus/vocabulary.ts';
import { sha256Of } from '../../files/sha256.ts';
import { type CommandContext, cacheDirectory, say, warn } from '../context.ts';
import { STANDARD_INPUT, sayWaiting, textFrom } from '../standard-input.ts';
import { type CleaningCommandOptions, cleanedLine, cleaning, cleaningFacts, stopWords } from './cleaning.ts';
import { encoding, warnInvalidBytes } from './encoding.ts';
import { fileRead, type Kind, text, within } from './kinds.ts';
import { changed, type OptionsOf, onlyIf, option, replacedBy, titled } from './option.ts';
import { phrases } from './phrases.ts';
import { tokenizerAdvice } from './tokenizer-advice.ts';

const texts = "text files, folders, globs, .gz files, 'corpus:NAME' (w2v corpus list), or - for standard input";

/** `corpus` operands: what they name is read, but on a cluster, which reads what it names itself. */
export const corpusFiles: Kind<string> = {
  parse: (name) => name,
  path: 'reads',
  areCorpora: true,
  async files(name, { on }) {
    if (on !== undefined || name.startsWith('corpus:')) return [];
    return name === '-' ? ['-'] : (await findSources([name])).sources.map((source) => source.name);
  },
};

export const corpora = { name: '<corpus...>', text: texts, takes: corpusFiles, what: 'the corpus' } as const;

/** The name of a tokenizer whose package is there. */
export const tokenizerName: Kind<TokenizerName> = {
  ...within(choice(tokenizerNames)),
  async load(name) {
    const { findPackaged } = await import('../../corpus/tokenizers/packaged.ts');
    findPackaged(name);
    return name;
  },
};

const tokenizing = [
  option({
    flags: '--tokenizer <name>',
    text: `how lines are split into words: ${tokenizerNames.join(', ')} (docs/languages.md)`,
    takes: tokenizerName,
    fallback: corpusDefaults.tokenizer,
    basic: true,
    only: [replacedBy('tokenizerModule')],
  }),
  option({
    flags: '--locale <tag>',
    text: 'language of the text for --tokenizer segmenter: th, ja, zh-Hant ...',
    takes: text({ isHarmless: true }),
    shown: 'any',
    only: [replacedBy('tokenizerModule'), onlyIf('tokenizer', 'segmenter')],
  }),
  option({
    flags: '--tokenizer-module <file>',
    text: 'your own tokenizer: an ES module whose default export is a function from a line to its tokens',
    takes: fileRead,
    lineOnly: 'it runs code',
  }),
  option({ flags: '--keep-case', text: 'do not lowercase words (default: false)' }),
  encoding,
] as const;

/** How text is split into words. */
export const splitting = titled('Words:', ...tokenizing);
export type TokenizingOptions = OptionsOf<typeof splitting> & Omit<CleaningCommandOptions, 'stopWords'>;

export const minCount = option({
  flags: '--min-count <n>',
  text: 'ignore words that occur fewer than n times',
  takes: within(corpusRanges.minCount),
  fallback: corpusDefaults.minCount,
  basic: true,
});
export const maxVocab = option({
  flags: '--max-vocab <n>',
  text: 'keep only the n most frequent words; 0 keeps all',
  takes: within(corpusRanges.maxVocab),
  fallback: corpusDefaults.maxVocab,
});
const pruneVocab = option({
  flags: '--prune-vocab <n>',
  text: 'drop the rarest words when reading finds more than n different ones, as in word2vec.c; 0 never drops any',
  takes: within(corpusRanges.pruneVocab),
  fallback: corpusDefaults.pruneVocab,
});

/** Which words of a text are kept; where the words are counted. */
export const countedWords = [
  ...cleaning,
  ...splitting,
  ...titled('Words:', phrases, stopWords, minCount, maxVocab, pruneVocab),
] as const;

/** A vocabulary file takes the place of counting. */
export const vocab = option({
  flags: '--vocab <file>',
  text: "use the words and counts of this file (from 'w2v vocab'; - for standard input) instead of counting",
  takes: fileRead,
});

/** The same, or counted in another file. */
export const words = [
  ...cleaning,
  ...splitting,
  ...titled(
    'Words:',
    phrases,
    stopWords,
    ...[minCount, maxVocab, pruneVocab].map((each) => changed(each, { only: [replacedBy('vocab')] })),
    vocab,
  ),
] as const;

export interface CorpusOptions extends OptionsOf<typeof countedWords> {
  vocab?: string;
  temporary?: string;
  threads: number;
}

/** --vocab union */
export const UNION = 'union';

/** What decides which words there are, besides the tokenizer, by name: for checkpoints and the cache. */
export function preparingOf(options: CorpusOptions): Record<string, string | boolean> {
  const { phrases, stopWords } = options;
  return {
    ...cleaningFacts(options),
    ...(phrases && { phrases: phrases.sha256 }),
    ...(stopWords && { stopWords: sha256Of(Buffer.from(stopWords.words.join('\n'))) }),
  };
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
      const { getCorpus } = await import('../../fetch/catalog.ts'); // needed for built-in corpora only
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
      throw malformed(size, 'make one with: w2v vocab CORPUS -o FILE --max-vocab 1000000');
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
