// w2v evaluate FILE...: word pairs and analogies, each score with its interval, and the differences between files.
import type { Command } from 'commander';
import { usage } from '../../base/errors.ts';
import { counted } from '../../base/format-numbers.ts';
import { quotable } from '../../base/printable.ts';
import { finishInTurns } from '../../base/steps.ts';
import { thesaurusSystem } from '../../compare/thesaurus-route.ts';
import {
  type Comparison,
  compareSystems,
  type System,
  type SystemScores,
  vectorSystem,
} from '../../evaluate/compare-files.ts';
import { composedWords } from '../../evaluate/similarity-measure.ts';
import { analogiesTable, differencesTable, pairsTable, sectionsTable } from '../../report/score-tables.ts';
import { analogiesDocument, pairsDocument } from '../../report/scores-document.ts';
import { type CommandContext, printJson, printResult, say, withProgress } from '../context.ts';
import { loadShown, vectorFile } from '../open-vectors.ts';
import { readVocabulary } from '../options/corpus.ts';
import { type EvaluateCommandOptions, evaluateOptions } from '../options/evaluate.ts';
import { declare } from '../options/option.ts';
import { tsvLine } from '../options/print.ts';
import { tableLines } from '../terminal/narrow-table.ts';
import { leftOutLines, loadWordNet, readTestSets } from '../test-sets.ts';

const examples = `Examples:
  w2v evaluate vectors.bin                   on all built-in test sets
  w2v evaluate vectors.bin --pairs wordsim353 men.txt --analogies questions.txt
  w2v evaluate a.bin b.bin --json            both, and their difference
  w2v evaluate vectors.bin --thesaurus       also score WordNet on the pairs
`;

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples);
  declare(command, { operands: [{ ...vectorFile, name: '<file...>' }], options: evaluateOptions });
  command.action((files: string[], options: EvaluateCommandOptions) => run(context, files, options));
}

async function run(context: CommandContext, files: string[], options: EvaluateCommandOptions): Promise<void> {
  const quiet = options.quiet === true;
  const { missing, seed, restrictVocab } = options;
  const caseInsensitive = options.caseSensitive !== true;
  const twice = files.find((file, at) => files.indexOf(file) !== at);
  if (twice !== undefined) throw usage(`${quotable(twice)} is given twice`, 'give each file once');
  const { counts } = options;
  const vocabulary = counts === undefined ? undefined : await readVocabulary(context, counts);
  if (vocabulary === undefined && (options.thesaurus === 'lin' || options.thesaurus === 'resnik')) {
    const observed = `--thesaurus ${options.thesaurus} needs the counts of words in a corpus`;
    throw usage(observed, 'make them with w2v vocab CORPUS -o FILE, then add --counts FILE');
  }
  const { sets, wordnet } = await withProgress(context, quiet, async ({ onProgress }) => ({
    sets: await readTestSets(context, options, onProgress),
    wordnet: options.thesaurus && (await loadWordNet(context, options.wordnet)),
  }));
  if (sets.pairs.length + sets.analogies.length === 0) throw sets.leftOut[0].error;
  if (!quiet) for (const line of leftOutLines(sets.leftOut)) say(context, line);
  const systems: System[] = [];
  const composed = new Map<string, number>();
  for (const file of files) {
    const vectors = await loadShown(context, file, quiet);
    systems.push(vectorSystem(file, vectors, { caseInsensitive }));
    composed.set(file, composedWords(vectors, sets.pairs, { caseInsensitive }));
  }
  if (wordnet && options.thesaurus) systems.push(thesaurusSystem(wordnet, options.thesaurus, vocabulary));

  const { signal } = context;
  const comparison = await withProgress(context, quiet, async ({ onProgress }) => {
    const scoring = { restrictVocab, missing, seed, caseInsensitive, onProgress };
    return finishInTurns(compareSystems(systems, sets, scoring), signal);
  });
  if (options.json) return printJson(context, scoresJson(comparison, options, composed));
  const { scores, differences } = comparison;
  if (options.tsv) return printResult(context, scores.flatMap(scoreRecords));
  const routes = scores.map((one) => ({
    name: one.name,
    pairs: pairsDocument(one),
    analogies: analogiesDocument(one),
  }));
  const scored = { routes, differences, settings: { missing, restrictVocab }, unscored: true };
  const tables = [pairsTable(scored), analogiesTable(scored)];
  if (options.sections) tables.push(sectionsTable(scored));
  tables.push(differencesTable(scored));
  printResult(
    context,
    tables
      .filter(({ rows }) => rows.length > 0)
      .flatMap((table, at) => [...(at > 0 ? [''] : []), ...tableLines(table)]),
  );
  if (quiet) return;
  say(context, 'Each file comes from a single seed; scores would differ with another.');
  if (differences.length > 0) {
    say(context, 'Holm: p-value corrected for the number of differences tested on the same set and measure.');
  }
  for (const [file, words] of composed) {
    if (words > 0) say(context, `${file}: vectors of ${counted(words, 'word')} in the pairs composed from n-grams`);
  }
  for (const line of missingLines(scores, missing)) say(context, line);
}

/**
 * File, set, measure, score, the ends of its interval, used and all items: of each test set a line, of analogies two.
 */
function scoreRecords(scores: SystemScores): string[] {
  const ofPairs = pairsDocument(scores).map(({ set, spearman, low, high, used, total }) =>
    tsvLine([scores.name, set, 'spearman', spearman, low, high, used, total]),
  );
  const ofAnalogies = analogiesDocument(scores).flatMap(({ set, mul, ...add }) =>
    [{ measure: '3CosAdd', ...add }, ...(mul ? [{ measure: '3CosMul', ...mul }] : [])].map(
      ({ measure, accuracy, low, high, used, total }) =>
        tsvLine([scores.name, set, measure, accuracy, low, high, used, total]),
    ),
  );
  return [...ofPairs, ...ofAnalogies];
}

/** What was left out, and by which rule. */
function missingLines(scores: readonly SystemScores[], missing: 'skip' | 'zero'): string[] {
  return scores.flatMap(({ name, pairs, analogies }) => {
    const lacking = pairs.reduce((sum, { total, answered }) => sum + total - answered, 0);
    const sets = analogies.filter(({ method }) => method === 'add');
    const unasked = sets.reduce((sum, { total, used }) => sum + total - used, 0);
    const parts: string[] = [];
    if (lacking > 0) parts.push(`${counted(lacking, 'pair')} it has no answer to`);
    if (unasked > 0) parts.push(`${counted(unasked, 'question')} with a word outside its vocabulary`);
    const unscored = [
      ...pairs.filter(({ spearman, total }) => spearman === undefined && total > 0),
      ...sets.filter(({ used, total }) => used === 0 && total > 0),
    ];
    const equal = unscored.filter(({ used }) => used > 1).map(({ set }) => set);
    const none = unscored.filter(({ used }) => used <= 1).map(({ set }) => set);
    const lines: string[] = [];
    if (parts.length > 0) {
      lines.push(
        missing === 'zero'
          ? `${name}: ${parts.join(', ')}: counted as similarity 0 and as wrong (--missing skip leaves them out)`
          : `${name}: left out ${parts.join(', ')} (--missing zero counts them as 0 and as wrong)`,
      );
    }
    if (none.length > 0) {
      lines.push(
        `${name} has no score on ${none.join(', ')}: too few of the words. Another language, or a small text?`,
      );
    }
    if (equal.length > 0) lines.push(`${name} has no score on ${equal.join(', ')}: all pairs have one similarity`);
    return lines;
  });
}

/** The document of the command-line contract: one entry a file, the thesaurus as another. */
function scoresJson(
  { scores, differences }: Comparison,
  options: EvaluateCommandOptions,
  composed: ReadonlyMap<string, number>,
) {
  const { missing, restrictVocab, seed } = options;
  return scores.map((one) => ({
    file: one.name,
    pairs: pairsDocument(one),
    analogies: analogiesDocument(one),
    composedWords: composed.get(one.name) ?? 0,
    differences: differences
      .filter(({ first }) => first === one.name)
      .map(({ first: _file, second, ...difference }) => ({ to: second, ...difference })),
    settings: { missing, restrictVocab, caseSensitive: options.caseSensitive === true, seed },
  }));
}
