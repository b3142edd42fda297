// w2v compare CORPUS|FILE...: thesaurus, counting and prediction side by side, as text, Markdown, JSON and a report.

import type { ChalkInstance } from 'chalk';
import type { Command } from 'commander';
import { usage } from '../../base/errors.ts';
import { byteSize } from '../../base/format-numbers.ts';
import { printable, quotable } from '../../base/printable.ts';
import { compareMade } from '../../compare/compare.ts';
import { areVectors, type InputKind, unseenPipes } from '../../compare/inputs.ts';
import { routesOfFiles } from '../../compare/routes-of-files.ts';
import { sharedWords } from '../../compare/shared-words.ts';
import { thesaurusRoute } from '../../compare/thesaurus-route.ts';
import type { ByteSink } from '../../files/output.ts';
import { quotedForShell } from '../../files/shell-name.ts';
import { stampOf } from '../../files/side-file.ts';
import { writeFiles } from '../../files/write-files.ts';
import { type ComparisonDocument, comparisonDocument } from '../../report/comparison-document.ts';
import { comparisonMarkdown, introduction, reportTitle, routeTitle } from '../../report/markdown.ts';
import { reportPage } from '../../report/page.ts';
import { comparisonTables } from '../../report/tables.ts';
import type { WordNet } from '../../thesaurus/open-wordnet.ts';
import { wordIndex } from '../../vectors/word-vectors.ts';
import { type Note, openCache, routesFromCorpus, wordsAsked } from '../compare-corpus.ts';
import { explorerLink, type KnownFile, mapOfRoutes, mappedRoutes } from '../compare-map.ts';
import {
  type CommandContext,
  printJson,
  printResult,
  printStyled,
  say,
  stdoutColors,
  withProgress,
} from '../context.ts';
import { loadShown, manifestBeside } from '../open-vectors.ts';
import { CORPUS, type CompareCommandOptions, compareOptions, VECTORS } from '../options/compare.ts';
import { corpora } from '../options/corpus.ts';
import { declare } from '../options/option.ts';
import { listLines, tableLines } from '../terminal/narrow-table.ts';
import type { OutputStream } from '../terminal/terminal.ts';
import { fitted } from '../terminal/text-width.ts';
import { leftOutFor, leftOutLines, loadWordNet, type ReadTestSets, readTestSets } from '../test-sets.ts';
import { ownVersion } from '../version.ts';

const examples = `Examples:
  w2v compare corpus:mix --report report.html
                           all methods and WordNet on one text
  w2v compare a.bin b.npz --words king queen   existing files of vectors
  w2v compare a.bin b.bin --report report.html --map map.html
                           also a page to explore both, linked from the report
  w2v compare notes.txt --seeds 5 --json       means over five random seeds
`;

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples);
  const operand = {
    ...corpora,
    name: '<corpus|file...>',
    text: `two or more files of word vectors, or a corpus: ${corpora.text}`,
    what: 'the inputs',
  };
  const input = async ([inputs]: readonly unknown[], { as }: Record<string, unknown>) =>
    (await areVectors(inputs as string[], as as InputKind)) ? VECTORS : CORPUS;
  declare(command, { operands: [operand], options: compareOptions, input });
  command.action((inputs: string[], options: CompareCommandOptions) => run(context, inputs, options));
}

async function run(context: CommandContext, inputs: string[], options: CompareCommandOptions): Promise<void> {
  const { report, map, force = false, missing, restrictVocab, seed, seeds, k } = options;
  const quiet = options.quiet === true;
  const caseInsensitive = options.caseSensitive !== true;
  checkOptions(options);
  const fromVectors = await areVectors(inputs, options.as);
  if (fromVectors) checkMeasure(options);
  const pipes = fromVectors || quiet ? [] : await unseenPipes(inputs, options.as);
  for (const pipe of pipes) say(context, `${pipe} is a pipe and read as text: add --as vectors if it contains vectors`);
  const notes: string[] = [];
  const oneScreen = context.stdout.isTTY === true && context.stderr.isTTY === true;
  const note: Note = (line, when) => {
    notes.push(line);
    if (!quiet && !(when === 'late' && oneScreen)) say(context, line);
  };
  const cache = fromVectors ? undefined : await openCache(context, note);
  const { sets, wordnet } = await testSetsAndThesaurus(context, options, note);

  const known = new Map<string, KnownFile>();
  const load = async (file: string) => {
    const stamp = file === '-' ? undefined : await stampOf(file);
    const vectors = await loadShown(context, file, quiet);
    const manifest = await manifestBeside(context, file, quiet);
    known.set(file, { stamp, manifest });
    return { vectors, manifest };
  };
  const fromFiles = async () => {
    const routes = await routesOfFiles(inputs, { caseInsensitive, load });
    const shared = sharedWords(routes.map(({ vectors }) => vectors!));
    const among = routes.length === 2 ? 'both files' : `all ${routes.length} files`;
    const lacking = (word: string) =>
      routes.flatMap(({ name, vectors }) => (wordIndex(vectors!).has(word) ? [] : [quotable(name)])).join(', ');
    const words = await wordsAsked(context, options, shared, { among, lacking, note });
    noteCorpora(inputs, known, note);
    if (map !== undefined) mappedRoutes(routes); // refuses before the work
    return { routes, corpus: null, words, vocabulary: undefined };
  };
  const scoring = { missing, restrictVocab, seed, caseInsensitive };
  const { routes, corpus, words, vocabulary } = fromVectors
    ? await fromFiles()
    : await routesFromCorpus(context, inputs, options, { sets, scoring, wordnet, cache, note });
  const { thesaurus } = options;
  if (fromVectors && wordnet !== undefined && thesaurus !== 'none') {
    routes.push(await thesaurusRoute(wordnet, thesaurus, { words: routes[0].vectors!.words }));
  }

  const { signal } = context;
  const comparison = await withProgress(context, quiet, ({ onProgress }) =>
    compareMade(routes, { sets, wordnet, ...scoring, k, words, onProgress, signal }),
  );
  const mapped = map === undefined ? undefined : mappedRoutes(routes);
  const mapOptions = { seed, wordnet: options.wordnet, quiet, known, vocabulary };
  const mapPage = mapped && (await mapOfRoutes(context, mapped, mapOptions));
  const explorer = mapped && explorerLink(map!, report, mapped);
  const { minCount, tokenizer, tokenizerModule } = options;
  const made = fromVectors ? {} : { seeds, minCount, tokenizer: tokenizerModule ?? tokenizer };
  const settings = { missing, restrictVocab, caseSensitive: !caseInsensitive, seed, ...made, k };
  const frame = { version: await ownVersion(), createdAt: new Date().toISOString(), corpus, settings, notes, explorer };
  const document = comparisonDocument(comparison, frame);

  const pages: { path: string; html: string }[] = [];
  if (report !== undefined && report !== '-') pages.push({ path: report, html: reportPage(document) });
  if (mapPage !== undefined) pages.push({ path: map!, html: mapPage });
  await writePages(context, pages, { force, quiet });
  if (report === '-') return void context.stdout.write(reportPage(document));
  if (options.json) printJson(context, document);
  else if (options.markdown) printResult(context, [comparisonMarkdown(document).trimEnd()]);
  else printStyled(context, comparisonLines(document, stdoutColors(context), context.stdout));
}

/** Notes that files come from different texts, where their manifests tell. */
function noteCorpora(files: readonly string[], known: ReadonlyMap<string, KnownFile>, note: Note): void {
  const hashes = files.flatMap((file) => known.get(file)?.manifest?.corpus?.sha256 || []);
  if (new Set(hashes).size < 2) return;
  const [a, b] = files.map(quotedForShell);
  note(
    'These files come from different texts, so they differ in more than the method. ' +
      `To see which words changed: w2v map ${a} ${b} -o map.html`,
  );
}

/** Writes all pages or none. */
async function writePages(
  context: CommandContext,
  pages: readonly { path: string; html: string }[],
  { force, quiet }: { force: boolean; quiet: boolean },
): Promise<void> {
  const files = pages.map(({ path, html }) => ({ path, bytes: Buffer.from(html) }));
  const outputs = files.map(({ path, bytes }) => ({ path, content: (sink: ByteSink) => sink.write(bytes) }));
  await writeFiles(outputs, { force, signal: context.signal });
  if (quiet) return;
  for (const { path, bytes } of files) say(context, `Wrote ${path} (${byteSize(bytes.length)}): open it in a browser`);
}

function checkOptions({ seed, seeds }: CompareCommandOptions): void {
  if (!Number.isSafeInteger(seed + seeds - 1)) {
    const observed = `--seed ${seed} --seeds ${seeds}: the last seed is above ${Number.MAX_SAFE_INTEGER}`;
    throw usage(observed, 'take a smaller --seed');
  }
}

/** Files of vectors have no word counts, which lin and resnik need. */
function checkMeasure({ thesaurus }: CompareCommandOptions): void {
  if (thesaurus !== 'lin' && thesaurus !== 'resnik') return;
  const observed = `--thesaurus ${thesaurus} needs the counts of words in a corpus`;
  throw usage(observed, 'compare from the corpus, or take path, wu-palmer or leacock-chodorow');
}

/** What is in the package and the cache, with a note of what is not. */
async function testSetsAndThesaurus(
  context: CommandContext,
  options: CompareCommandOptions,
  note: Note,
): Promise<{ sets: ReadTestSets; wordnet: WordNet | undefined }> {
  const sets = await withProgress(context, options.quiet === true, ({ onProgress }) =>
    readTestSets(context, options, onProgress),
  );
  const leftOut = [...sets.leftOut];
  let wordnet: WordNet | undefined;
  if (options.thesaurus !== 'none') {
    try {
      wordnet = await loadWordNet(context, options.wordnet);
    } catch (error) {
      if (options.wordnet !== undefined) throw error;
      leftOut.push(leftOutFor('wordnet', error));
    }
  }
  for (const line of leftOutLines(leftOut)) note(line);
  return { sets, wordnet };
}

/**
 * The report's tables in plain text, with control characters escaped. Prose is broken to the width of the stream, if it is a terminal; tables fit 79 columns.
 */
export function comparisonLines(document: ComparisonDocument, colors: ChalkInstance, stream: OutputStream): string[] {
  const prose = (text: string) => fitted(stream, printable(text));
  const { routes, notes } = document;
  const lines = [colors.bold(prose(reportTitle(document))), ...introduction(document).map(prose), ''];
  lines.push(
    ...listLines(
      [{ title: '' }, { title: '' }],
      routes.map((route) => [printable(route.name), printable(routeTitle(route))]),
    ),
  );
  for (const table of comparisonTables(document)) {
    const [head, ...body] = tableLines(table);
    const isWord = table.id.startsWith('word-');
    const caption = isWord ? [] : [colors.dim(prose(table.caption))];
    lines.push('', colors.bold(printable(table.title)), ...caption, colors.cyan(head), ...body);
  }
  if (notes.length > 0) lines.push('', ...notes.map(prose));
  return lines;
}
