// The options that let a Spark cluster count, and what they exclude.
import { userInfo } from 'node:os';
import { type Command, Option } from 'commander';
import { clusterWays } from '../../cluster/cluster.ts';
import { parseRemote, type Remote } from '../../cluster/remote.ts';
import { type ClusterTokenizer, clusterTokenizers } from '../../cluster/worker/settings.ts';
import { W2vError } from '../../errors.ts';
import type { CommandContext } from '../context.ts';
import { flagOf } from '../terminal/setting-flags.ts';
import type { TokenizingOptions } from './corpus.ts';
import { addChoice } from './parse.ts';

export interface ClusterCommandOptions {
  /** true: --on without an address. */
  on?: string | true;
  via: (typeof clusterWays)[number];
  node: string;
}

/** @param work what the cluster does */
export function addClusterOptions(command: Command, work: 'count' | 'train' = 'count'): void {
  const needs = work === 'train' ? ' (with --shards)' : '';
  command
    .optionsGroup('On a Spark cluster (docs/cluster.md):')
    .addOption(
      new Option(
        '--on [address]',
        `${work} there${needs}, sc://HOST:PORT; CORPUS is what the cluster reads: absolute paths, s3a://... (without an address: SPARK_REMOTE)`,
      ),
    );
  if (work === 'count') {
    const via = "worker: w2v's own code on the executors; sql: SQL alone; auto: worker if the cluster allows it";
    addChoice(command, '--via <way>', via, clusterWays, 'auto');
  }
  const node = 'Node on the executors: its path there; send: this one is sent; auto: node of their PATH';
  command.addOption(new Option('--node <path>', node).default('auto', 'auto'));
}

/** Options that a cluster cannot honour, and why. */
const refused: Record<string, string> = {
  encoding: 'a cluster reads UTF-8',
  strip: 'cleaning is done on one machine',
  digits: 'cleaning is done on one machine',
  sentences: 'cleaning is done on one machine',
  phrases: 'phrases are joined on one machine',
  pruneVocab: 'a cluster has room for all words',
  locale: 'the tokenizers of a cluster are tables of characters',
  tokenizerModule: 'a module is on this machine only',
};
const refusedCounting: Record<string, string> = {
  checkpoint: 'a cluster tries again by itself',
  checkpointEvery: 'a cluster tries again by itself',
  resume: 'a cluster tries again by itself',
};
const refusedTraining: Record<string, string> = {
  threads: 'each shard trains on one thread of an executor',
  freeze: 'the rows that do not move are known on this machine only',
};

/**
 * Where to count: undefined without --on. Throws `usage` for options that a cluster cannot honour, and for those of a
 * cluster without --on.
 */
export function clusterAddress(
  { environment }: CommandContext,
  command: Command,
  options: Omit<ClusterCommandOptions, 'via'> &
    TokenizingOptions & { sampling?: string; stopWords?: unknown; vocab?: string },
): Remote | undefined {
  const isGiven = (name: string) => command.getOptionValueSource(name) === 'cli';
  if (options.on === undefined) {
    const useless = ['via', 'node', 'evenIfSlower'].find(isGiven);
    if (useless === undefined) return undefined;
    throw new W2vError('usage', `${flagOf(useless)} applies to --on`, 'add --on sc://HOST:PORT');
  }
  const isTraining = command.name() === 'train';
  const leave = (flag: string, why: string) => {
    const hint = `leave ${flag} out, or run w2v ${command.name()} without --on`;
    throw new W2vError('usage', `${flag} cannot be used with --on: ${why}`, hint);
  };
  const all = { ...refused, ...(isTraining ? refusedTraining : refusedCounting) };
  for (const [name, why] of Object.entries(all)) if (isGiven(name)) leave(flagOf(name), why);
  if (command.name() === 'vocab') {
    for (const name of ['threads', 'temporary']) if (isGiven(name)) leave(flagOf(name), 'the executors do the work');
  }
  const { tokenizer, sampling, stopWords, vocab } = options;
  if (!(clusterTokenizers as readonly string[]).includes(tokenizer)) {
    leave(`--tokenizer ${tokenizer}`, `expected ${clusterTokenizers.join(', ')}, which split alike on every machine`);
  }
  if (sampling === 'drawn')
    leave('--sampling drawn', 'which words are dropped depends on their place in the whole text');
  if (stopWords !== undefined && vocab !== undefined) {
    leave('--stop-words', 'the words of --vocab are all counted; make a vocabulary without them');
  }
  const address = options.on === true ? environment.SPARK_REMOTE : options.on;
  if (!address) {
    const observed = '--on has no address, and SPARK_REMOTE is not set';
    throw new W2vError('usage', observed, 'give --on sc://HOST:PORT');
  }
  const user = environment.USER ?? userNameHere();
  return options.on === true ? remoteOfEnvironment(address, user) : parseRemote(address, user);
}

/** Errors say where the address is from. */
function remoteOfEnvironment(address: string, user: string): Remote {
  try {
    return parseRemote(address, user);
  } catch (error) {
    if (!(error instanceof W2vError)) throw error;
    const hint = `set SPARK_REMOTE right: ${error.hint}`;
    throw new W2vError(error.code, `SPARK_REMOTE: ${error.message}`, hint, { cause: error });
  }
}

/** The tokenizer, which `clusterAddress` has checked. */
export function clusterTokenizing({ tokenizer, keepCase }: TokenizingOptions) {
  return { tokenizer: tokenizer as ClusterTokenizer, keepCase: keepCase ?? false };
}

function userNameHere(): string {
  try {
    return userInfo().username;
  } catch {
    return 'w2v'; // a user without a name, as in some containers
  }
}
