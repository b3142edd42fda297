// Reads counts of pairs that SQL wrote as Parquet: columns row, col and units_WEIGHTING_WINDOW_HASH, and a row with the
// sum of all (sql-script.ts), in any order of rows.
import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Vocabulary } from '../corpus/vocabulary.ts';
import { packRows } from '../count/cooccurrence/pack-rows.ts';
import { type PackedPiece, partRowsOf, partsFor } from '../count/cooccurrence/packed-counts.ts';
import { throwIfAborted, W2vError } from '../errors.ts';
import { quotable } from '../printable.ts';
import type { OnProgress } from '../progress.ts';
import type { PairSettings } from './settings.ts';
import { hasSettings, SUM_ROW, unitsColumn } from './sql-script.ts';

const ROWS = 1 << 18; // read at a time

interface Entries {
  keys: number[];
  units: number[];
}

/**
 * The counts in the Parquet files of a folder, or in one file, of a vocabulary's ids and with these settings. Throws
 * `file-missing`, `file-malformed`, `interrupted`.
 */
export async function readCounts(
  path: string,
  vocabulary: Vocabulary,
  pairs: PairSettings,
  { onProgress, signal }: { onProgress?: OnProgress | undefined; signal?: AbortSignal | undefined } = {},
): Promise<{ parts: number; pieces: PackedPiece[] }> {
  const V = vocabulary.words.length;
  const parts = partsFor(vocabulary, pairs.window);
  const partRows = partRowsOf(vocabulary, { ...pairs, parts });
  const partOf = new Int32Array(V);
  for (let part = 0; part + 1 < partRows.length; part++) partOf.fill(part, partRows[part], partRows[part + 1]);
  const entries = partRows.slice(1).map((): Entries => ({ keys: [], units: [] }));
  const files = await parquetFiles(path);
  let [sum, written] = [0, undefined as number | undefined];
  for (const [number, file] of files.entries()) {
    onProgress?.({ phase: 'read', done: number, total: files.length, unit: 'steps' });
    await readFileRows(file, { pairs, vocabulary, signal }, (row, column, units) => {
      if (row === SUM_ROW && column === SUM_ROW) {
        written = units;
        return;
      }
      if (!(row >= 0 && row < V && column >= 0 && column < V)) {
        const hint = "give the file that 'w2v sql count' had as { vocab }";
        throw new W2vError(
          'file-malformed',
          `${quotable(file)}: row ${row}, col ${column}: the vocabulary has ${V} words`,
          hint,
        );
      }
      const { keys, units: all } = entries[partOf[row]!]!;
      keys.push(row * V + column);
      all.push(units);
      sum += units;
    });
  }
  const isTwice = written !== undefined && sum > written; // the packer names the pair
  if (sum !== written && !isTwice) {
    const lacks = written === undefined ? 'the row with the sum of all' : `${written - sum} of ${written} units`;
    const hint = "fetch all files of the folder that the statements of 'w2v sql count' wrote";
    throw new W2vError('file-malformed', `${quotable(path)} is not whole: it lacks ${lacks}`, hint);
  }
  const packer = packRows(partRows, V, pairs.directional);
  for (const { keys, units } of entries) {
    const isSorted = keys.every((key, at) => at === 0 || keys[at - 1]! < key);
    const order = Uint32Array.from(keys.keys());
    if (!isSorted) order.sort((a, b) => keys[a]! - keys[b]!);
    for (const at of order) packer.add(Math.floor(keys[at]! / V), keys[at]! % V, units[at]!);
  }
  return { parts, pieces: packer.pieces() };
}

async function parquetFiles(path: string): Promise<string[]> {
  const hint = "it is what the statements of 'w2v sql count' write";
  if (!existsSync(path)) throw new W2vError('file-missing', `no such file or folder: ${quotable(path)}`, hint);
  if (!statSync(path).isDirectory()) return [path];
  const files = (await readdir(path)).filter((name) => name.endsWith('.parquet') && !/^[._]/.test(name)).sort();
  if (files.length > 0) return files.map((name) => join(path, name));
  throw new W2vError('file-missing', `the folder ${quotable(path)} has no .parquet file`, hint);
}

async function readFileRows(
  file: string,
  { pairs, vocabulary, signal }: { pairs: PairSettings; vocabulary: Vocabulary; signal: AbortSignal | undefined },
  take: (row: number, column: number, units: number) => void,
): Promise<void> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } = await import('hyparquet');
  const malformed = (why: string, hint: string, cause?: unknown) =>
    new W2vError('file-malformed', `${quotable(file)}: ${why}`, hint, { cause });
  const rewrite = "write it with the statements of 'w2v sql count'";
  const buffer = await asyncBufferFromFile(file);
  const metadata = await parquetMetadataAsync(buffer).catch((cause: unknown) => {
    throw malformed(`not a Parquet file (${(cause as Error).message})`, rewrite, cause);
  });
  const names = metadata.schema.slice(1).map(({ name }) => name);
  const unitsName = unitsColumn(pairs, vocabulary);
  const columns = ['row', 'col', unitsName];
  const missing = columns.find((name) => !names.includes(name));
  if (missing !== undefined) {
    const found = names.find((name) => name.startsWith('units'));
    if (missing === unitsName && found !== undefined && hasSettings(found, pairs)) {
      throw malformed('these counts are of another vocabulary', "give the file that 'w2v sql count' had as { vocab }");
    }
    const hint = found?.startsWith('units_')
      ? 'give the settings of these counts: { window, weighting, directional }'
      : rewrite;
    throw malformed(`no column ${missing}; its columns are ${quotable(names.join(', '))}`, hint);
  }
  const total = Number(metadata.num_rows);
  for (let rowStart = 0; rowStart < total; rowStart += ROWS) {
    throwIfAborted(signal);
    const rowEnd = Math.min(total, rowStart + ROWS);
    const rows = await parquetReadObjects({ file: buffer, metadata, columns, rowStart, rowEnd }).catch(
      (cause: unknown) => {
        throw malformed(`damaged (${(cause as Error).message})`, rewrite, cause);
      },
    );
    for (const each of rows) take(Number(each.row), Number(each.col), Number(each[unitsName]));
  }
}
