// Reads the words of a tokenizer.json (Hugging Face tokenizers) in the order of their ids: {word: id} for word-level,
// WordPiece and BPE, [[word, score], ...] for Unigram. Also writes a word-level tokenizer.json.

import { malformedAt, W2vError } from '../base/errors.ts';
import { checkHeap } from '../base/heap.ts';
import { quotable } from '../base/printable.ts';
import { openSideFile } from '../files/byte-source.ts';
import type { ByteSink } from '../files/output.ts';
import { shown } from './io/shown.ts';

/** Throws as `readJson`. */
export async function readTokenizerWords(path: string): Promise<string[]> {
  const model = ((await readJson(path)) as { model?: { vocab?: unknown } } | null)?.model;
  const vocab = model?.vocab;
  if (typeof vocab !== 'object' || vocab === null)
    throw malformedAt(path, 'no model.vocab, expected words with their ids');
  const words: string[] = [];
  if (Array.isArray(vocab)) {
    for (const [at, entry] of vocab.entries()) {
      const word: unknown = Array.isArray(entry) ? entry[0] : undefined;
      if (typeof word !== 'string') {
        throw malformedAt(path, `entry ${at} of the vocabulary is ${shown(entry)}, expected [word, score]`);
      }
      words.push(word);
    }
    return words;
  }
  const entries = Object.entries(vocab);
  const taken = new Uint8Array(entries.length);
  words.length = entries.length;
  for (const [word, id] of entries) {
    if (!Number.isInteger(id) || !(id >= 0 && id < entries.length) || taken[id] === 1) {
      const expected = `expected each of 0 to ${entries.length - 1} once`;
      throw malformedAt(path, `'${quotable(word)}' has the id ${shown(id)}, ${expected}`);
    }
    taken[id] = 1;
    words[id] = word;
  }
  return words;
}

const HEAP_A_BYTE = 12; // heap bytes that JSON.parse needs per byte of text such as {"a":1}

/** A JSON file of any shape. Throws `file-missing`, `file-unreadable`, `file-malformed` or `out-of-memory`. */
export async function readJson(path: string): Promise<unknown> {
  const source = await openSideFile(path);
  try {
    const size = source.fileBytes ?? 0;
    const advice = 'use a model with fewer words';
    checkHeap(HEAP_A_BYTE * size, { what: `${path} has ${size} bytes of JSON`, advice });
    const bytes = new Uint8Array(size);
    const text = new TextDecoder('utf-8', { fatal: true });
    return JSON.parse(text.decode(bytes.subarray(0, await source.read(bytes, 0, size))));
  } catch (error) {
    if (error instanceof W2vError) throw error;
    throw malformedAt(path, `not JSON (${quotable((error as Error).message)})`);
  } finally {
    await source.close();
  }
}

const WRITE_CHARACTERS = 1 << 18;

/** The tokenizer splits at white space and looks words up unchanged; other words become `unknown`, one of the words. */
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
