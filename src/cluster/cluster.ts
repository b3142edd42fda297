// Words and pairs counted on the user's own Spark cluster. Spark schedules, shuffles, spills and tries again; w2v's
// worker does the work on the executors, or, where that is not allowed, SQL does.

import { W2vError } from '../base/errors.ts';
import { shortened } from '../base/printable.ts';
import type { CountedWords } from '../corpus/count-words.ts';
import type { Vocabulary } from '../corpus/vocabulary.ts';
import type { ClusterProgress } from './cluster-progress.ts';
import { type ClusterCorpus, checkClusterPaths, openClusterCorpus } from './corpus-view.ts';
import type { Remote } from './remote.ts';
import { openSession, type SparkSession } from './session.ts';
import type { ClusterTokenizing, PairSettings, WordLimits } from './settings.ts';
import { checkSqlTokenizing, sqlCounts, sqlVocabulary } from './sql-way.ts';
import { isRecent, ownSystem, probe } from './way.ts';
import { type ClusterCounts, type ClusterWorker, installWorker, workerCounts, workerVocabulary } from './worker-way.ts';

export const clusterWays = ['auto', 'worker', 'sql'] as const;

export interface ClusterOptions {
  via: (typeof clusterWays)[number];
  /** 'auto': `node` on the PATH of the executors; 'send': this Node is sent to them; otherwise its path there. */
  node: string;
  tokenizing: ClusterTokenizing;
  /** Whether this Node may be sent, where executors have none that will do; asked once. Default: it may not. */
  maySendNode?: ((why: string) => Promise<boolean>) | undefined;
  /** The way that is taken, and why. */
  onWay?: ((text: string) => void) | undefined;
  onWarning?: ((text: string) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** What the work of a worker needs. */
export interface ClusterPlace {
  session: SparkSession;
  corpus: ClusterCorpus;
  worker: ClusterWorker;
}

export interface Cluster {
  way: 'worker' | 'sql';
  /** For manifests. */
  facts: { on: string; via: 'worker' | 'sql'; spark?: string };
  corpus: ClusterCorpus;
  /** Undefined where SQL does the work. */
  place?: ClusterPlace;
  vocabulary(limits: WordLimits, progress: ClusterProgress): Promise<CountedWords>;
  counts(vocabulary: Vocabulary, pairs: PairSettings, progress: ClusterProgress): Promise<ClusterCounts>;
  /** Ends the session with all it has on the cluster. Never throws. */
  close(): Promise<void>;
}

/** Opens a session with the corpus at `paths`. Throws as `checkClusterPaths`, `openSession` and `openClusterCorpus`. */
export async function openCluster(remote: Remote, paths: readonly string[], options: ClusterOptions): Promise<Cluster> {
  const { tokenizing, signal } = options;
  checkClusterPaths(paths);
  const session = await openSession(remote, signal);
  try {
    const node = await chooseWay(session, options);
    const corpus = await openClusterCorpus(session, paths, signal);
    if (corpus.files?.some((file) => file.endsWith('.gz'))) {
      options.onWarning?.('a .gz file is read by one executor from start to end: unpacked files are faster');
    }
    const way = node === undefined ? 'sql' : 'worker';
    const facts = {
      on: session.address,
      via: way,
      ...(session.version !== undefined && { spark: session.version }),
    } as const;
    const shared = { way, facts, corpus, close: () => session.close() } as const;
    if (node === undefined) {
      await checkSqlTokenizing(session, corpus, tokenizing, options.via === 'sql', signal);
      return {
        ...shared,
        vocabulary: (limits, progress) => sqlVocabulary(session, corpus, tokenizing, limits, progress),
        counts: (...all) => sqlCounts(session, corpus, tokenizing, ...all),
      };
    }
    const place = { session, corpus, worker: await installWorker(session, node, signal) };
    return {
      ...shared,
      place,
      vocabulary: (limits, progress) => workerVocabulary(place, tokenizing, limits, progress),
      counts: (...all) => workerCounts(place, tokenizing, ...all),
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** The Node of the worker; undefined for SQL. */
async function chooseWay(
  session: SparkSession,
  { via, node, maySendNode, onWay, onWarning, signal }: ClusterOptions,
): Promise<string | { send: string } | undefined> {
  if (via === 'sql') {
    onWay?.('in SQL, as requested');
    return undefined;
  }
  const named = node === 'auto' || node === 'send' ? 'node' : node;
  const found = await probe(session, named, signal);
  if ('refused' in found) {
    const { refused } = found;
    if (via === 'auto') {
      const why = shortened(refused.message.replace(/^Spark at \S+: /, ''), 100);
      onWay?.(`in SQL, because the server does not run scripts: ${why}`);
      return undefined;
    }
    const hint = "give { via: 'sql' }, or the right to run scripts (TRANSFORM)";
    throw new W2vError('engine-unavailable', `the server does not run w2v's worker: ${refused.message}`, hint);
  }
  if (node !== 'send' && found.node && isRecent(found.node.version)) {
    const { version, unicode } = found.node;
    onWay?.(`by w2v's worker on the executors' Node ${version}`);
    if (unicode !== process.versions.unicode) {
      const here = process.versions.unicode;
      onWarning?.(`that Node has Unicode ${unicode}, this one ${here}: words with the newest characters may differ`);
    }
    return named;
  }
  const why = found.node
    ? `the executors have Node ${found.node.version}, expected 20.19 or later`
    : `the executors have no Node (${named})`;
  const isAsked = node !== 'send' && node !== 'auto' ? false : node === 'send' || (await maySendNode?.(why)) === true;
  if (!isAsked) {
    const hint = "give { node: 'send' } to send this Node (some 40 MB), the path of one there, or { via: 'sql' }";
    throw new W2vError('engine-unavailable', why, hint);
  }
  const own = ownSystem(process.platform, process.arch);
  if (found.system !== own) {
    const hint = 'install Node 20.19 or later on the executors';
    throw new W2vError('engine-unavailable', `the executors are ${found.system}, and this Node is for ${own}`, hint);
  }
  onWay?.("by w2v's worker, with this Node sent to the executors");
  return { send: process.execPath };
}
