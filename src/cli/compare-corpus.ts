// The routes of a comparison from a corpus: read once, made or taken from the cache, scored as they come.
import { createHash } from 'node:crypto';
import path from 'node:path';
import { byteSize, counted, duration } from '../base/format-numbers.ts';
import { printable, quotable } from '../base/printable.ts';
import { finishInTurns } from '../base/steps.ts';
import { makeRoutes } from '../compare/make-routes.ts';
import { openRouteCache, type RouteCache } from '../compare/route-cache.ts';
import type { Route } from '../compare/routes-comparison.ts';
import { thesaurusRoute } from '../compare/thesaurus-route.ts';
import type { EncodedCorpus } from '../corpus/encoded-corpus.ts';
import { formatVocabulary, type Vocabulary } from '../corpus/vocabulary.ts';
import { answersOf, type CompareOptions, type TestSets } from '../evaluate/compare-files.ts';
import { asUnwritable } from '../files/unwritable.ts';
import type { ComparedCorpus } from '../report/comparison-document.ts';
import { locateTfjsNode } from '../setup/tfjs-node.ts';
import type { WordNet } from '../thesaurus/open-wordnet.ts';
import { trainSettings } from '../train/settings.ts';
import { trainingAdvice } from '../train/training-advice.ts';
import { wordIndex } from '../vectors/word-vectors.ts';
import { type CommandContext, cacheDirectory, say, withProgress } from './context.ts';
import { secondsSince } from './from-corpus.ts';
import type { CompareCommandOptions } from './options/compare.ts';
import { preparingOf, readCorpus, sayRead } from './options/corpus.ts';
import { splitAtCommas } from './options/kinds.ts';
import { Problems } from './problems.ts';
import { describeFailure } from './terminal/report-error.ts';
import { ownVersion } from './version.ts';

/** Reports a line, which is part of the result too; `late`: only there, if both are read on one screen. */
export type Note = (line: string, when?: 'late') => void;

/** Undefined if the cache cannot be used: it only saves time. */
export async function openCache(context: CommandContext, note: Note): Promise<RouteCache | undefined> {
  const folder = path.join(cacheDirectory(context), 'compare');
  try {
    return await openRouteCache(folder, context.signal);
  } catch (error) {
    note(`No results are cached: ${printable(asUnwritable(folder, error).message)}`);
    return undefined;
  }
}

/**
 * The words of --words that are in `vocabulary`, with a note of those that are not. Throws `word-unknown` where none is,
 * before any work is done.
 *
 * @param among whose the vocabulary is, for the message: 'the text'
 * @param lacking where a word is missing, for the note: 'moby.bin'
 */
export async function wordsAsked(
  context: CommandContext,
  { words }: CompareCommandOptions,
  vocabulary: string[],
  { among, lacking, note }: { among: string; lacking: (word: string) => string; note: Note },
): Promise<string[] | undefined> {
  if (words === undefined) return undefined;
  const problems = new Problems();
  const index = wordIndex({ words: vocabulary });
  const asked = words.flatMap((item) => splitAtCommas(item, (word) => index.has(word)));
  const known = problems.known({ words: vocabulary, source: among }, asked, (word) => [word]);
  if (known.length === 0) await problems.fail(context);
  const unknown = asked.filter((word) => !known.includes(word));
  if (unknown.length > 0) {
    const left = unknown.map((word) => `'${quotable(word)}' (not in ${lacking(word)})`).join(', ');
    note(`Left out of --words: ${left}; ${counted(vocabulary.length, 'word')} in ${among}`);
  }
  return known;
}

export interface RoutesOptions {
  sets: TestSets;
  scoring: CompareOptions;
  wordnet: WordNet | undefined;
  cache: RouteCache | undefined;
  note: Note;
}

/**
 * Throws as reading, counting and training do, and `word-unknown` for a word of --words that the text does not have.
 */
export async function routesFromCorpus(
  context: CommandContext,
  inputs: readonly string[],
  options: CompareCommandOptions,
  { sets, scoring, wordnet, cache, note }: RoutesOptions,
): Promise<{ routes: Route[]; corpus: ComparedCorpus; words: string[] | undefined; vocabulary: Vocabulary }> {
  const quiet = options.quiet === true;
  return withProgress(context, quiet, async ({ onProgress, stop }) => {
    const started = performance.now();
    const corpus = await readCorpus(context, inputs, options, onProgress);
    try {
      const seconds = secondsSince(started);
      stop();
      if (!quiet) sayRead(context, corpus, seconds);
      const { vocabulary, tokens, source } = corpus;
      const words = await wordsAsked(context, options, vocabulary.words, {
        among: 'the text',
        lacking: () => 'the text',
        note,
      });
      advise(corpus, options, note);
      const vocabularyHash = createHash('sha256').update(formatVocabulary(vocabulary)).digest('hex');
      let notKept = false;
      const { engine, threads, memory, temporary: temporaryDirectory, fresh } = options;
      const routes = await makeRoutes(
        corpus,
        { ...options, learningRate: options.lr },
        {
          engine,
          modulePath: locateTfjsNode(cacheDirectory(context)),
          threads,
          memory,
          temporaryDirectory,
          onProgress,
          signal: context.signal,
          cache,
          deciding: {
            version: await ownVersion(),
            words: { tokenizer: source.tokenizer, ...preparingOf(options), vocabulary: vocabularyHash },
          },
          fresh,
          caseInsensitive: scoring.caseInsensitive,
          answer: (route) => finishInTurns(answersOf(route, sets, { ...scoring, onProgress }), context.signal),
          onMade(name, facts, seed) {
            stop();
            const { epochs, learningRate } = facts.settings;
            const schedule = epochs === undefined ? '' : `, ${counted(Number(epochs), 'epoch')} at ${learningRate}`;
            const cost = `${duration(facts.seconds!)}, ${byteSize(facts.memory!)} of memory`;
            const of = options.seeds > 1 ? ` (seed ${seed})` : '';
            if (!quiet) say(context, `${facts.cached ? 'From the cache' : 'Made'}: ${name}${of}${schedule}, ${cost}`);
          },
          onNotKept(error) {
            stop();
            if (!quiet && !notKept) say(context, `Not cached: ${describeFailure(error).message}`);
            notKept = true; // once is enough
          },
        },
      );
      const { thesaurus } = options;
      if (wordnet !== undefined && thesaurus !== 'none')
        routes.push(await thesaurusRoute(wordnet, thesaurus, vocabulary));
      const { sha256, bytes, lines } = source;
      const facts = { files: [...inputs], sha256, bytes, lines, tokens, vocabulary: vocabulary.words.length, seconds };
      return { routes, corpus: facts, words, vocabulary };
    } finally {
      corpus.close();
    }
  });
}

/**
 * A text that training is too short for loses to counting whatever the routes are worth: that is said in the result.
 */
function advise({ tokens, vocabulary }: EncodedCorpus, options: CompareCommandOptions, note: Note): void {
  const { epochs } = trainSettings({ epochs: options.epochs }, tokens);
  const advice = trainingAdvice({ tokens, epochs, vocabulary: vocabulary.words.length });
  if (advice === undefined) return;
  const few = `${counted(tokens, 'word')} x ${counted(epochs, 'epoch')} are too few to train CBOW and skip-gram`;
  note(
    `${few}; counting needs less text. ${advice.epochs ? `Try --epochs ${advice.epochs}` : 'Take a longer text'}`,
    'late',
  );
}
