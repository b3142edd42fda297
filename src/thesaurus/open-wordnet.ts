// Reads WordNet's dictionary files (index.*, data.*) and w2v's lists of irregular forms (*.exc.gz) as lemmas, senses
// and synsets. The files stay in memory unparsed; a line is parsed on demand.
import type { Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { checkText } from '../base/check.ts';
import { malformedAt, W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { packageFile } from '../package-file.ts';
import { type PartOfSpeech, parseSynset, type Synset } from './synset.ts';

/** A WordNet that is open, from `openWordNet`. */
export interface WordNet {
  /** '3.1' */
  version: string;
  folder: string;
  /** Whether WordNet has this lemma (lower case, '_' between words) with this part of speech. */
  has(lemma: string, partOfSpeech: PartOfSpeech): boolean;
  /** The senses of a lemma, most frequent first; empty for an unknown lemma. */
  senses(lemma: string, partOfSpeech: PartOfSpeech): readonly Synset[];
  /** The synset at an offset; always the same object. Throws `file-malformed` if no synset starts there. */
  synset(partOfSpeech: PartOfSpeech, offset: number): Synset;
  /** All synsets of a part of speech, in the order of the file. */
  synsets(partOfSpeech: PartOfSpeech): Iterable<Synset>;
  /** Base forms of an irregular form; undefined if it is not in the list. */
  irregular(form: string, partOfSpeech: PartOfSpeech): readonly string[] | undefined;
}

/** In the order of NLTK. */
export const partsOfSpeech: readonly PartOfSpeech[] = ['noun', 'verb', 'adjective', 'adverb'];

const suffixes = { noun: 'noun', verb: 'verb', adjective: 'adj', adverb: 'adv' } as const;
const letters = { noun: 'n', verb: 'v', adjective: 'a', adverb: 'r' } as const;
const folderHint = 'give a folder with index.noun, data.noun and the other files of WordNet 3.x';
const exceptionLists = packageFile('corpora/wordnet/');

/**
 * Opens a folder with index.noun, data.noun and so on, from `fetchWordNet` or any WordNet 3.x.
 *
 * Throws `file-missing`, `file-malformed`; methods of the result throw `file-malformed` for a damaged line.
 */
export async function openWordNet(folder: string): Promise<WordNet> {
  checkText(folder, 'the folder');
  const dictionaries = await Promise.all(
    partsOfSpeech.map(async (partOfSpeech) => {
      const suffix = suffixes[partOfSpeech];
      const data = await read(folder, `data.${suffix}`);
      const index = indexLemmas(await read(folder, `index.${suffix}`));
      const list = gunzipSync(await readFile(new URL(`${suffix}.exc.gz`, exceptionLists)));
      const irregular = parseExceptions(list.toString('latin1'));
      return [partOfSpeech, { data, index, irregular, known: new Map<number, Synset>() }] as const;
    }),
  );
  const of = Object.fromEntries(dictionaries) as Record<PartOfSpeech, (typeof dictionaries)[number][1]>;

  function damaged(partOfSpeech: PartOfSpeech, offset: number, observed: string): W2vError {
    const file = path.join(folder, `data.${suffixes[partOfSpeech]}`);
    return malformedAt(quotable(file), `${quotable(observed)} at byte ${offset}`, folderHint);
  }

  function lineAt(partOfSpeech: PartOfSpeech, offset: number): string {
    const { data } = of[partOfSpeech];
    if (!data.startsWith(`${String(offset).padStart(8, '0')} `, offset)) {
      throw damaged(partOfSpeech, offset, 'expected a synset');
    }
    const end = data.indexOf('\n', offset);
    return data.slice(offset, end < 0 ? data.length : end);
  }

  function offsets(lemma: string, partOfSpeech: PartOfSpeech): number[] {
    const line = of[partOfSpeech].index.get(lemma);
    if (line === undefined) return [];
    const fields = line.trim().split(' ');
    const found = fields.slice(fields.length - Number(fields[2])).map(Number);
    if (found.length > 0 && found.every(Number.isSafeInteger)) return found;
    const file = path.join(folder, `index.${suffixes[partOfSpeech]}`);
    const observed = `the line of '${quotable(lemma)}' does not end in offsets of synsets`;
    throw malformedAt(quotable(file), observed, folderHint);
  }

  function synset(partOfSpeech: PartOfSpeech, offset: number): Synset {
    const { known } = of[partOfSpeech];
    const before = known.get(offset);
    if (before !== undefined) return before;
    const line = lineAt(partOfSpeech, offset);
    try {
      const parsed = parseSynset(line);
      let name: string | undefined;
      const made: Synset = {
        ...parsed,
        partOfSpeech,
        // Lazy, because traversals of the whole hierarchy do not need it.
        get name() {
          name ??= nameOf(partOfSpeech, parsed);
          return name;
        },
      };
      known.set(offset, made);
      return made;
    } catch (error) {
      if (error instanceof RangeError) throw damaged(partOfSpeech, offset, `a synset that ${error.message}`);
      throw error;
    }
  }

  /** Satellites are numbered separately, as in NLTK. */
  function nameOf(
    partOfSpeech: PartOfSpeech,
    { words, offset, satellite }: { words: readonly string[]; offset: number; satellite: boolean },
  ): string {
    const lemma = words[0].toLowerCase().replaceAll(' ', '_');
    const all = offsets(lemma, partOfSpeech);
    const isSatellite = (at: number) => lineAt('adjective', at).split(' ', 3)[2] === 's';
    const senses = satellite ? all.filter(isSatellite) : all;
    const number = String(senses.indexOf(offset) + 1).padStart(2, '0');
    return `${lemma}.${satellite ? 's' : letters[partOfSpeech]}.${number}`;
  }

  // Other text also has lines and words, so check that the first lemma leads to a synset.
  const [first] = of.noun.index.keys();
  if (first === undefined) {
    const file = path.join(folder, 'index.noun');
    throw malformedAt(quotable(file), 'no lemma, expected an index of WordNet', folderHint);
  }
  for (const offset of offsets(first, 'noun')) synset('noun', offset);

  return {
    version: /WordNet (\d+\.\d+) Copyright/.exec(of.noun.data.slice(0, 4000))?.[1] ?? 'unknown',
    folder,
    has: (lemma, partOfSpeech) => of[partOfSpeech].index.has(lemma),
    senses: (lemma, partOfSpeech) => offsets(lemma, partOfSpeech).map((offset) => synset(partOfSpeech, offset)),
    synset,
    *synsets(partOfSpeech) {
      const { data } = of[partOfSpeech];
      for (let at = 0; at < data.length; at = data.indexOf('\n', at) + 1 || data.length) {
        if (data[at] !== ' ') yield synset(partOfSpeech, at); // lines of the license start with a space
      }
    },
    irregular: (form, partOfSpeech) => of[partOfSpeech].irregular.get(form),
  };
}

/** Reads one character per byte, so that byte offsets are string indices. The files are ASCII. */
async function read(folder: string, name: string): Promise<string> {
  const file = path.join(folder, name);
  let found: Stats;
  try {
    found = await stat(file);
    if (found.isFile()) return await readFile(file, 'latin1');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException; // the message has the whole path
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    const observed = `${quotable(file)}: ${missing ? 'no such file' : `cannot be read: ${code ?? message}`}`;
    throw new W2vError(missing ? 'file-missing' : 'file-unreadable', observed, folderHint, { cause });
  }
  const observed = `${quotable(file)} is ${found.isDirectory() ? 'a folder' : 'not a regular file'}, expected a file`;
  throw new W2vError('file-unreadable', observed, folderHint); // a pipe might block forever
}

/** lemma -> its line: lemma pos synset_cnt p_cnt [symbol...] sense_cnt tagsense_cnt offset [offset...] */
function indexLemmas(text: string): Map<string, string> {
  const index = new Map<string, string>();
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const stop = end < 0 ? text.length : end;
    if (text[at] !== ' ' && stop > at) index.set(text.slice(at, text.indexOf(' ', at)), text.slice(at, stop));
    at = stop + 1;
  }
  return index;
}

function parseExceptions(text: string): Map<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [form, ...bases] = line.split(' ').filter((field) => field !== '');
    if (form !== undefined) lists.set(form, bases);
  }
  return lists;
}
