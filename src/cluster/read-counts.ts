// Reads counts of pairs that SQL wrote as Parquet: columns row, col and units_WEIGHTING_WINDOW (sql-script.ts), in any
// order of rows.
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
import { unitsColumn } from './sql-script.ts';

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
  for (const [number, file] of files.entries()) {
    onProgress?.({ phase: 'read', done: number, total: files.length, unit: 'steps' });
    await readFileRows(file, unitsColumn(pairs), signal, (row, column, units) => {
      if (!(row >= 0 && row < V && column >= 0 && column < V)) {
        const hint = 'give the vocabulary of these counts as { vocab }';
        throw new W2vError(
          'file-malformed',
          `${quotable(file)}: row ${row}, col ${column}: the vocabulary has ${V} words`,
          hint,
        );
      }
      const { keys, units: all } = entries[partOf[row]!]!;
      keys.push(row * V + column);
      all.push(units);
    });
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
  unitsName: string,
  signal: AbortSignal | undefined,
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
  const columns = ['row', 'col', unitsName];
  const missing = columns.find((name) => !names.includes(name));
  if (missing !== undefined) {
    const found = names.find((name) => name.startsWith('units'));
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
