// Reads words and vectors from a Parquet file in pieces, with memory for the matrix, the words and one page per
// column. A library that decodes whole row groups would need ten times the matrix for pyarrow's groups of a million
// rows, and would trust the sizes in the file.

import { malformedAt } from '../../base/errors.ts';
import { quotable } from '../../base/printable.ts';
import type { ByteSource } from '../../files/byte-source.ts';
import type { LoadedVectors, ReadOptions, RowOptions } from '../format.ts';
import { createRows, finishRows, keepRow, nextRow, type Rows } from '../io/rows.ts';
import { readColumn } from './column.ts';
import { type Footer, type Group, type Leaf, readFooter } from './footer.ts';
import { openParquet, type ParquetFile } from './parquet-file.ts';
import { isNumber, type Numbers, numbersOf, textsOf } from './values.ts';

const MOST_DIMENSIONS = 1 << 24;
/** Limit on decompressed bytes: deflate's largest ratio is 1,032, and small files may repeat a constant. */
const BEST_PACKING = 1100;
const SMALL = 1 << 26;
/** Memory of a word besides its letters: the head of the string, and its place in the list and the index. */
const BYTES_OF_WORD = 40;

/**
 * Reads the first column of strings (`word`, if there is one) and the first column of lists of numbers (`vector`).
 * Throws `file-malformed` with the row if a vector is missing or has another length, or with the byte of a damaged
 * page.
 */
export async function readParquet(source: ByteSource, format: string, options: RowOptions): Promise<LoadedVectors> {
  const file = await openParquet(source, options.signal);
  try {
    const footer = readFooter(file.footer, file.end, file.name);
    const words = columnNamed(footer, ['word', 'words', 'token', 'text'], isWord);
    const vectors = columnNamed(footer, ['vector', 'embedding', 'embeddings', 'vectors'], isVector);
    if (words === undefined || vectors === undefined) {
      const names = quotable(footer.columns.join(', ')) || '(none)';
      throw malformedAt(file.name, `the columns ${names}, expected word (string) and vector (list of float)`);
    }
    const total = footer.groups.reduce((sum, { rows }) => sum + rows, 0);
    const filling = fillRows(file, total, options);
    for (const group of footer.groups) {
      if (group.rows === 0) continue;
      const names = await wordsOf(file, group, words, filling.done(), options);
      await readVectors(file, group, vectors, filling, names, options);
      options.onProgress?.({ phase: 'load', done: filling.done(), total, unit: 'words' });
    }
    const rows = filling.rows();
    if (rows === undefined) throw malformedAt(file.name, 'no rows, expected at least one');
    return finishRows(rows, file.name, format);
  } finally {
    await file.close();
  }
}

const isWord = (leaf: Leaf) => leaf.isTop && leaf.repetition === 0 && leaf.type === 'BYTE_ARRAY';
const isVector = (leaf: Leaf) => leaf.isList && leaf.repetition === 1 && isNumber(leaf);

function columnNamed({ leaves }: Footer, names: readonly string[], fits: (leaf: Leaf) => boolean): Leaf | undefined {
  // A column with several leaves (a list of structures) is not a candidate.
  const times = new Map<string, number>();
  for (const { column } of leaves) times.set(column, (times.get(column) ?? 0) + 1);
  const fitting = leaves.filter((leaf) => fits(leaf) && times.get(leaf.column) === 1);
  return names.map((name) => fitting.find(({ column }) => column === name)).find(Boolean) ?? fitting[0];
}

async function wordsOf(
  file: ParquetFile,
  group: Group,
  leaf: Leaf,
  before: number,
  { signal }: ReadOptions,
): Promise<string[]> {
  const words: string[] = [];
  let bytes = 0;
  const room = () => BEST_PACKING * file.size + SMALL - bytes;
  const column = readColumn<string[]>(file, group, leaf, {
    decode: (page, dictionary) => textsOf(page, dictionary, room),
    most: () => Math.floor(room() / BYTES_OF_WORD),
    signal,
  });
  for await (const { values, definition, damaged } of column) {
    if (definition !== undefined) {
      const row = before + words.length + definition.findIndex((level) => level !== leaf.definition) + 1;
      throw malformedAt(`${file.name}, row ${row}`, `no word in the column ${quotable(leaf.column)}`);
    }
    for (const word of values) {
      words.push(word);
      bytes += BYTES_OF_WORD + word.length;
    }
    if (room() < 0) throw damaged('more text than the file can contain');
  }
  if (words.length !== group.rows)
    throw malformedAt(file.name, `${words.length} words in a group of ${group.rows} rows`);
  return words;
}

interface Filling {
  /** Number of complete rows. */
  done(): number;
  rows(): Rows | undefined;
  /** Numbers that may still follow, given the size of the file. */
  room(): number;
  begin(): void;
  add(values: Numbers, from: number, to: number): void;
  end(word: string): void;
  /** Numbers in the current row so far. */
  filled(): number;
  where(): string;
}

/** Collects rows in pieces; the first row gives the dimensions. */
function fillRows(file: ParquetFile, total: number, { only }: RowOptions): Filling {
  let rows: Rows | undefined;
  let first = new Float32Array(1 << 10);
  let done = 0;
  let filled = 0;
  let offset = 0;
  let left = (BEST_PACKING * file.size + SMALL) / 4;
  const where = () => `${file.name}, row ${done + 1}`;
  return {
    done: () => done,
    rows: () => rows,
    room: () => left,
    filled: () => filled,
    where,
    begin() {
      filled = 0;
      if (rows !== undefined) offset = nextRow(rows);
    },
    add(values, from, to) {
      const count = to - from;
      if (rows === undefined) {
        if (filled + count > MOST_DIMENSIONS) throw malformedAt(where(), `more than ${MOST_DIMENSIONS} numbers`);
        if (filled + count > first.length) {
          const wider = new Float32Array(2 * (filled + count));
          wider.set(first.subarray(0, filled));
          first = wider;
        }
        first.set(values.subarray(from, to), filled);
      } else if (filled + count <= rows.dimensions) rows.matrix.set(values.subarray(from, to), offset + filled);
      filled += count;
      left -= count;
    },
    end(word) {
      if (rows === undefined && filled > 0) {
        rows = createRows(filled, Math.min(total, 16 + Math.ceil(file.size / filled)), { only });
        rows.matrix.set(first.subarray(0, filled), nextRow(rows));
        first = new Float32Array(0);
      }
      const expected = rows === undefined ? 'at least one' : `${rows.dimensions} as in row 1`;
      if (filled !== rows?.dimensions) {
        throw malformedAt(where(), `a vector of ${filled || 'no'} numbers, expected ${expected}`);
      }
      keepRow(rows, word);
      done++;
    },
  };
}

async function readVectors(
  file: ParquetFile,
  group: Group,
  leaf: Leaf,
  filling: Filling,
  words: readonly string[],
  options: ReadOptions,
): Promise<void> {
  let begun = 0;
  const finish = () => {
    if (begun > 0) filling.end(words[begun - 1]);
  };
  const column = readColumn<Numbers>(file, group, leaf, {
    decode: (page, dictionary) => numbersOf(page, leaf, dictionary),
    most: filling.room,
    signal: options.signal,
  });
  for await (const { values, repetition, definition, count, damaged } of column) {
    const starts = repetition!;
    if (begun === 0 && count > 0 && starts[0] !== 0) throw damaged('the first list has no start');
    let value = 0;
    for (let at = 0; at < count; ) {
      if (starts[at] === 0) {
        finish();
        if (++begun > group.rows) throw malformedAt(file.name, `more vectors than the ${group.rows} rows of a group`);
        filling.begin();
      }
      const next = starts.indexOf(0, at + 1);
      const end = next < 0 ? count : next;
      if (definition !== undefined) {
        const absent = definition.subarray(at, end).findIndex((level) => level !== leaf.definition);
        // An empty or null list has one level without a value.
        if (absent >= 0 && definition[at + absent] >= leaf.element) {
          throw malformedAt(filling.where(), `number ${filling.filled() + absent + 1} is missing, expected a float`);
        }
        if (absent >= 0) {
          if (end - at > 1) throw damaged('an empty list that goes on');
          at = end;
          continue;
        }
      }
      filling.add(values, value, value + end - at);
      value += end - at;
      at = end;
    }
  }
  finish();
  if (begun !== group.rows) throw malformedAt(file.name, `${begun} vectors in a group of ${group.rows} rows`);
}
