// The options of every command that reads text, and the reading itself.
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { type Command, Option } from 'commander';
import { getCorpus } from '../corpus/catalogue.ts';
import { encodeCorpus } from '../corpus/encode.ts';
import type { CorpusDropped, EncodedCorpus } from '../corpus/encoded-corpus.ts';
import { findSources } from '../corpus/source.ts';
import { parseVocabulary, type Vocabulary } from '../corpus/vocabulary.ts';
import { corpusDefaults } from '../defaults.ts';
import { W2vError } from '../errors.ts';
import type { OnProgress } from '../progress.ts';
import { type CommandContext, cacheDirectory, say, stderrColors } from './context.ts';
import { byteSize, counted, duration } from './format-numbers.ts';
import { oneOf, wholeNumber } from './options.ts';

export interface CorpusOptions {
  tokenizer: 'words' | 'whitespace';
  keepCase?: boolean;
  minCount: number;
  maxVocab: number;
  vocab?: string;
  temporary?: string;
}

const tokenizers = ['words', 'whitespace'] as const;

/** What a corpus may be, for the help. */
export const corpora =
  "text files, folders, globs, .gz files, 'corpus:NAME' (w2v corpus list), or - for standard input";

export function addCorpusOptions(command: Command): void {
  command.argument('<corpus...>', corpora);
  addWordOptions(command);
}

/** The options that decide which words there are. */
export function addWordOptions(command: Command): void {
  command
    .optionsGroup('Words:')
    .addOption(
      new Option(
        '--tokenizer <name>',
        'how lines are split into words: words (letters and digits, lower case) or whitespace',
      )
        .argParser(oneOf('--tokenizer', tokenizers))
        .default(corpusDefaults.tokenizer, corpusDefaults.tokenizer),
    )
    .option('--keep-case', 'do not change capitals to small letters (default: false)')
    .addOption(
      new Option('--min-count <n>', 'leave out words that occur less often')
        .argParser(wholeNumber('--min-count', 1))
        .default(corpusDefaults.minCount),
    )
    .addOption(
      new Option('--max-vocab <n>', 'keep only the most frequent words; 0: all')
        .argParser(wholeNumber('--max-vocab', 0))
        .default(corpusDefaults.maxVocab),
    )
    .addOption(
      new Option(
        '--vocab <file>',
        "take the words and counts of this file ('w2v vocab'), instead of counting",
      ).conflicts(['minCount', 'maxVocab']),
    );
}

/** Where what does not fit into memory is kept; the command chooses the group of the help it stands in. */
export function addTemporaryOption(command: Command): void {
  command.option(
    '--temporary <dir>',
    `folder for temporary files, 4 bytes for each word of the text (default: ${tmpdir()})`,
  );
}

/** Every file that reading these corpora reads; ours (corpus:NAME) are in the cache and not among them. */
export async function corpusInputs(names: readonly string[], { vocab }: CorpusOptions): Promise<string[]> {
  const paths = names.filter((name) => name !== '-' && !name.startsWith('corpus:'));
  const files = (await findSources(paths)).map(({ name }) => name);
  if (names.includes('-')) files.push('/dev/stdin');
  return vocab === undefined ? files : [...files, vocab];
}

/** Reads and encodes the corpora a command line names. The caller closes what it gets. */
export async function readCorpus(
  context: CommandContext,
  names: readonly string[],
  options: CorpusOptions,
  onProgress: OnProgress,
): Promise<EncodedCorpus> {
  const vocabulary = options.vocab === undefined ? undefined : await readVocabulary(options.vocab);
  const paths: string[] = [];
  if (names.includes('-') && context.stdin.isTTY) say(context, 'Reading from the terminal; Ctrl-D ends the text.');
  for (const name of names) {
    if (!name.startsWith('corpus:')) paths.push(name);
    else {
      const { path } = await getCorpus(name.slice('corpus:'.length), {
        cacheDirectory: cacheDirectory(context),
        kind: 'text',
        onProgress,
        signal: context.signal,
      });
      paths.push(path);
    }
  }
  return encodeCorpus(paths, {
    tokenizer: options.tokenizer,
    keepCase: options.keepCase,
    minCount: options.minCount,
    maxVocab: options.maxVocab,
    vocabulary,
    stdin: context.stdin,
    temporaryDirectory: options.temporary,
    onProgress,
    signal: context.signal,
  });
}

export async function readVocabulary(file: string): Promise<Vocabulary> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw missing
      ? new W2vError('file-missing', `${file} does not exist`, 'make it with: w2v vocab CORPUS -o FILE', { cause })
      : new W2vError(
          'file-unreadable',
          `${file} cannot be read (${(cause as Error).message})`,
          'name a file you may read',
          {
            cause,
          },
        );
  }
  return parseVocabulary(text, file);
}

/** What was read and what was left out, for the person at the terminal. */
export function sayRead(context: CommandContext, corpus: EncodedCorpus, seconds: number): void {
  const { vocabulary, source, tokens } = corpus;
  const text = `${byteSize(source.bytes)} in ${duration(seconds)}`;
  say(context, `Read ${text}: ${counted(vocabulary.words.length, 'word')}, ${counted(tokens, 'occurrence')}`);
  sayDropped(context, corpus);
}

const MUCH_INVALID = 1e-3; // of the bytes: no accident in a text of UTF-8 any more

/** What was left out, and what to do where the text seems to be in another encoding. */
export function sayDropped(context: CommandContext, { dropped, source }: EncodedCorpus): void {
  const line = droppedLine(dropped);
  if (line !== undefined) say(context, line);
  if (dropped.invalidBytes <= MUCH_INVALID * source.bytes) return;
  const share = ((100 * dropped.invalidBytes) / source.bytes).toFixed(1);
  say(
    context,
    `${stderrColors(context).yellow('warning:')} ${share} % of the text is no UTF-8, which spoils words. Is it Latin-1? Convert it: iconv -f LATIN1 -t UTF-8 FILE > NEW`,
  );
}

/** `Left out: 10,233 rare words (14,871 occurrences), 3 bytes of no UTF-8 (read as U+FFFD)`; undefined when nothing was. */
export function droppedLine(dropped: CorpusDropped): string | undefined {
  const parts: string[] = [];
  const add = (types: number, tokens: number, word: string, rest = '') => {
    if (tokens > 0) parts.push(`${counted(types, word)}${rest} (${counted(tokens, 'occurrence')})`);
  };
  add(dropped.rareTypes, dropped.rareTokens, 'rare word');
  add(dropped.cappedTypes, dropped.cappedTokens, 'word', ' beyond --max-vocab');
  if (dropped.overlongTokens > 0) parts.push(`${counted(dropped.overlongTokens, 'overlong word')}`);
  if (dropped.invalidBytes > 0) parts.push(`${counted(dropped.invalidBytes, 'byte')} of no UTF-8 (read as U+FFFD)`);
  return parts.length === 0 ? undefined : `Left out: ${parts.join(', ')}`;
}
