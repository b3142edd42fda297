// What a lesson is about, from the command line: a text given there, a file, or standard input; and WordNet, if it is
// on this machine.
import { stat } from 'node:fs/promises';
import { missing, W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { byteOrderMarkLength } from '../corpus/source.ts';
import { textWords } from '../corpus/text-words.ts';
import { checkTokenizer, openTokenizer, type TokenizerName } from '../corpus/tokenizers/tokenizers.ts';
import type { LookUp } from '../explain/chapters/thesaurus.ts';
import { lessonDefaults } from '../explain/lesson.ts';
import { keptWordNet } from '../fetch/wordnet-files.ts';
import { describeWord, type HypernymTree } from '../thesaurus/describe-word.ts';
import { openWordNet } from '../thesaurus/open-wordnet.ts';
import { type CommandContext, cacheDirectory } from './context.ts';
import { textFrom } from './standard-input.ts';

/** Read of a file at most: the lesson shows a few words of it. */
export const MOST_BYTES = 1_000_000;

export interface LessonText {
  text: string;
  /** Whether the file goes on after MOST_BYTES. */
  isCut: boolean;
}

/**
 * The text of a lesson, by default the sentence of the book, split by a tokenizer if one is named, with spaces between its tokens. Throws as `givenText`, and
 * `engine-unavailable` where the package of the tokenizer is missing.
 */
export async function lessonText(
  context: CommandContext,
  given: string | undefined,
  tokenizer: TokenizerName | undefined,
): Promise<LessonText> {
  const split = tokenizer && textWords(await openTokenizer(checkTokenizer({ tokenizer })));
  const { text, isCut } =
    given === undefined ? { text: lessonDefaults.text, isCut: false } : await givenText(context, given);
  if (split === undefined) return { text, isCut };
  const lines = text.split('\n').map((line) => split(line).join(' '));
  return { text: lines.join('\n'), isCut };
}

/**
 * `-` is standard input, the name of a file its text, anything else the text itself.
 * Throws `file-missing` for what can only be the name of a file, and as reading does: `file-unreadable`,
 * `file-malformed` (broken gzip), `not-text`, `interrupted`.
 */
async function givenText(context: CommandContext, given: string): Promise<LessonText> {
  const hint = 'check the path, or give a sentence of two words or more';
  const read = async () => readStart(await textFrom(context, given, hint), given);
  if (given === '-') return read();
  const exists = await stat(given).then(
    () => true,
    () => false,
  );
  if (exists) return read();
  const looksLikeName = !/\s/.test(given.trim()) || /\.(txt|text|md|gz|csv|tsv|json|html?)$/i.test(given);
  if (given.trim() !== '' && looksLikeName) {
    throw missing(`${quotable(given)}: no such file`, hint);
  }
  return { text: given, isCut: false };
}

async function readStart(pieces: AsyncIterable<Uint8Array>, name: string): Promise<LessonText> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of pieces) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MOST_BYTES) break;
  }
  const whole = Buffer.concat(chunks);
  const bytes = whole.subarray(byteOrderMarkLength(whole.subarray(0, 4), name), MOST_BYTES);
  const at = bytes.indexOf(0);
  if (at >= 0) {
    const observed = `${quotable(name)} is not text: byte ${at} is NUL`;
    throw new W2vError('not-text', observed, 'give plain text in UTF-8 (or gzip of it)');
  }
  return { text: bytes.toString('utf8'), isCut: size > MOST_BYTES };
}

/** Asks WordNet in `folder`, or in the cache; undefined where it was never fetched. Throws as `openWordNet` does. */
export async function wordNetLookUp(context: CommandContext, folder: string | undefined): Promise<LookUp | undefined> {
  const where = folder ?? (await keptWordNet(cacheDirectory(context)));
  if (where === undefined) return undefined;
  const wordnet = await openWordNet(where);
  return (word) => {
    const { senses } = describeWord(wordnet, word);
    const first = senses[0];
    if (first === undefined) return unknown;
    const { definition, hypernyms } = first;
    const synonyms = [...new Set(senses.flatMap((sense) => sense.synonyms))];
    return { senses: senses.length, definition, synonyms, kindOf: wayUp(hypernyms[0]) };
  };
}

const unknown = { senses: 0, definition: '', synonyms: [], kindOf: [] };

function wayUp(tree: HypernymTree | undefined): string[] {
  return tree === undefined ? [] : [tree.words[0], ...wayUp(tree.hypernyms[0])];
}
