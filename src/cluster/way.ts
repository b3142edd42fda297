// How the work is done on a cluster: by w2v's own worker, which Spark SQL's TRANSFORM runs on the executors, or in SQL
// alone. One query that runs a command asks whether the first is possible.
import { usage, W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import type { SparkSession } from './session.ts';
import { transform } from './sql-statements.ts';

/** What an executor says of itself. */
export interface ExecutorFacts {
  /** `Linux x86_64`, as uname has it. */
  system: string;
  /** Of the Node that was asked for; undefined if it does not run. */
  node?: { version: string; unicode: string };
}

export type ProbeResult = ExecutorFacts | { refused: W2vError };

/** Runs a command on an executor. Throws `interrupted`, and `engine-unavailable` if the connection is lost. */
export async function probe(session: SparkSession, node: string, signal?: AbortSignal): Promise<ProbeResult> {
  const versions = 'process.versions.node+" "+process.versions.unicode';
  const command = `cat >/dev/null; uname -sm; ${shellQuoted(node)} -p '${versions}' 2>/dev/null || true`;
  try {
    const sql = transform('1', command, 'line STRING', '(SELECT 1)');
    const [system = '?', versionsLine] = (await session.rows(sql, { signal })).map(({ line }) => String(line));
    const [version, unicode] = versionsLine?.split(' ') ?? [];
    if (version === undefined || unicode === undefined || !/^\d+\.\d+/.test(version)) return { system };
    return { system, node: { version, unicode } };
  } catch (error) {
    const isOfServer = error instanceof W2vError && /^Spark at /.test(error.message);
    if (isOfServer || (error instanceof W2vError && error.code === 'file-unreadable')) return { refused: error };
    throw error;
  }
}

export const OLDEST_NODE = [20, 19] as const;

export function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
}

/** `Linux x86_64` for this machine. */
export function ownSystem(platform: string, architecture: string): string {
  const systems: Record<string, string> = { linux: 'Linux', darwin: 'Darwin' };
  const machines: Record<string, string> = { x64: 'x86_64', arm64: platform === 'linux' ? 'aarch64' : 'arm64' };
  return `${systems[platform] ?? platform} ${machines[architecture] ?? architecture}`;
}

/** Throws `usage` for a path of Node that no shell would take as one word. */
export function shellQuoted(path: string): string {
  if (/^[\w@%+=:,./-]+$/.test(path)) return path;
  const hint = "give { node: 'auto' }, { node: 'send' } or the path of Node on the executors";
  throw usage(`node is '${quotable(path)}', which is not a path`, hint);
}
