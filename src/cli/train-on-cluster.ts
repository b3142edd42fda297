// w2v train on a cluster: the vocabulary is counted there, or given, the text is encoded there, and its shards train
// there, all in one session.

import type { OnProgress } from '../base/progress.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Remote } from '../cluster/remote.ts';
import { openClusterRounds } from '../cluster/rounds/cluster-rounds.ts';
import { corpusInMemory, type EncodedCorpus } from '../corpus/encoded-corpus.ts';
import type { TrainSettings } from '../train/settings.ts';
import type { RoundSettings } from '../train/shards/plan-rounds.ts';
import type { RoundsElsewhere } from '../train/shards/shard-runner.ts';
import { type CommandContext, warn } from './context.ts';
import { clusterProgress, openOnCluster, stopsOnCluster, wordLimits } from './on-cluster.ts';
import { clusterTokenizing } from './options/cluster.ts';
import { readVocabulary } from './options/corpus.ts';
import type { TrainCommandOptions } from './options/train.ts';

export interface TrainingOnCluster {
  /** The vocabulary of the corpus, which is encoded there; it has no entries here. */
  read(onProgress: OnProgress): Promise<EncodedCorpus>;
  /** What trains its shards, once it is read. */
  elsewhere(): RoundsElsewhere;
  facts(): Cluster['facts'];
  close(): Promise<void>;
}

/** The caller closes it. */
export function trainingOnCluster(
  context: CommandContext,
  remote: Remote,
  corpora: readonly string[],
  options: TrainCommandOptions,
  { settings, rounds }: { settings: TrainSettings; rounds: RoundSettings },
): TrainingOnCluster {
  const stopped = stopsOnCluster(context);
  const tokenizing = clusterTokenizing(options);
  let cluster: Cluster | undefined;
  let elsewhere: RoundsElsewhere;
  return {
    async read(onProgress) {
      const given = options.vocab === undefined ? undefined : await readVocabulary(context, options.vocab);
      const progress = clusterProgress(context, onProgress);
      cluster = await openOnCluster(context, remote, corpora, { ...options, via: 'worker' }, 'Training');
      const counted = given ? undefined : await cluster.vocabulary(wordLimits(options), progress);
      const vocabulary = given ?? counted!.vocabulary;
      elsewhere = await openClusterRounds(cluster.place!, vocabulary, {
        ...{ tokenizing, settings, rounds, progress },
        evenIfSlower: options.evenIfSlower ?? false,
        onWarning: (text) => warn(context, text),
      });
      const { tokenizer: name, keepCase } = tokenizing;
      const { source, dropped } = counted ?? {
        source: { files: cluster.corpus.files!, bytes: 0, sha256: '', lines: 0, tokenizer: { name, keepCase } },
      };
      return { ...corpusInMemory(new Int32Array(0), { vocabulary, source, dropped }), tokens: elsewhere.tokens };
    },
    elsewhere: () => elsewhere,
    facts: () => cluster!.facts,
    async close() {
      await cluster?.close();
      stopped();
    },
  };
}
