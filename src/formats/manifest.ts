// FILE.json, beside each output: how the vectors came to be, enough to make them again.
import { readFile } from 'node:fs/promises';
import type { CorpusDropped, CorpusSource } from '../corpus/encoded-corpus.ts';
import { W2vError } from '../errors.ts';
import type { OutputFile } from '../files/output.ts';
import { malformed } from './io/malformed.ts';

export interface Manifest {
  /** Version of w2v. */
  version: string;
  /** 'train', 'count', ... */
  command: string;
  route: 'predict' | 'count';
  /** Every option with the value it had, defaults included. */
  options: Record<string, unknown>;
  seed: number;
  corpus: CorpusSource & { dropped: CorpusDropped };
  /** V */
  vocabulary: number;
  /** D */
  dimensions: number;
  /** In-vocabulary tokens of one pass. */
  tokens: number;
  /** Mean loss per example (nats), one an epoch; empty where nothing was trained. */
  lossByEpoch: number[];
  /** Wall-clock seconds of the stages. */
  seconds: Record<string, number>;
  engine: { name: string; versions: Record<string, string> };
  /** ISO 8601. Passed in by the caller. */
  createdAt: string;
}

export function manifestPath(vectorsPath: string): string {
  return `${vectorsPath}.json`;
}

/** The manifest as a file to be written together with the vectors. */
export function manifestFile(vectorsPath: string, manifest: Manifest): OutputFile {
  return {
    path: manifestPath(vectorsPath),
    content: (sink) => sink.write(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)),
  };
}

/** The manifest beside a file of vectors; undefined where there is none. Throws `file-malformed` on one that is not JSON. */
export async function readManifest(vectorsPath: string): Promise<Manifest | undefined> {
  const path = manifestPath(vectorsPath);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new W2vError('file-unreadable', `${path} cannot be read: ${code}`, 'check its permissions', { cause: error });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw malformed(path, `no JSON (${(error as Error).message})`, 'delete it; the vectors do not need it');
  }
  if (typeof value !== 'object' || value === null || !('command' in value) || !('version' in value)) {
    throw malformed(path, 'no manifest, expected "version" and "command"', 'delete it; the vectors do not need it');
  }
  return value as Manifest;
}
