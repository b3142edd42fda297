// Scores and their differences as tables of text.
import type { ContestantScores, ScoreDifference } from '../evaluate/compare-files.ts';
import { measureTitles } from '../report/figures.ts';
import { counted, thousands } from './format-numbers.ts';
import { formatTable, type TableColumn } from './table.ts';

/** 0.6542; a dash where there is no value. */
export function score(value: number | undefined): string {
  return value === undefined ? '-' : value.toFixed(3);
}

/** 0.590 .. 0.712 */
export function interval(low: number | undefined, high: number | undefined): string {
  return low === undefined || high === undefined ? '-' : `${score(low)} .. ${score(high)}`;
}

/** One table of all word pairs and one of all analogies, set by set; empty where there are none. */
export function scoreTables(scores: readonly ContestantScores[]): string[][] {
  const pairs = setsOf(scores, 'pairs').flatMap((set) =>
    scores.flatMap(({ name, pairs }) =>
      pairs
        .filter((result) => result.set === set)
        .map((result) => [
          set,
          name,
          score(result.spearman),
          interval(result.low, result.high),
          `${thousands(result.answered)} of ${thousands(result.total)}`,
        ]),
    ),
  );
  const analogies = setsOf(scores, 'analogies').flatMap((set) =>
    scores.flatMap(({ name, analogies }) =>
      analogies
        .filter((result) => result.set === set)
        .map((result) => [
          set,
          name,
          measureTitles[result.method],
          score(result.accuracy),
          interval(result.low, result.high),
          `${thousands(result.correct)} of ${thousands(result.used)}`,
          `${thousands(result.used)} of ${thousands(result.total)}`,
        ]),
    ),
  );
  return [
    table(['pairs', 'vectors', '>Spearman', '95 % interval', '>answered'], pairs),
    table(['analogies', 'vectors', 'method', '>accuracy', '95 % interval', '>right', '>asked'], analogies),
  ];
}

function setsOf(scores: readonly ContestantScores[], kind: 'pairs' | 'analogies'): string[] {
  return [...new Set(scores.flatMap((one) => one[kind].map(({ set }) => set)))];
}

/** The sections of each set, a column for each contestant and method. */
export function sectionTables(scores: readonly ContestantScores[]): string[][] {
  return setsOf(scores, 'analogies').map((set) => {
    const results = scores.flatMap(({ name, analogies }) =>
      analogies.filter((result) => result.set === set).map((result) => ({ name, ...result })),
    );
    const titles = results.map(({ name, method }) => `>${name} ${measureTitles[method]}`);
    const rows = results[0]!.sections.map(({ section }, at) => [
      section,
      ...results.map(({ sections }) => {
        const { accuracy, correct, used } = sections[at]!;
        return accuracy === undefined ? '-' : `${score(accuracy)}  ${thousands(correct)} of ${thousands(used)}`;
      }),
    ]);
    return table([set, ...titles], rows);
  });
}

/** first - second, with the interval and the p-value of "no difference". */
export function differenceTable(differences: readonly ScoreDifference[]): string[] {
  const rows = differences.map(({ set, measure, first, second, difference, low, high, pValue, used }) => [
    set,
    measureTitles[measure],
    `${first} - ${second}`,
    signed(difference),
    `${signed(low)} .. ${signed(high)}`,
    pValue < 0.001 ? '< 0.001' : pValue.toFixed(3),
    thousands(used),
  ]);
  return table(['differences', 'measure', 'of', '>by', '95 % interval', '>p', '>items'], rows);
}

/** What was left out, and by which rule. */
export function missingLines(scores: readonly ContestantScores[], missing: 'skip' | 'zero'): string[] {
  return scores.flatMap(({ name, pairs, analogies }) => {
    const lacking = pairs.reduce((sum, { total, answered }) => sum + total - answered, 0);
    const sets = analogies.filter(({ method }) => method === 'add');
    const unasked = sets.reduce((sum, { total, used }) => sum + total - used, 0);
    const parts: string[] = [];
    if (lacking > 0) parts.push(`${counted(lacking, 'pair')} it has no answer to`);
    if (unasked > 0) parts.push(`${counted(unasked, 'question')} with a word outside its vocabulary`);
    if (parts.length === 0) return [];
    return missing === 'zero'
      ? [`${name}: ${parts.join(', ')}: counted as similarity 0 and as wrong (--missing skip leaves them out)`]
      : [`${name}: left out ${parts.join(', ')} (--missing zero counts them as 0 and as wrong)`];
  });
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(3)}`;
}

/** Titles that start with '>' stand above numbers. */
function table(titles: readonly string[], rows: readonly string[][]): string[] {
  if (rows.length === 0) return [];
  const columns = titles.map<TableColumn>((title) =>
    title.startsWith('>') ? { title: title.slice(1), align: 'right' } : { title },
  );
  return formatTable(columns, rows);
}
