// Worker thread that reads parts of a text (reading-threads.ts). It has a table of types of its own, whose records it
// passes on as they are made.
import { workerData } from 'node:worker_threads';
import { serveTasks } from '../workers/serve-tasks.ts';
import { readIds } from './id-store.ts';
import { mapIds } from './map-ids.ts';
import type { Piece, ReadingResult, ReadingTask, ReadingWorkerData } from './reading-threads.ts';
import { createTokenRules } from './token-rules.ts';
import { createTokenizer } from './tokenize.ts';

const { tokenizer: name, keepCase, kernel, memory, mostTypes, places } = workerData as ReadingWorkerData;
let output: Int32Array = new Int32Array(0);
let written = 0;
let records: Uint8Array[] = [];
let links: number[] = [];
const tokenizer = createTokenizer(
  createTokenRules(name, keepCase),
  (entries) => {
    output.set(entries, written);
    written += entries.length;
  },
  {
    kernel,
    memory,
    onRecords: (made) => records.push(made.slice()),
    onLink: (id, formId) => links.push(id, formId),
  },
);

serveTasks<ReadingTask, ReadingResult>((task) => {
  written = 0;
  records = [];
  links = [];
  let counts: Float64Array | undefined;
  if (task.kind === 'map') {
    const { place, file, position, count, finalIds } = task;
    output = places[place]!.output;
    written = mapIds(output, readIds(file, position, output, 0, count), finalIds);
  } else if (task.kind === 'read') {
    const { input } = places[task.place]!;
    output = places[task.place]!.output;
    for (const piece of task.pieces) read(piece, input.subarray(piece.start, piece.end));
    tokenizer.table.reportRecords();
    if (tokenizer.types.size() > mostTypes) counts = endTable();
  } else {
    counts = endTable();
  }
  return {
    entries: written,
    records: Buffer.concat(records),
    links: Int32Array.from(links),
    counts,
    lines: tokenizer.lines(),
    invalidBytes: tokenizer.invalidBytes(),
    overlongTokens: tokenizer.overlongTokens(),
  };
});

function read({ name, offset, insideLine, continues, last }: Piece, bytes: Uint8Array): void {
  if (!continues) tokenizer.startPart(name, offset, insideLine);
  tokenizer.write(bytes);
  if (last) tokenizer.endFile();
}

function endTable(): Float64Array {
  const counts = tokenizer.types.spelledCounts();
  tokenizer.types.clear();
  return counts;
}
