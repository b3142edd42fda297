// How texts become vectors: the options of embed and search, and what the manifests of the vectors say.

import { textDefaults, textRanges } from '../../base/defaults.ts';
import { malformed, usage, W2vError } from '../../base/errors.ts';
import { counted, thousands } from '../../base/format-numbers.ts';
import { quotable } from '../../base/printable.ts';
import { encodingTitle, iconvCommand } from '../../corpus/encoding/encodings.ts';
import { guessEncoding } from '../../corpus/encoding/guess.ts';
import type { LineFacts } from '../../corpus/text-lines.ts';
import {
  checkTokenizer,
  type TokenizerName,
  type TokenizerOptions,
  tokenizerNames,
} from '../../corpus/tokenizers/tokenizers.ts';
import { vocabularyOf } from '../../corpus/vocabulary.ts';
import { countsOf, type Manifest, matrixHash, readManifest } from '../../formats/manifest.ts';
import type { TextFacts } from '../../texts/embed-texts.ts';
import { openEmbedder, type TextEmbedder, type TextVectorOptions } from '../../texts/embedder.ts';
import type { WordVectors } from '../../vectors/word-vectors.ts';
import { type CommandContext, say, warn } from '../context.ts';
import { loadShown, manifestBeside } from '../open-vectors.ts';
import { readVocabulary, tokenizerName } from './corpus.ts';
import { fileRead, text, within } from './kinds.ts';
import { type OptionsOf, onlyIf, option, replacedBy, titled, without } from './option.ts';

const { pooling: standardPooling, sifA: standardA, removeComponents: standardComponents } = textDefaults;
const toWeigh = 'add --pooling sif';
const likeHasIt = [without('like', 'it has its settings')];

/** How texts become vectors. */
export const textVectors = titled(
  'Text vectors:',
  option({
    flags: '--pooling <name>',
    text: `mean: average of the words' unit vectors, as in fastText's print-sentence-vectors; sif: smooth inverse frequency, which gives rare words more weight (default: ${standardPooling})`,
    takes: within(textRanges.pooling),
    only: likeHasIt,
  }),
  option({
    flags: '--sif-a <a>',
    text: `sif: a word with relative frequency p gets the weight a / (a + p) (default: ${standardA})`,
    takes: within(textRanges.sifA),
    only: [...likeHasIt, { ...onlyIf('pooling', 'sif'), hint: toWeigh }],
  }),
  option({
    flags: '--remove-components <n>',
    text: `sif: remove the first n principal components of the texts (default: ${standardComponents})`,
    takes: within(textRanges.removeComponents),
    only: [...likeHasIt, { ...onlyIf('pooling', 'sif'), hint: toWeigh }],
  }),
  option({
    flags: '--like <file>',
    text: "reuse the pooling, the SIF weight a and the removed components of an earlier 'w2v embed -o FILE'",
    takes: { ...fileRead, noStream: 'name a file that w2v embed wrote' },
  }),
  option({
    flags: '--vocab <file>',
    text: "word counts for sif, from 'w2v vocab' (default: those in the vectors' manifest or in the fastText model)",
    takes: fileRead,
    only: [{ ...onlyIf('pooling', 'sif'), hint: toWeigh, unless: 'like' }],
  }),
  option({
    flags: '--tokenizer <name>',
    text: `how texts are split into words: ${tokenizerNames.join(', ')} (default: as in training, otherwise words)`,
    takes: tokenizerName,
    only: [replacedBy('tokenizerModule')],
  }),
  option({
    flags: '--locale <tag>',
    text: 'language of the texts for --tokenizer segmenter',
    takes: text({ isHarmless: true }),
    only: [
      replacedBy('tokenizerModule'),
      { ...onlyIf('tokenizer', undefined, 'segmenter'), hint: 'add --tokenizer segmenter' },
    ],
  }),
  option({
    flags: '--tokenizer-module <file>',
    text: 'your own tokenizer, as in w2v train',
    takes: fileRead,
    lineOnly: 'it runs code',
  }),
  option({ flags: '--keep-case', text: 'do not lowercase words (default: as in training)' }),
);

export type TextCommandOptions = OptionsOf<typeof textVectors> & { quiet?: boolean };

export interface TextModel {
  vectors: WordVectors;
  settings: TextVectorOptions & { pooling: 'mean' | 'sif' };
  embedder: TextEmbedder;
}

/** The vectors, and how they make vectors of texts. Throws as reading does, and `usage` where sif lacks the counts. */
export async function openTextModel(
  context: CommandContext,
  file: string,
  options: TextCommandOptions,
): Promise<TextModel> {
  const { quiet = false, like, sifA, removeComponents } = options;
  const earlier = like === undefined ? undefined : await textsManifest(like);
  const given = options.vocab === undefined ? undefined : await readVocabulary(context, options.vocab);
  const manifest = await manifestBeside(context, file, quiet);
  const vectors = await loadShown(context, file, quiet);
  if (!('dimensions' in vectors)) {
    const observed = `${file} is a sparse matrix, and texts need dense vectors`;
    throw usage(observed, 'make dense ones from the same text: w2v count CORPUS -o FILE');
  }
  if (earlier !== undefined && matrixHash(vectors.matrix) !== earlier.texts.sha256) {
    const observed = `${like} has vectors of texts made with ${quotable(earlier.texts.vectors)}, not with ${file}`;
    throw usage(observed, 'name the vectors that it was made with');
  }
  const pooling = earlier?.texts.pooling ?? options.pooling ?? textDefaults.pooling;
  const base = { ...tokenizerOf(file, earlier ?? manifest, options), ...preparingOf(earlier ?? manifest), pooling };
  if (pooling === 'mean') return { vectors, settings: base, embedder: await openEmbedder(vectors, base) };
  const counts = countsOf(manifest, vectors);
  const vocabulary = given ?? (counts && vocabularyOf(vectors.words, counts));
  if (vocabulary === undefined) throw noCounts(file);
  const rows = earlier?.texts.components;
  if (rows?.some((row) => row.length !== vectors.dimensions)) {
    const observed = `the manifest of ${like} has components that are not of ${vectors.dimensions} numbers`;
    throw malformed(observed, 'make the file again: w2v embed -o FILE');
  }
  const components = rows && Float64Array.from(rows.flat());
  const a = earlier?.texts.sifA ?? sifA ?? textDefaults.sifA;
  const settings = { ...base, vocabulary, sifA: a, removeComponents, components };
  return { vectors, settings, embedder: await openEmbedder(vectors, settings) };
}

async function textsManifest(file: string): Promise<Manifest & Required<Pick<Manifest, 'texts'>>> {
  const manifest = await readManifest(file);
  if (manifest?.texts !== undefined) return { ...manifest, texts: manifest.texts };
  const observed = `${quotable(file)} has no manifest of vectors of texts`;
  throw usage(observed, 'give a file that w2v embed -o FILE wrote, with FILE.json beside it');
}

/**
 * As the corpus was tokenized; what the command line says goes first. Throws `usage` where that was a module: only the
 * user names code that is run.
 */
function tokenizerOf(
  file: string,
  manifest: Manifest | undefined,
  { tokenizer, locale, tokenizerModule, keepCase }: TextCommandOptions,
): TokenizerOptions {
  const made = manifest?.options ?? {};
  const folded = keepCase ?? (typeof made.keepCase === 'boolean' ? made.keepCase : undefined);
  if (tokenizer !== undefined || tokenizerModule !== undefined || locale !== undefined) {
    const named = tokenizer ?? (locale === undefined ? undefined : 'segmenter');
    return { tokenizer: named, locale, tokenizerModule, keepCase: folded };
  }
  if (typeof made.tokenizerModule === 'string') {
    const observed = `a tokenizer module split the corpus of ${file}: ${quotable(made.tokenizerModule)}`;
    throw usage(observed, 'if you trust it, name it: --tokenizer-module FILE');
  }
  const { tokenizer: name, locale: language } = made as { tokenizer?: TokenizerName; locale?: string };
  const asMade = { tokenizer: name, locale: language, keepCase: folded };
  try {
    checkTokenizer(asMade);
  } catch (error) {
    if (!(error instanceof W2vError)) throw error;
    throw malformed(`the manifest of ${file}: ${error.message}`, 'give --tokenizer NAME');
  }
  return asMade;
}

/** Digits and phrases, as in the corpus. */
function preparingOf(manifest: Manifest | undefined): Pick<TextVectorOptions, 'digits' | 'phraseDelimiter'> {
  const { digits, phrases, phraseDelimiter } = manifest?.options ?? {};
  const delimiter = (phrases as { delimiter?: unknown } | undefined)?.delimiter ?? phraseDelimiter;
  return {
    ...(digits === 'fold' && { digits }),
    ...(typeof delimiter === 'string' && delimiter !== '' && { phraseDelimiter: delimiter }),
  };
}

function noCounts(file: string): W2vError {
  const observed = `--pooling sif needs the counts of words, and neither ${file} nor a manifest has them`;
  return usage(observed, "make them with 'w2v vocab CORPUS -o FILE', then add --vocab FILE");
}

/** `Words: 12 of 1,234 are not in the vocabulary`, and how many texts have none that is. `what`: 'text' or 'line'. */
export function sayTexts(context: CommandContext, facts: TextFacts, what: string, fate: string): void {
  const { tokens, unknownTokens, composedTokens, withoutWords } = facts;
  if (composedTokens > 0) {
    const words = `${thousands(composedTokens)} of ${counted(tokens, 'word')}`;
    say(context, `Not in the vocabulary: ${words}; their vectors are composed from n-grams`);
  }
  if (unknownTokens > 0) {
    say(context, `Left out: ${thousands(unknownTokens)} of ${counted(tokens, 'word')}, not in the vocabulary`);
  }
  if (withoutWords > 0) {
    const verb = withoutWords === 1 ? 'has' : 'have';
    say(context, `${counted(withoutWords, what)} ${verb} no known word: ${fate}`);
  }
}

export function warnInvalid(context: CommandContext, { invalidLines, invalid }: LineFacts): void {
  if (invalidLines === 0) return;
  const lines = `${counted(invalidLines, 'line')} ${invalidLines === 1 ? 'is' : 'are'} not valid UTF-8`;
  const guess = invalid && guessEncoding(Buffer.concat(invalid));
  const advice = guess && `. If they are ${encodingTitle(guess)}: ${iconvCommand(guess, 'FILE')}`;
  warn(context, `${lines}; words with such bytes are garbled${advice ?? ''}`);
}
