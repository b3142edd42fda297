// The options that let a Spark cluster count, and what they exclude.
import { userInfo } from 'node:os';
import { usage, W2vError } from '../../base/errors.ts';
import { choice } from '../../base/ranges.ts';
import { clusterWays } from '../../cluster/cluster.ts';
import { parseRemote, type Remote } from '../../cluster/remote.ts';
import { type ClusterTokenizer, clusterTokenizers } from '../../cluster/worker/settings.ts';
import type { CommandContext } from '../context.ts';
import type { TokenizingOptions } from './corpus.ts';
import { type Kind, text, within } from './kinds.ts';
import { nameOf, needs, type OptionSpec, type OptionsOf, option, type Rule, titled, without } from './option.ts';

const executors: Kind<string> = { parse: (given) => given, words: ['auto', 'send'] };

/** @param work what the cluster does */
const onOption = (work: string, only: readonly Rule[] = []) =>
  option({
    flags: '--on [address]',
    text: `${work}, sc://HOST:PORT; CORPUS names what the cluster can read: absolute paths, s3a://... (without an address: SPARK_REMOTE)`,
    takes: text(),
    lineOnly: 'it connects to another machine',
    only,
  });
const toAdd = 'add --on sc://HOST:PORT';
const via = option({
  flags: '--via <way>',
  text: "worker: w2v's own code on the executors; sql: SQL alone; auto: worker if the cluster allows it",
  takes: within(choice(clusterWays)),
  fallback: 'auto',
  only: [needs('on', toAdd)],
});
const node = option({
  flags: '--node <path>',
  text: 'Node on the executors: a path there; send: copy this one; auto: node in their PATH',
  takes: executors,
  fallback: 'auto',
  only: [needs('on', toAdd)],
  lineOnly: 'it names a program on other machines',
});

const heading = 'On a Spark cluster (docs/cluster.md):';

export const countingOnCluster = titled(heading, onOption('count there'), via, node);
export const trainingOnCluster = titled(
  heading,
  onOption('train there (with --shards)', [needs('shards', 'add --shards N')]),
  node,
  option({
    flags: '--even-if-slower',
    text: 'train there even if one machine would be faster (default: false)',
    only: [needs('on', toAdd)],
  }),
);

export type ClusterCommandOptions = OptionsOf<typeof countingOnCluster>;

const oneMachine = 'cleaning is done on one machine';
const splitAlike = `expected ${clusterTokenizers.join(', ')}, which split alike on every machine`;

/** What a cluster cannot honor, and why. */
const onOneMachine: Record<string, readonly Rule[]> = {
  encoding: [without('on', 'a cluster reads UTF-8')],
  strip: [without('on', oneMachine)],
  digits: [without('on', oneMachine)],
  sentences: [without('on', oneMachine)],
  phrases: [without('on', 'phrases are joined on one machine')],
  pruneVocab: [without('on', 'a cluster has room for all words')],
  locale: [without('on', 'the tokenizers of a cluster are tables of characters')],
  tokenizerModule: [without('on', 'a module is on this machine only')],
  tokenizer: [{ ...without('on', splitAlike), when: (name: string) => !clusterTokenizers.includes(name as never) }],
};

/** The same options, of a command that has --on: those that a cluster cannot honor are refused with it. */
export function withCluster<const L extends readonly OptionSpec[]>(
  list: L,
  more: Record<string, readonly Rule[]> = {},
): L {
  const rules = { ...onOneMachine, ...more };
  return list.map((spec) => {
    const added = rules[nameOf(spec)];
    return added === undefined ? spec : { ...spec, only: [...(spec.only ?? []), ...added] };
  }) as unknown as L;
}

/** Where to work: undefined without --on. Throws `usage` for an invalid address. */
export function clusterAddress({ environment }: CommandContext, { on }: { on?: string | true }): Remote | undefined {
  if (on === undefined) return undefined;
  const address = on === true ? environment.SPARK_REMOTE : on;
  if (!address) {
    const observed = '--on has no address, and SPARK_REMOTE is not set';
    throw usage(observed, 'give --on sc://HOST:PORT');
  }
  const user = environment.USER ?? userNameHere();
  return on === true ? remoteOfEnvironment(address, user) : parseRemote(address, user);
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
