// The statements of w2v sql: what --via sql runs, for people who run SQL by other means. Counts are written as Parquet,
// and `readCounts` reads them back.
import { createHash } from 'node:crypto';
import type { Vocabulary } from '../corpus/vocabulary.ts';
import { checkClusterPaths } from './corpus-view.ts';
import type { ClusterTokenizing, PairSettings } from './settings.ts';
import { quotedForSql, sqlOfPairs, sqlOfWords } from './sql-statements.ts';

const VIEW = 'w2v_corpus';
const VOCABULARY = 'w2v_vocabulary';

function viewOfText(paths: readonly string[]): string[] {
  checkClusterPaths(paths);
  const options = (path: string) => `OPTIONS (path ${quotedForSql(path)}, lineSep '\\n', recursiveFileLookup 'true')`;
  if (paths.length === 1) return [`CREATE OR REPLACE TEMPORARY VIEW ${VIEW} USING text ${options(paths[0])}`];
  const views = paths.map((_, at) => `${VIEW}_${at + 1}`);
  return [
    ...paths.map((path, at) => `CREATE OR REPLACE TEMPORARY VIEW ${views[at]} USING text ${options(path)}`),
    `CREATE OR REPLACE TEMPORARY VIEW ${VIEW} AS ${views.map((view) => `SELECT value FROM ${view}`).join(' UNION ALL ')}`,
  ];
}

function intoFolder(to: string): string {
  checkClusterPaths([to]);
  return `INSERT OVERWRITE DIRECTORY ${quotedForSql(to)}`;
}

/** Statements that write a vocabulary to the folder `to` of the cluster, word TAB count, or select it. */
export function vocabularyScript(
  paths: readonly string[],
  tokenizing: ClusterTokenizing,
  { minCount, maxVocab }: { minCount: number; maxVocab: number },
  to: string | undefined,
): string[] {
  const into = to === undefined ? '' : `${intoFolder(to)} USING csv OPTIONS (sep '\\t', quote '') `;
  const limit = maxVocab > 0 ? ` LIMIT ${maxVocab}` : '';
  const words = `SELECT /*+ COALESCE(1) */ word, n FROM (${sqlOfWords(VIEW, tokenizing)}) WHERE n >= ${minCount}`;
  return [...viewOfText(paths), `${into}${words} ORDER BY n DESC, word${limit}`];
}

/** In place of row and col: this row has the sum of all units, so that a file that is missing is noticed. */
export const SUM_ROW = -1;

/** Statements that write the counts of pairs to the folder `to` of the cluster as Parquet, or select them. */
export function countsScript(
  paths: readonly string[],
  tokenizing: ClusterTokenizing,
  vocabulary: Vocabulary,
  pairs: PairSettings,
  to: string | undefined,
): string[] {
  const into = to === undefined ? '' : `${intoFolder(to)} USING parquet OPTIONS (compression 'snappy') `;
  const words = `SELECT posexplode(split(${quotedForSql(vocabulary.words.join(' '))}, ' ')) AS (id, word)`;
  const counts = sqlOfPairs(VIEW, VOCABULARY, tokenizing, pairs);
  const sum = `SELECT ${SUM_ROW}, ${SUM_ROW}, coalesce(sum(units), 0L) FROM counts`;
  const all = `WITH counts AS (${counts}) SELECT row, col, units FROM counts UNION ALL ${sum}`;
  return [
    ...viewOfText(paths),
    `CREATE OR REPLACE TEMPORARY VIEW ${VOCABULARY} AS ${words}`,
    `${into}SELECT row, col, units AS ${unitsColumn(pairs, vocabulary)} FROM (${all}) ORDER BY row, col`,
  ];
}

/** Its name says how pairs were weighted, and, as a hash, of which words the ids are: `units_dynamic_5_3fa91c02`. */
export function unitsColumn(pairs: PairSettings, { words }: Vocabulary): string {
  return `${unitsOf(pairs)}_${createHash('sha256').update(words.join('\n')).digest('hex').slice(0, 8)}`;
}

/** Whether a column of units has these settings, whatever the words. */
export function hasSettings(column: string, pairs: PairSettings): boolean {
  return column.startsWith(`${unitsOf(pairs)}_`) && /^[0-9a-f]{8}$/.test(column.slice(unitsOf(pairs).length + 1));
}

const unitsOf = ({ window, weighting, directional }: PairSettings): string =>
  `units_${weighting}_${window}${directional ? '_directional' : ''}`;
