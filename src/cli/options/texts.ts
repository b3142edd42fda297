// How texts become vectors: the options of embed and search, and what the manifests of the vectors say.
import type { Command } from 'commander';
import { type Vocabulary, vocabularyOf } from '../../corpus/vocabulary.ts';
import { textDefaults } from '../../defaults.ts';
import { W2vError } from '../../errors.ts';
import { counted, thousands } from '../../format-numbers.ts';
import { type Manifest, readManifest } from '../../formats/manifest.ts';
import { matrixHash } from '../../formats/matrix-hash.ts';
import { quotable } from '../../printable.ts';
import type { TextFacts } from '../../texts/embed-texts.ts';
import type { TextVectorOptions } from '../../texts/embedder.ts';
import type { WordVectors } from '../../vectors/word-vectors.ts';
import { type CommandContext, say, stderrColors } from '../context.ts';
import { loadShown, manifestBeside } from '../open-vectors.ts';
import { readVocabulary } from './corpus.ts';
import { decimalNumber, oneOf, seeHelp, wholeNumber } from './parse.ts';

export interface TextCommandOptions {
  pooling?: 'mean' | 'sif';
  sifA?: number;
  removeComponents?: number;
  like?: string;
  vocab?: string;
  tokenizer?: 'words' | 'whitespace';
  keepCase?: boolean;
  quiet?: boolean;
}

const LARGEST = Number.MAX_VALUE;

export function addTextOptions(command: Command): void {
  const { pooling, sifA, removeComponents } = textDefaults;
  command.optionsGroup('Text vectors:');
  command
    .option(
      '--pooling <name>',
      `mean: of the words' vectors at length 1, as fastText's print-sentence-vectors; sif: smooth inverse frequency, which weighs rare words more (default: ${pooling})`,
      oneOf('--pooling', ['mean', 'sif']),
    )
    .option(
      '--sif-a <a>',
      `sif: weight a / (a + p) of a word with share p of the corpus (default: ${sifA})`,
      decimalNumber('--sif-a', 0, LARGEST, { above: true }),
    )
    .option(
      '--remove-components <n>',
      `sif: remove the first n principal components of the texts (default: ${removeComponents})`,
      wholeNumber('--remove-components', 0),
    )
    .option('--like <file>', "as an earlier 'w2v embed -o FILE' did: its pooling, its a, and the components it removed")
    .option(
      '--vocab <file>',
      "counts of words for sif, from 'w2v vocab' (default: those in the manifest of the vectors)",
    )
    .option(
      '--tokenizer <name>',
      'how texts are split: words or whitespace (default: as the corpus of the vectors, else words)',
      oneOf('--tokenizer', ['words', 'whitespace']),
    )
    .option('--keep-case', 'do not lower-case words (default: as the corpus of the vectors)');
}

/** Throws `usage` where --like meets what it decides, or a setting of sif the mean. */
export function checkTextOptions({ pooling, sifA, removeComponents, like, vocab }: TextCommandOptions): void {
  const given = Object.entries({ '--pooling': pooling, '--sif-a': sifA, '--remove-components': removeComponents });
  const [flag] = given.find(([, value]) => value !== undefined) ?? [];
  if (like !== undefined && flag !== undefined) {
    throw new W2vError('usage', `--like and ${flag} are both given`, 'leave one of them out: --like has its settings');
  }
  if (pooling === 'sif' || like !== undefined) return;
  const ofSif = sifA !== undefined ? '--sif-a' : removeComponents !== undefined ? '--remove-components' : undefined;
  const useless = ofSif ?? (vocab === undefined ? undefined : '--vocab');
  if (useless !== undefined) {
    throw new W2vError('usage', `${useless} is an option of --pooling sif`, `add --pooling sif, or ${seeHelp}`);
  }
}

export interface TextModel {
  vectors: WordVectors;
  settings: TextVectorOptions & { pooling: 'mean' | 'sif' };
}

/** The vectors, and how they make vectors of texts. Throws as reading does, and `usage` where sif lacks the counts. */
export async function openTextModel(
  context: CommandContext,
  file: string,
  options: TextCommandOptions,
): Promise<TextModel> {
  const { quiet = false, like, sifA, removeComponents } = options;
  const earlier = like === undefined ? undefined : await textsManifest(like);
  const given = options.vocab === undefined ? undefined : await readVocabulary(options.vocab, context.signal);
  const manifest = await manifestBeside(context, file, quiet);
  const vectors = await loadShown(context, file, quiet);
  if (!('dimensions' in vectors)) {
    const observed = `${file} is a sparse matrix, and texts need dense vectors`;
    throw new W2vError('usage', observed, 'make dense ones from the same text: w2v count CORPUS -o FILE');
  }
  if (earlier !== undefined && matrixHash(vectors.matrix) !== earlier.texts.sha256) {
    const observed = `${like} has vectors of texts made with ${quotable(earlier.texts.vectors)}, not with ${file}`;
    throw new W2vError('usage', observed, 'name the vectors that it was made with');
  }
  const pooling = earlier?.texts.pooling ?? options.pooling ?? textDefaults.pooling;
  const base = { ...tokenizingOf(manifest, options), pooling };
  if (pooling === 'mean') return { vectors, settings: base };
  const vocabulary = given ?? countsOf(manifest, vectors);
  if (vocabulary === undefined) throw noCounts(file);
  const rows = earlier?.texts.components;
  if (rows?.some((row) => row.length !== vectors.dimensions)) {
    const observed = `the manifest of ${like} has components that are not of ${vectors.dimensions} numbers`;
    throw new W2vError('file-malformed', observed, 'make the file again: w2v embed -o FILE');
  }
  const components = rows && Float64Array.from(rows.flat());
  const a = earlier?.texts.sifA ?? sifA ?? textDefaults.sifA;
  return { vectors, settings: { ...base, vocabulary, sifA: a, removeComponents, components } };
}

async function textsManifest(file: string): Promise<Manifest & Required<Pick<Manifest, 'texts'>>> {
  const manifest = await readManifest(file);
  if (manifest?.texts !== undefined) return { ...manifest, texts: manifest.texts };
  const observed = `${quotable(file)} has no manifest of vectors of texts`;
  throw new W2vError('usage', observed, 'give a file that w2v embed -o FILE wrote, with FILE.json beside it');
}

/** As the corpus was tokenized; what the command line says goes first. */
function tokenizingOf(
  manifest: Manifest | undefined,
  { tokenizer, keepCase }: TextCommandOptions,
): Pick<TextVectorOptions, 'tokenizer' | 'keepCase'> {
  const made = manifest?.options ?? {};
  const ofCorpus = made.tokenizer === 'words' || made.tokenizer === 'whitespace' ? made.tokenizer : undefined;
  const known = tokenizer ?? ofCorpus ?? (keepCase === undefined ? undefined : 'words');
  return { tokenizer: known, keepCase: keepCase ?? made.keepCase === true };
}

function countsOf(manifest: Manifest | undefined, { words }: WordVectors): Vocabulary | undefined {
  const counts = manifest?.counts;
  return counts?.length === words.length ? vocabularyOf(words, Float64Array.from(counts)) : undefined;
}

function noCounts(file: string): W2vError {
  const observed = `--pooling sif needs the counts of words, and ${file} has no manifest with them`;
  return new W2vError('usage', observed, "make them with 'w2v vocab CORPUS -o FILE', then add --vocab FILE");
}

/** `Words: 12 of 1,234 are not in the vocabulary`, and how many texts have none that is. `what`: 'text' or 'line'. */
export function sayTexts(context: CommandContext, facts: TextFacts, what: string, fate: string): void {
  const { tokens, unknownTokens, withoutWords } = facts;
  if (unknownTokens > 0) {
    say(context, `Left out: ${thousands(unknownTokens)} of ${counted(tokens, 'word')}, not in the vocabulary`);
  }
  if (withoutWords > 0) {
    const verb = withoutWords === 1 ? 'has' : 'have';
    say(context, `${counted(withoutWords, what)} ${verb} no known word: ${fate}`);
  }
}

export function warnInvalid(context: CommandContext, invalidLines: number): void {
  if (invalidLines === 0) return;
  const lines = `${counted(invalidLines, 'line')} ${invalidLines === 1 ? 'is' : 'are'} not valid UTF-8`;
  say(context, `${stderrColors(context).yellow('warning:')} ${lines}; words with such bytes are garbled`);
}
