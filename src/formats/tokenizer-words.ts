// The words of a tokenizer.json (Hugging Face tokenizers), in the order of their ids: word-level, WordPiece and BPE hold
// {word: id}, Unigram [[word, score], ...]. And a word-level tokenizer.json for a list of words.

import { readFile } from 'node:fs/promises';
import { W2vError } from '../errors.ts';
import type { ByteSink } from '../files/output.ts';
import { malformed } from './io/malformed.ts';

/** Throws `file-unreadable` or `file-malformed`. */
export async function readTokenizerWords(path: string): Promise<string[]> {
  const model = ((await readJson(path)) as { model?: { vocab?: unknown } } | null)?.model;
  const vocab = model?.vocab;
  if (typeof vocab !== 'object' || vocab === null)
    throw malformed(path, 'no model.vocab, expected words with their ids');
  const words: string[] = [];
  if (Array.isArray(vocab)) {
    for (const entry of vocab) words.push(String((entry as unknown[] | null)?.[0]));
    return words;
  }
  const entries = Object.entries(vocab);
  const taken = new Uint8Array(entries.length);
  words.length = entries.length;
  for (const [word, id] of entries) {
    if (!Number.isInteger(id) || !(id >= 0 && id < entries.length) || taken[id] === 1) {
      throw malformed(
        path,
        `'${word}' has the id ${JSON.stringify(id)}, expected each of 0 to ${entries.length - 1} once`,
      );
    }
    taken[id] = 1;
    words[id] = word;
  }
  return words;
}

/** A JSON file of any shape. Throws `file-unreadable` or `file-malformed`. */
export async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new W2vError('file-unreadable', `${path} cannot be read: ${code}`, 'check that it is there', {
      cause: error,
    });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed(path, `no JSON (${(error as Error).message})`);
  }
}

const WRITE_CHARACTERS = 1 << 18;

/** Words are cut at white space and looked up as they are; any other is `unknown`, which is one of the words. */
export async function writeTokenizer(words: readonly string[], unknown: string, sink: ByteSink): Promise<void> {
  const special = { normalized: false, lstrip: false, rstrip: false, single_word: false, special: true };
  const unknownToken = { id: words.indexOf(unknown), content: unknown, ...special };
  const before = {
    version: '1.0',
    ...{ truncation: null, padding: null, added_tokens: [unknownToken], normalizer: null },
    ...{ pre_tokenizer: { type: 'WhitespaceSplit' }, post_processor: null, decoder: null },
  };
  let text = `${JSON.stringify(before).slice(0, -1)},"model":{"type":"WordLevel","vocab":{`;
  for (let id = 0; id < words.length; id++) {
    text += `${id === 0 ? '' : ','}\n${JSON.stringify(words[id])}:${id}`;
    if (text.length < WRITE_CHARACTERS) continue;
    await sink.write(Buffer.from(text));
    text = '';
  }
  await sink.write(Buffer.from(`${text}},"unk_token":${JSON.stringify(unknown)}}}\n`));
}
