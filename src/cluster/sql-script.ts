// The statements of w2v sql: what --via sql runs, for people who run SQL by other means. Counts are written as Parquet,
// and
// `readCounts` reads them back.
import type { Vocabulary } from '../corpus/vocabulary.ts';
import { checkClusterPaths } from './corpus-view.ts';
import type { ClusterTokenizing, PairSettings } from './settings.ts';
import { sqlOfPairs, sqlOfWords } from './sql-statements.ts';
import { quotedForSql } from './sql-text.ts';

const VIEW = 'w2v_corpus';
const VOCABULARY = 'w2v_vocabulary';

function viewOfText(paths: readonly string[]): string[] {
  checkClusterPaths(paths);
  const options = (path: string) => `OPTIONS (path ${quotedForSql(path)}, lineSep '\\n', recursiveFileLookup 'true')`;
  if (paths.length === 1) return [`CREATE OR REPLACE TEMPORARY VIEW ${VIEW} USING text ${options(paths[0]!)}`];
  const views = paths.map((_, at) => `${VIEW}_${at + 1}`);
  return [
    ...paths.map((path, at) => `CREATE OR REPLACE TEMPORARY VIEW ${views[at]} USING text ${options(path)}`),
    `CREATE OR REPLACE TEMPORARY VIEW ${VIEW} AS ${views.map((view) => `SELECT value FROM ${view}`).join(' UNION ALL ')}`,
  ];
}

/** Statements that write a vocabulary to the folder `to` of the cluster, word TAB count, or select it. */
export function vocabularyScript(
  paths: readonly string[],
  tokenizing: ClusterTokenizing,
  { minCount, maxVocab }: { minCount: number; maxVocab: number },
  to: string | undefined,
): string[] {
  const into =
    to === undefined ? '' : `INSERT OVERWRITE DIRECTORY ${quotedForSql(to)} USING csv OPTIONS (sep '\\t', quote '') `;
  const limit = maxVocab > 0 ? ` LIMIT ${maxVocab}` : '';
  const words = `SELECT /*+ COALESCE(1) */ word, n FROM (${sqlOfWords(VIEW, tokenizing)}) WHERE n >= ${minCount}`;
  return [...viewOfText(paths), `${into}${words} ORDER BY n DESC, word${limit}`];
}

/** Statements that write the counts of pairs to the folder `to` of the cluster as Parquet, or select them. */
export function countsScript(
  paths: readonly string[],
  tokenizing: ClusterTokenizing,
  vocabulary: Vocabulary,
  pairs: PairSettings,
  to: string | undefined,
): string[] {
  const into = to === undefined ? '' : `INSERT OVERWRITE DIRECTORY ${quotedForSql(to)} USING parquet `;
  const words = `SELECT posexplode(split(${quotedForSql(vocabulary.words.join(' '))}, ' ')) AS (id, word)`;
  const counts = sqlOfPairs(VIEW, VOCABULARY, tokenizing, pairs);
  return [
    ...viewOfText(paths),
    `CREATE OR REPLACE TEMPORARY VIEW ${VOCABULARY} AS ${words}`,
    `${into}SELECT row, col, units AS ${unitsColumn(pairs)} FROM (${counts}) ORDER BY row, col`,
  ];
}

/** Its name says how pairs were weighted: `units_dynamic_5`. */
export function unitsColumn({ window, weighting, directional }: PairSettings): string {
  return `units_${weighting}_${window}${directional ? '_directional' : ''}`;
}
