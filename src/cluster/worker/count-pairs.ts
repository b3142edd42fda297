// Counts the pairs of the lines that an executor gets, and merges such counts. Rows are a part of the counts with its
// bytes (packed-counts.ts) in base64; the part after the last has the numbers of the text as JSON.
import { readFileSync } from 'node:fs';
import { parseVocabulary, type Vocabulary } from '../../corpus/vocabulary.ts';
import {
  openPartMerger,
  type PackingSettings,
  type PartMerger,
  packCounts,
} from '../../count/cooccurrence/packed-counts.ts';
import { encodePartition } from './encode-partition.ts';
import { linesOf, type RowWriter } from './rows.ts';
import { WORKER_MEMORY, type WorkerSettings } from './settings.ts';

/** The numbers of a text, which add up over its pieces. */
export interface TextFigures {
  lines: number;
  bytes: number;
  tokens: number;
  rareTokens: number;
  overlongTokens: number;
}

const PIECE = 6 << 20; // bytes of a merged part in a row

function packing({ window, weighting, directional, parts }: WorkerSettings): PackingSettings {
  return {
    ...{ window: window!, weighting: weighting!, directional: directional ?? false, parts: parts! },
    memory: WORKER_MEMORY,
  };
}

const readVocabulary = ({ vocabulary }: WorkerSettings): Vocabulary =>
  parseVocabulary(readFileSync(vocabulary!, 'utf8'), 'the vocabulary');

/** Rows: part, bytes. */
export async function countPartitionPairs(
  input: AsyncIterable<Uint8Array>,
  settings: WorkerSettings,
  rows: RowWriter,
): Promise<void> {
  const corpus = await encodePartition(input, readVocabulary(settings), settings);
  try {
    const { tokens, source, dropped } = corpus;
    if (tokens > 0) {
      for await (const { part, bytes } of packCounts(corpus, packing(settings))) {
        await rows.write(`${part}\t${Buffer.from(bytes).toString('base64')}\n`);
      }
    }
    const { rareTokens, overlongTokens } = dropped;
    const figures: TextFigures = { lines: source.lines, bytes: source.bytes, tokens, rareTokens, overlongTokens };
    await rows.write(`${settings.parts}\t${Buffer.from(JSON.stringify(figures)).toString('base64')}\n`);
  } finally {
    corpus.close();
  }
}

/** From rows part, bytes, those of a part together, to rows part, number of the piece, bytes. */
export async function mergePartitions(
  input: AsyncIterable<Uint8Array>,
  settings: WorkerSettings,
  rows: RowWriter,
): Promise<void> {
  let merger: PartMerger | undefined; // with a vocabulary in memory, which not every task needs
  let figures: TextFigures | undefined;
  let part: number | undefined;
  const finish = async () => {
    if (part === undefined || part === settings.parts) return;
    const bytes = await merger!.merge(part);
    for (let piece = 0; piece * PIECE < bytes.length; piece++) {
      const some = Buffer.from(bytes.subarray(piece * PIECE, (piece + 1) * PIECE));
      await rows.write(`${part}\t${piece}\t${some.toString('base64')}\n`);
    }
  };
  try {
    for await (const line of linesOf(input)) {
      const tab = line.indexOf(9);
      const next = Number(line.toString('latin1', 0, tab));
      const bytes = Buffer.from(line.toString('latin1', tab + 1), 'base64');
      if (next !== part) await finish();
      part = next;
      if (part === settings.parts) figures = sumOf(figures, JSON.parse(bytes.toString()) as TextFigures);
      else {
        merger ??= openPartMerger(readVocabulary(settings), packing(settings));
        merger.add(bytes);
      }
    }
    await finish();
    if (figures) await rows.write(`${settings.parts}\t0\t${Buffer.from(JSON.stringify(figures)).toString('base64')}\n`);
  } finally {
    await merger?.close();
  }
}

function sumOf(a: TextFigures | undefined, b: TextFigures): TextFigures {
  if (a === undefined) return b;
  const names = Object.keys(b) as (keyof TextFigures)[];
  return Object.fromEntries(names.map((name) => [name, a[name] + b[name]])) as unknown as TextFigures;
}
