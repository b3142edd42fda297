// Words and pairs counted in SQL alone: what w2v's worker does, as far as SQL goes. It differs in one thing: SQL has no
// NFC, so letters with combining marks stay as they are written.

import { usage } from '../base/errors.ts';
import { windowWeights } from '../count/cooccurrence/window-weights.ts';
import type { ClusterTokenizing, PairSettings } from './settings.ts';

const WORD = "([\\p{L}\\p{M}\\p{N}]+(?:['-][\\p{L}\\p{M}\\p{N}]+)*)";
/** White space of Python's str.split(), as `whitespace` has it. */
const NOT_SPACE =
  '([^\\t-\\x0d\\x1c-\\x20\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}]+)';
const LONGEST = 1024; // bytes, as LONGEST_TOKEN

/** The words of the line `value`, an array. */
function wordsOfLine({ tokenizer, keepCase }: ClusterTokenizing): string {
  if (tokenizer === 'jamo') {
    const hint = "give { via: 'worker' }, or { tokenizer: 'words' }";
    throw usage('SQL cannot take syllables apart: tokenizer is jamo', hint);
  }
  if (tokenizer === 'whitespace') return `regexp_extract_all(value, ${quotedForSql(NOT_SPACE)}, 1)`;
  const joined = "translate(value, '\u2019\u2010', '\\'-')";
  const words = `regexp_extract_all(${keepCase ? joined : `lower(${joined})`}, ${quotedForSql(WORD)}, 1)`;
  // A run of marks alone is no word.
  return `filter(${words}, w -> octet_length(w) <= ${LONGEST} AND w RLIKE '[\\\\p{L}\\\\p{N}]')`;
}

/** word, n of each word in the view. */
export function sqlOfWords(view: string, tokenizing: ClusterTokenizing): string {
  return `SELECT word, count(*) AS n FROM (SELECT explode(${wordsOfLine(tokenizing)}) AS word FROM ${view}) GROUP BY word`;
}

/**
 * The same with `first`, where each word comes first: file, start of its block, and place, which grows with line and
 * word (53 bits, so that it is a number of JavaScript).
 */
export function sqlOfPlacedWords(view: string, tokenizing: ClusterTokenizing): string {
  const line = 'monotonically_increasing_id() & 2147483647L AS line';
  const lines = `SELECT file, start, ${line}, ${wordsOfLine(tokenizing)} AS words FROM ${view}`;
  const words = `SELECT word, file, start, line, pos FROM (${lines}) LATERAL VIEW posexplode(words) AS pos, word`;
  const first = 'min(struct(file, start, line * 4194304L + least(pos, 4194303) AS place)) AS first';
  return `SELECT word, count(*) AS n, ${first} FROM (${words}) GROUP BY word`;
}

/**
 * row, col, units of each pair within the window, row <= col unless they are directional; words that `vocabulary` (a
 * table of word and id) lacks are dropped before windows are formed.
 */
export function sqlOfPairs(
  view: string,
  vocabulary: string,
  tokenizing: ClusterTokenizing,
  { window, weighting, directional }: PairSettings,
): string {
  const { multiples, varies } = windowWeights(weighting, window);
  const weights = varies
    ? `element_at(array(${multiples
        .slice(1)
        .map((units) => `${units}L`)
        .join(', ')}), i + 1)`
    : '1L';
  const lines = `SELECT monotonically_increasing_id() AS line, ${wordsOfLine(tokenizing)} AS words FROM ${view}`;
  const words = `SELECT line, pos, word FROM (${lines}) LATERAL VIEW posexplode(words) AS pos, word`;
  const known = `SELECT w.line, w.pos, v.id FROM (${words}) AS w JOIN ${vocabulary} AS v ON w.word = v.word`;
  const ids = `SELECT transform(array_sort(collect_list(struct(pos, id))), x -> x.id) AS ids FROM (${known}) GROUP BY line`;
  const places = `SELECT ids, explode(sequence(0, size(ids) - 2)) AS p FROM (${ids}) WHERE size(ids) > 1`;
  const after = `transform(slice(ids, p + 2, ${window}), (c, i) -> struct(c AS c, ${weights} AS u))`;
  const pairs = `SELECT element_at(ids, p + 1) AS a, w.c AS b, w.u AS units FROM (${places}) LATERAL VIEW explode(${after}) AS w`;
  const ends = directional ? 'a AS row, b AS col' : 'least(a, b) AS row, greatest(a, b) AS col';
  return `SELECT ${ends}, sum(units) AS units FROM (${pairs}) GROUP BY 1, 2`;
}

/** A string literal, without `${`, which Spark would replace. */
export function quotedForSql(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n');
  return `'${escaped.replaceAll('${', '\\u0024{')}'`;
}

// Without Hive the default separator is U+0001, and a word \N would be NULL; no word is a space.
const FORMAT = "ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t' NULL DEFINED AS ' '";

/** Runs `command` in a shell on the executors, with the columns of `input` as rows on its standard input. */
export function transform(columns: string, command: string, schema: string, input: string): string {
  return `SELECT TRANSFORM(${columns}) ${FORMAT} USING ${quotedForSql(command)} AS (${schema}) ${FORMAT} FROM ${input}`;
}
