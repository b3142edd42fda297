// w2v compare CORPUS|FILE...: thesaurus, counting and prediction side by side, as text, Markdown, JSON and a report.
import { createHash } from 'node:crypto';
import type { Command } from 'commander';
import { formatVocabulary } from '../../corpus/vocabulary.ts';
import { W2vError } from '../../errors.ts';
import type { TestSets } from '../../evaluate/compare-files.ts';
import { compareRoutes } from '../../evaluate/compare-routes.ts';
import type { Route } from '../../evaluate/routes-comparison.ts';
import { alignVectors } from '../../evaluate/shared-words.ts';
import type { MapWord } from '../../evaluate/word-map.ts';
import { checkOutputs, writeFiles } from '../../files/write-files.ts';
import { type ComparedCorpus, comparisonDocument } from '../../report/comparison-document.ts';
import { comparisonMarkdown } from '../../report/markdown.ts';
import { reportPage } from '../../report/page.ts';
import type { WordNet } from '../../thesaurus/open-wordnet.ts';
import { wordsByClass } from '../../thesaurus/word-classes.ts';
import { areVectors, routesOfFiles } from '../compare-inputs.ts';
import { addCompareOptions, type CompareCommandOptions } from '../compare-options.ts';
import { comparisonLines } from '../comparison-text.ts';
import { type CommandContext, printJson, printResult, say, stdoutColors, withProgress } from '../context.ts';
import { corpora, readCorpus, sayRead } from '../corpus-options.ts';
import { byteSize, duration } from '../format-numbers.ts';
import { secondsSince } from '../from-corpus.ts';
import { makeRoutes } from '../make-routes.ts';
import { readTestSets } from '../test-sets.ts';
import { loadWordNet, thesaurusRoute } from '../thesaurus-judge.ts';
import { ownVersion } from '../version.ts';

const examples = `Examples:
  w2v compare corpus:mix --report report.html       PPMI, PPMI-SVD, CBOW, skip-gram and WordNet, from one text
  w2v compare a.bin b.npz --words king queen        files of vectors that are there already
  w2v compare notes.txt --seeds 5 --json            with the spread over five seeds
`;

export function define(command: Command, context: CommandContext): void {
  const inputs = `files of word vectors, two or more; or a corpus: ${corpora}`;
  command.addHelpText('before', examples).argument('<corpus|file...>', inputs);
  addCompareOptions(command);
  command.action((inputs: string[], options: CompareCommandOptions) => run(context, inputs, options));
}

interface Compared {
  routes: Route[];
  corpus: ComparedCorpus | null;
}

async function run(context: CommandContext, inputs: string[], options: CompareCommandOptions): Promise<void> {
  const { report, force = false, missing, restrictVocab, seed, k } = options;
  const quiet = options.quiet === true;
  const caseInsensitive = options.caseSensitive !== true;
  if (options.json && options.markdown) {
    throw new W2vError('usage', '--json and --markdown both go to standard output', 'leave out one of them');
  }
  if (report !== undefined) await checkOutputs([report], { force });
  const fromVectors = await areVectors(inputs);
  const notes: string[] = [];
  const sets = await testSets(context, options, notes);
  const wordnet = options.thesaurus === 'none' ? undefined : await openThesaurus(context, options, notes);

  const { routes, corpus } = fromVectors
    ? { routes: await routesOfFiles(context, inputs, { quiet, caseInsensitive }), corpus: null }
    : await fromCorpus(context, inputs, options, wordnet);
  if (fromVectors && wordnet !== undefined) routes.push(await thesaurus(wordnet, options, routes));

  const { signal } = context;
  const comparison = await withProgress(context, quiet, async ({ onProgress }) => {
    const mapped = wordsOfMap(routes, wordnet);
    const scoring = { missing, restrictVocab, seed, caseInsensitive };
    return compareRoutes(routes, sets, { ...scoring, k, words: options.words, mapped, onProgress, signal });
  });
  const settings = { missing, restrictVocab, caseSensitive: !caseInsensitive, seed, seeds: options.seeds, k };
  const frame = { version: await ownVersion(), createdAt: new Date().toISOString(), corpus, settings, notes };
  const document = comparisonDocument(comparison, frame);

  if (report !== undefined) {
    const page = Buffer.from(reportPage(document));
    await writeFiles([{ path: report, content: (sink) => sink.write(page) }], { force, signal });
    if (!quiet) say(context, `Wrote ${report} (${byteSize(page.length)}): open it in a browser`);
  }
  if (options.json) printJson(context, document);
  else if (options.markdown) printResult(context, [comparisonMarkdown(document).trimEnd()]);
  else printResult(context, comparisonLines(document, stdoutColors(context)));
}

/** Sets that are asked for must be there; ours, when none is, are left out where they cannot be had. */
async function testSets(context: CommandContext, options: CompareCommandOptions, notes: string[]): Promise<TestSets> {
  const read = () =>
    withProgress(context, options.quiet === true, ({ onProgress }) => readTestSets(context, options, onProgress));
  if (options.pairs !== undefined || options.analogies !== undefined) return read();
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof W2vError) || error.code !== 'setup-failed') throw error;
    leftOut(context, options, notes, `no scores, for the test sets could not be had: ${error.message}`);
    return {};
  }
}

async function openThesaurus(
  context: CommandContext,
  options: CompareCommandOptions,
  notes: string[],
): Promise<WordNet | undefined> {
  try {
    return await withProgress(context, options.quiet === true, ({ onProgress }) =>
      loadWordNet(context, options.wordnet, onProgress),
    );
  } catch (error) {
    if (!(error instanceof W2vError) || error.code !== 'setup-failed') throw error;
    leftOut(context, options, notes, `no thesaurus, for WordNet could not be had: ${error.message}`);
    return undefined;
  }
}

function leftOut(context: CommandContext, { quiet }: CompareCommandOptions, notes: string[], what: string): void {
  notes.push(`Left out: ${what}`);
  if (!quiet) say(context, `Left out: ${what}`);
}

async function fromCorpus(
  context: CommandContext,
  inputs: readonly string[],
  options: CompareCommandOptions,
  wordnet: WordNet | undefined,
): Promise<Compared> {
  const quiet = options.quiet === true;
  return withProgress(context, quiet, async ({ onProgress, stop }) => {
    const started = performance.now();
    const corpus = await readCorpus(context, inputs, options, onProgress);
    try {
      const seconds = secondsSince(started);
      stop();
      if (!quiet) sayRead(context, corpus, seconds);
      const { vocabulary, tokens, source } = corpus;
      const { tokenizer, keepCase = false } = options;
      const vocabularyHash = createHash('sha256').update(formatVocabulary(vocabulary)).digest('hex');
      const routes = await makeRoutes(context, {
        corpus,
        words: { tokenizer, keepCase, vocabulary: vocabularyHash },
        options,
        onProgress,
        onMade(name, facts, seed) {
          stop();
          const cost = `${duration(facts.seconds!)}, ${byteSize(facts.memory!)} of memory`;
          const of = options.seeds > 1 ? ` (seed ${seed})` : '';
          if (!quiet) say(context, `${facts.cached ? 'Kept from before' : 'Made'}: ${name}${of}, ${cost}`);
        },
      });
      if (wordnet !== undefined) routes.push(await thesaurusRoute(wordnet, options, vocabulary));
      const { sha256, bytes, lines } = source;
      const facts = { files: [...inputs], sha256, bytes, lines, tokens, vocabulary: vocabulary.words.length, seconds };
      return { routes, corpus: facts };
    } finally {
      corpus.close();
    }
  });
}

/** Beside files of vectors there are no counts: lin and resnik cannot be asked for. */
async function thesaurus(wordnet: WordNet, options: CompareCommandOptions, routes: readonly Route[]): Promise<Route> {
  if (options.thesaurus === 'lin' || options.thesaurus === 'resnik') {
    const observed = `--thesaurus ${options.thesaurus} needs the counts of words in a corpus`;
    throw new W2vError('usage', observed, 'compare from the corpus, or take path, wu-palmer or leacock-chodorow');
  }
  return thesaurusRoute(wordnet, options, { words: routes[0]!.vectors!.words });
}

/** Words of a few classes of the thesaurus; without it frequent words, in no class. */
function wordsOfMap(routes: readonly Route[], wordnet: WordNet | undefined): MapWord[] {
  const names = routes.flatMap(({ vectors }) =>
    vectors === undefined ? [] : [{ words: vectors.words, matrix: new Float32Array(), dimensions: 0 }],
  );
  const all = alignVectors(names)[0]!.words;
  const words = all.slice(Math.min(100, all.length >> 1), 20_000); // the most frequent are function words
  const classed = wordnet === undefined ? [] : wordsByClass(wordnet, words);
  if (classed.length >= 3) return classed;
  const plain = words.filter((word) => /^\p{L}{3,}$/u.test(word));
  return plain.slice(0, 160).map((word) => ({ word }));
}
