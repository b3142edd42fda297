// Reads counts of pairs that SQL wrote as Parquet: columns row, col and units_WEIGHTING_WINDOW_HASH, and a row with the
// sum of all (sql-script.ts), in any order of rows.
import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { malformed, malformedAt, missing } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import type { Vocabulary } from '../corpus/vocabulary.ts';
import { boundsOf, type CountLimits } from '../count/cooccurrence/cooccurrence.ts';
import { openEntrySpool } from '../count/cooccurrence/entry-spool.ts';
import { type PackedCounts, type PackedPiece, partRowsOf, partsFor } from '../count/cooccurrence/packed-counts.ts';
import { type CountsFile, openCountsFile, rewrite } from './counts-file.ts';
import type { PairSettings } from './settings.ts';
import { hasSettings, SUM_ROW, unitsColumn } from './sql-script.ts';

export type CountedBefore = PackedCounts & {
  pieces: AsyncGenerator<PackedPiece>;
  /** Closes the temporary file; never throws. */
  close(): void;
};

/**
 * The counts in the Parquet files of a folder, or in one file, of a vocabulary's ids and with these settings. They
 * are kept in a temporary file until `pieces` packs them. Throws `file-missing`, `file-malformed`, `file-unwritable`,
 * `interrupted`; `pieces` throws `file-malformed` for a pair that cannot be or comes twice, and `out-of-memory`.
 */
export async function readCounts(
  path: string,
  vocabulary: Vocabulary,
  pairs: PairSettings,
  limits: Pick<CountLimits, 'memory' | 'temporaryDirectory' | 'onProgress' | 'signal'> = {},
): Promise<CountedBefore> {
  const { onProgress, signal } = limits;
  const V = vocabulary.words.length;
  const mostRows = pairs.directional ? V * V : (V * (V + 1)) / 2;
  const parts = partsFor(vocabulary, pairs.window);
  const files = await parquetFiles(path);
  const spool = openEntrySpool(partRowsOf(vocabulary, { ...pairs, parts }), {
    ...{ directional: pairs.directional, memory: boundsOf(limits).memory },
    temporaryDirectory: limits.temporaryDirectory,
  });
  let [rows, sum, written] = [0, 0, undefined as number | undefined];
  try {
    for (const [number, file] of files.entries()) {
      onProgress?.({ phase: 'read', done: number, total: files.length, unit: 'steps' });
      const opened = await openCountsFile(file, signal);
      try {
        const columns = ['row', 'col', unitsColumnOf(opened, file, vocabulary, pairs)];
        for await (const [row, column, units] of opened.rows(columns, signal)) {
          for (let at = 0; at < row!.length; at++) {
            if (row![at] === SUM_ROW && column![at] === SUM_ROW) {
              if (written !== undefined) throw malformedAt(quotable(file), 'a second row with the sum of all', rewrite);
              written = units![at];
              continue;
            }
            if (!(row![at] >= 0 && row![at] < V && column![at] >= 0 && column![at] < V)) {
              const found = `row ${row![at]}, col ${column![at]}: the vocabulary has ${V} words`;
              throw malformedAt(quotable(file), found, ofVocabulary);
            }
            spool.add(row![at], column![at], units![at]);
            sum += units![at];
          }
          rows += row!.length;
          if (rows > mostRows + 1)
            throw malformedAt(quotable(path), `more than the ${mostRows} pairs of ${V} words`, rewrite);
        }
      } finally {
        await opened.close();
      }
    }
    if (written === undefined || sum < written) {
      const lacks = written === undefined ? 'the row with the sum of all' : `${written - sum} of ${written} units`;
      throw malformed(`${quotable(path)} is incomplete: it lacks ${lacks}`, whole);
    }
  } catch (error) {
    spool.close();
    throw error;
  }
  const extra = sum - written;
  return { parts, pieces: packed(), close: spool.close };

  async function* packed() {
    yield* spool.pieces(signal); // names a pair that is there twice
    if (extra > 0) throw malformedAt(quotable(path), `${extra} units more than the ${written} that it says`, whole);
  }
}

const ofVocabulary = "give the file that 'w2v sql count' had as { vocab }";
const whole = "fetch all files of the folder that the statements of 'w2v sql count' wrote";

/** The column of the units with these settings. Throws `file-malformed` if the file lacks a column. */
function unitsColumnOf({ columns }: CountsFile, file: string, vocabulary: Vocabulary, pairs: PairSettings): string {
  const unitsName = unitsColumn(pairs, vocabulary);
  const lacking = ['row', 'col', unitsName].find((name) => !columns.includes(name));
  if (lacking === undefined) return unitsName;
  const found = columns.find((name) => name.startsWith('units'));
  if (lacking === unitsName && found !== undefined && hasSettings(found, pairs)) {
    throw malformedAt(quotable(file), 'these counts are of another vocabulary', ofVocabulary);
  }
  const hint = found?.startsWith('units_')
    ? 'give the settings of these counts: { window, weighting, directional }'
    : rewrite;
  throw malformedAt(quotable(file), `no column ${lacking}; its columns are ${quotable(columns.join(', '))}`, hint);
}

async function parquetFiles(path: string): Promise<string[]> {
  const hint = "it is what the statements of 'w2v sql count' write";
  if (!existsSync(path)) throw missing(`no such file or folder: ${quotable(path)}`, hint);
  if (!statSync(path).isDirectory()) return [path];
  const files = (await readdir(path)).filter((name) => name.endsWith('.parquet') && !/^[._]/.test(name)).sort();
  if (files.length > 0) return files.map((name) => join(path, name));
  throw missing(`the folder ${quotable(path)} has no .parquet file`, hint);
}
