// A corpus as a cluster sees it: its files in w2v's order, and a temporary view of their lines.
import { missing, usage } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import type { Relation } from './protocol/messages.ts';
import type { SparkSession } from './session.ts';

export interface ClusterCorpus {
  /** A temporary view: `value`, a line, and where the server has it, `file` and `start` (of the block of the file). */
  view: string;
  /** URIs in the order in which w2v reads them; undefined where the server does not list files (Sail). */
  files: string[] | undefined;
}

const VIEW = 'w2v_corpus';

/** A lone \r is white space to w2v, not the end of a line. */
function textOf(paths: readonly string[]): Relation {
  const options = { lineSep: '\n', recursiveFileLookup: 'true' };
  const value = { format: 'text', paths: [...paths], options };
  return { relType: { case: 'read', value: { readType: { case: 'dataSource', value } } } };
}

/** Throws `usage` for paths that a cluster does not know. */
export function checkClusterPaths(paths: readonly string[]): void {
  for (const path of paths) {
    const refuse = (why: string, hint: string) => usage(`${quotable(path)} ${why}`, hint);
    const uri =
      'give an absolute path or a URI that all of the cluster reads: /data/text, s3a://..., hdfs://..., gs://...';
    if (path === '-') throw refuse('(standard input) is on this machine, not on the cluster', uri);
    if (path.startsWith('corpus:')) throw refuse('is in the cache of this machine, not on the cluster', uri);
    if (!/^(\/|[a-z][a-z0-9+.-]*:\/)/i.test(path))
      throw refuse('is a relative path, which a cluster does not know', uri);
  }
}

/**
 * Makes the view. `paths`: files, folders (with all below them) and globs that the cluster reads; Spark leaves out
 * names that begin with . or _. Throws `usage`, `file-missing`, and as the session does.
 */
export async function openClusterCorpus(
  session: SparkSession,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<ClusterCorpus> {
  const files: string[] = [];
  const isSpark = session.version !== undefined;
  for (const path of isSpark ? paths : []) {
    const found = (await session.inputFiles(textOf([path]))).map(asInMetadata).sort(byNames);
    if (found.length === 0) {
      throw missing(`${quotable(path)} has no files on the cluster`, 'name a folder with text files');
    }
    files.push(...found);
  }
  const seen = new Set<string>();
  for (const file of files) {
    if (seen.has(file)) throw usage(`${quotable(file)} is named twice`, 'name it once: Spark reads it once');
    seen.add(file);
  }
  const columns = ['value', ...(isSpark ? ['_metadata.file_path AS file', '_metadata.file_block_start AS start'] : [])];
  const expressions = columns.map((expression) => {
    return { exprType: { case: 'expressionString', value: { expression } } } as const;
  });
  const view: Relation = { relType: { case: 'project', value: { input: textOf(paths), expressions } } };
  await session.createView(VIEW, view, { signal });
  return { view: VIEW, files: isSpark ? files : undefined };
}

/** `file:///data/x` as `_metadata.file_path` has it: `file:/data/x`. */
const asInMetadata = (uri: string): string => uri.replace(/^(\w+):\/\/\/(?!\/)/, '$1:/');

/** In the order of w2v: by the names of the folders and then of the file. */
function byNames(a: string, b: string): number {
  const [x, y] = [namesOf(a), namesOf(b)];
  for (let at = 0; at < Math.min(x.length, y.length); at++) {
    if (x[at] !== y[at]) return x[at] < y[at] ? -1 : 1;
  }
  return x.length - y.length;
}

function namesOf(uri: string): string[] {
  return uri.split('/').map((name) => {
    try {
      return decodeURIComponent(name);
    } catch {
      return name; // a % of its own
    }
  });
}

/** The file of the corpus that has a NUL byte, if there is one. */
export async function fileWithNul(session: SparkSession, { view, files }: ClusterCorpus, signal?: AbortSignal) {
  if (files === undefined) return undefined;
  const [row] = await session.rows(`SELECT file FROM ${view} WHERE instr(value, chr(0)) > 0 LIMIT 1`, { signal });
  return row?.file as string | undefined;
}
