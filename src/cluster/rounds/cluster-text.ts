// A corpus encoded on the cluster, as shards train on it: pieces of ids with their position in the whole text, kept on
// the disks of the executors (a cached table, which Spark computes again where an executor is lost).
import { W2vError } from '../../base/errors.ts';
import type { ClusterPlace } from '../cluster.ts';
import { type ClusterProgress, stagesReporter } from '../cluster-progress.ts';
import type { ClusterTokenizing } from '../settings.ts';

export interface ClusterText {
  /** A view with the columns position, entries and ids (base64 of int32). */
  view: string;
  /** Entries, line ends included. */
  length: number;
}

const PIECES = 'w2v_pieces';
const POSITIONS = 'w2v_positions';
const TEXT = 'w2v_text';

/** @param vocabulary path of the vocabulary file for the worker; throws as the session does, and `corpus-empty` */
export async function encodeOnCluster(
  { session, worker, corpus }: ClusterPlace,
  tokenizing: ClusterTokenizing,
  vocabulary: string,
  progress: ClusterProgress,
): Promise<ClusterText> {
  const files = await worker.send('w2v-files-encode.txt', Buffer.from(corpus.files!.join('\n')));
  const schema = 'file INT, start BIGINT, piece INT, entries INT, ids STRING';
  const settings = { ...tokenizing, files, vocabulary };
  const encoded = worker.run('file, start, value', 'encode', settings, schema, corpus.view);
  const { signal, onReattach } = progress;
  const options = { signal, onReattach, onStages: stagesReporter('read', progress) };
  const run = async (sql: string) => {
    for await (const _ of session.query(sql, options));
  };
  await run(`CACHE TABLE ${PIECES} OPTIONS ('storageLevel' 'DISK_ONLY') AS ${encoded}`);
  const order = 'ORDER BY file, start, piece ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW';
  const positions = `SELECT file, start, piece, sum(entries) OVER (${order}) - entries AS position FROM ${PIECES}`;
  await run(`CACHE TABLE ${POSITIONS} AS ${positions}`);
  const text = `SELECT position, entries, ids FROM ${PIECES} JOIN ${POSITIONS} USING (file, start, piece)`;
  await run(`CREATE OR REPLACE TEMPORARY VIEW ${TEXT} AS ${text}`);
  const [row] = await session.rows(`SELECT sum(entries) AS length FROM ${PIECES}`, options);
  const length = Number(row?.length ?? 0);
  if (length > 0) return { view: TEXT, length };
  throw new W2vError('corpus-empty', 'the corpus has no words of the vocabulary', 'give another text or vocabulary');
}
