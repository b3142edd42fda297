// Reads the rows of one Parquet file of counts (read-counts.ts) with the reader of vectors, which trusts no size in it.
import { malformedAt, W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { openSideFile } from '../files/byte-source.ts';
import { readColumn } from '../formats/parquet/column.ts';
import { type Group, type Leaf, readFooter } from '../formats/parquet/footer.ts';
import { openParquet, type ParquetFile } from '../formats/parquet/parquet-file.ts';
import { type Numbers, numbersOf } from '../formats/parquet/values.ts';

export const rewrite = "write it with the statements of 'w2v sql count'";

/** Limit on rows, as in read-parquet.ts: a row has three values of at least four bytes. */
const BEST_PACKING = 1100;
const SMALL = 1 << 26;
const BYTES_OF_ROW = 12;

export interface CountsFile {
  /** Top-level columns. */
  columns: string[];
  /** Values of the columns `names`, which must be whole numbers, in pieces of the same length. */
  rows(names: readonly string[], signal?: AbortSignal): AsyncGenerator<Numbers[]>;
  close(): Promise<void>;
}

/** Throws `file-malformed`, `file-missing`, `file-unreadable`. */
export async function openCountsFile(name: string, signal?: AbortSignal): Promise<CountsFile> {
  const source = await openSideFile(name);
  let file: ParquetFile | undefined;
  const close = async () => {
    await file?.close();
    await source.close();
  };
  try {
    file = await openParquet(source, signal);
    const { leaves, columns, groups } = readFooter(file.footer, file.end, name);
    return { columns, rows: (names, stop) => rowsOf(file!, groups, leavesNamed(leaves, names, name), stop), close };
  } catch (error) {
    await close();
    if (!(error instanceof W2vError) || error.code !== 'file-malformed') throw error;
    const why = error.message.replace(`${name}: `, '').replace(`${name} `, '');
    throw malformedAt(quotable(name), `not a Parquet file (${why})`, rewrite, { cause: error });
  }
}

function leavesNamed(leaves: readonly Leaf[], names: readonly string[], file: string): Leaf[] {
  return names.map((name) => {
    const leaf = leaves.find((one) => one.isTop && one.column === name);
    if (leaf && leaf.repetition === 0 && (leaf.type === 'INT32' || leaf.type === 'INT64')) return leaf;
    throw malformedAt(file, `the column ${quotable(name)} has no whole numbers (INT32 or INT64)`, rewrite);
  });
}

async function* rowsOf(
  file: ParquetFile,
  groups: readonly Group[],
  leaves: readonly Leaf[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Numbers[]> {
  let room = Math.floor((BEST_PACKING * file.size + SMALL) / BYTES_OF_ROW);
  for (const group of groups) {
    const columns = leaves.map((leaf) => {
      const decode = (page: Parameters<typeof numbersOf>[0], dictionary: Numbers | undefined) =>
        numbersOf(page, leaf, dictionary);
      const pieces = readColumn<Numbers>(file, group, leaf, { decode, most: () => room, signal });
      return { leaf, pieces, values: new Int32Array(0) as Numbers, at: 0 };
    });
    for (let left = group.rows; left > 0; ) {
      for (const column of columns) {
        if (column.at < column.values.length) continue;
        const { value: piece } = await column.pieces.next();
        if (!piece) throw malformedAt(file.name, `the column ${quotable(column.leaf.column)} ends early`);
        if (piece.definition) {
          throw malformedAt(file.name, `the column ${quotable(column.leaf.column)} lacks a value`, rewrite);
        }
        [column.values, column.at] = [piece.values, 0];
      }
      const count = Math.min(...columns.map(({ values, at }) => values.length - at));
      yield columns.map(({ values, at }) => values.subarray(at, at + count));
      for (const column of columns) column.at += count;
      left -= count;
      room -= count;
    }
  }
}
