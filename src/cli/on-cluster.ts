// Work on a cluster from the command line: a session that is closed in any case, what is said of it, the question
// whether Node may be sent.
import { createInterface } from 'node:readline/promises';
import type { OnProgress } from '../base/progress.ts';
import { type Cluster, openCluster } from '../cluster/cluster.ts';
import type { ClusterProgress } from '../cluster/cluster-progress.ts';
import { SECONDS_OF_TRYING } from '../cluster/execution.ts';
import { type CountedBefore, readCounts } from '../cluster/read-counts.ts';
import type { Remote } from '../cluster/remote.ts';
import type { PairSettings, WordLimits } from '../cluster/settings.ts';
import type { ClusterCounts } from '../cluster/worker-way.ts';
import type { CountedWords } from '../corpus/count-words.ts';
import { corpusInMemory, type EncodedCorpus } from '../corpus/encoded-corpus.ts';
import type { Vocabulary } from '../corpus/vocabulary.ts';
import { type CommandContext, say, warn } from './context.ts';
import { type ClusterCommandOptions, clusterTokenizing } from './options/cluster.ts';
import { type CorpusOptions, readVocabulary } from './options/corpus.ts';
import type { CountCommandOptions } from './options/count.ts';
import { stopProgress } from './terminal/progress.ts';

/** Opens the corpus on the cluster; the caller closes what it gets. */
export async function openOnCluster(
  context: CommandContext,
  remote: Remote,
  corpora: readonly string[],
  options: ClusterCommandOptions & Omit<CorpusOptions, 'vocab'> & { quiet?: boolean },
  work: 'Counting' | 'Training' = 'Counting',
): Promise<Cluster> {
  const { via, node, quiet } = options;
  return openCluster(remote, corpora, {
    ...{ via, node, tokenizing: clusterTokenizing(options), signal: context.signal },
    maySendNode: (why) => mayISend(context, why),
    onWay: (text) => {
      if (!quiet) say(context, `${work} at ${remote.address} ${text}`);
    },
    onWarning: (text) => warn(context, text),
  });
}

/** Until the returned function is called, Ctrl-C waits for the cluster to end what is running there. */
export const stopsOnCluster = ({ delayStop }: CommandContext): (() => void) => delayStop?.() ?? (() => {});

/** Counts the words of a corpus that the cluster reads; and where that was. */
export async function wordsOnCluster(
  context: CommandContext,
  remote: Remote,
  corpora: readonly string[],
  options: ClusterCommandOptions & Omit<CorpusOptions, 'vocab'> & { quiet?: boolean },
  onProgress: OnProgress,
): Promise<CountedWords & { cluster: Cluster['facts'] }> {
  const stopped = stopsOnCluster(context);
  try {
    const cluster = await openOnCluster(context, remote, corpora, options);
    try {
      const words = await cluster.vocabulary(wordLimits(options), clusterProgress(context, onProgress));
      return { ...words, cluster: cluster.facts };
    } finally {
      await cluster.close();
    }
  } finally {
    stopped();
  }
}

export const wordLimits = ({ minCount, maxVocab, stopWords }: Omit<CorpusOptions, 'vocab'>): WordLimits => {
  return { minCount, maxVocab, stopWords: stopWords?.words ?? [] };
};

export function clusterProgress(context: CommandContext, onProgress: OnProgress): ClusterProgress {
  const onReattach = (why: string) => {
    stopProgress();
    const reason = why.split('\n')[0];
    warn(context, `the connection broke (${reason}); trying again for up to ${SECONDS_OF_TRYING} s`);
  };
  return { onProgress, onReattach, signal: context.signal };
}

/** On a terminal, asks; elsewhere the answer is no. */
async function mayISend({ stdin, stderr, signal }: CommandContext, why: string): Promise<boolean> {
  if (!stdin.isTTY || !stderr.isTTY) return false;
  const lines = createInterface({ input: stdin, output: stderr });
  try {
    const answer = await lines.question(`${why}. Send this Node to them, some 40 MB? [y/N] `, { signal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}

/** The two steps of w2v count from counts in Parquet files. */
export function countedBefore(
  context: CommandContext,
  path: string,
  { vocab, memory, temporary: temporaryDirectory }: CountCommandOptions,
  pairs: PairSettings,
): CountingElsewhere {
  let vocabulary: Vocabulary;
  let counted: CountedBefore | undefined;
  const corpus = () => ({ ...corpusInMemory(new Int32Array(0), { vocabulary }), tokens: vocabulary.total });
  return {
    async read() {
      vocabulary = await readVocabulary(context, vocab!);
      return corpus();
    },
    async count(onProgress) {
      const limits = { memory, temporaryDirectory, onProgress, signal: context.signal };
      counted = await readCounts(path, vocabulary, pairs, limits);
      return { corpus: corpus(), counted };
    },
    facts: () => ({ counts: path }),
    close: async () => counted?.close(),
  };
}

/** Counts that are not made here. */
export interface CountingElsewhere {
  /** The vocabulary of the corpus, without its entries: of --vocab, or counted there. */
  read(onProgress: OnProgress): Promise<EncodedCorpus>;
  /** What `read` gave, with the figures of the text, and the counts. */
  count(onProgress: OnProgress): Promise<ClusterCounts>;
  /** For the manifest. */
  facts(): object;
  close(): Promise<void>;
}

/** The two steps of w2v count on a cluster, in one session; the caller closes it. */
export function countingOnCluster(
  context: CommandContext,
  remote: Remote,
  corpora: readonly string[],
  options: ClusterCommandOptions & CorpusOptions & { quiet?: boolean },
  pairs: PairSettings,
): CountingElsewhere {
  const stopped = stopsOnCluster(context);
  let cluster: Cluster | undefined;
  let words: CountedWords | undefined;
  let vocabulary: Vocabulary;
  return {
    async read(onProgress) {
      const given = options.vocab === undefined ? undefined : await readVocabulary(context, options.vocab);
      cluster = await openOnCluster(context, remote, corpora, options);
      if (!given) words = await cluster.vocabulary(wordLimits(options), clusterProgress(context, onProgress));
      vocabulary = given ?? words!.vocabulary;
      const corpus = corpusInMemory(new Int32Array(0), { vocabulary, source: words?.source, dropped: words?.dropped });
      return { ...corpus, tokens: words ? vocabulary.total : 0 };
    },
    async count(onProgress) {
      const counts = await cluster!.counts(vocabulary, pairs, clusterProgress(context, onProgress));
      await cluster!.close(); // it has nothing to do any more
      return words ? { ...counts, corpus: { ...counts.corpus, source: words.source, dropped: words.dropped } } : counts;
    },
    facts: () => cluster!.facts,
    async close() {
      await cluster?.close();
      stopped();
    },
  };
}
