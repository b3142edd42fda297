// Worker thread that reads parts of a text (reading-threads.ts). It has a table of types of its own, whose records it
// passes on as they are made.
import { workerData } from 'node:worker_threads';
import { serveTasks } from '../workers/serve-tasks.ts';
import { readIds } from './id-store.ts';
import { mapIds } from './map-ids.ts';
import type { Piece, ReadingResult, ReadingTask, ReadingWorkerData } from './reading-threads.ts';
import { createReadingTokenizer } from './reading-tokenizer.ts';
import type { Tokenizer } from './tokenize.ts';
import { openTokenizer } from './tokenizers/tokenizers.ts';

const { settings, kernel, memory, mostTypes, places } = workerData as ReadingWorkerData;
let output: Int32Array = new Int32Array(0);
let written = 0;
let records: Uint8Array[] = [];
let links: number[] = [];
let more: Int32Array[] = []; // entries beyond the output: a segmenter may make more tokens than there are bytes
let failure: unknown;
const opened = await openTokenizer(settings).catch((error: unknown) => {
  failure = error; // the answer to the first task
});
const tokenizer =
  opened &&
  createReadingTokenizer(opened.rules, take, {
    kernel,
    memory,
    onRecords: (made) => records.push(made.slice()),
    onLink: (id, formId) => links.push(id, formId),
  });

serveTasks<ReadingTask, ReadingResult>((task) => {
  if (!tokenizer) throw failure;
  written = 0;
  more = [];
  records = [];
  links = [];
  let counts: Float64Array | undefined;
  if (task.kind === 'map') {
    const { place, file, position, count, finalIds } = task;
    output = places[place].output;
    written = mapIds(output, readIds(file, position, output, 0, count), finalIds);
  } else if (task.kind === 'read') {
    const { input } = places[task.place];
    output = places[task.place].output;
    for (const piece of task.pieces) read(tokenizer, piece, input.subarray(piece.start, piece.end));
    tokenizer.table.reportRecords();
    if (tokenizer.types.size() > mostTypes) counts = endTable(tokenizer);
  } else {
    counts = endTable(tokenizer);
  }
  return {
    entries: written,
    more,
    records: Buffer.concat(records),
    links: Int32Array.from(links),
    counts,
    lines: tokenizer.lines(),
    invalidBytes: tokenizer.invalidBytes(),
    overlongTokens: tokenizer.overlongTokens(),
  };
});

function take(entries: Int32Array): void {
  if (more.length > 0 || written + entries.length > output.length) {
    more.push(entries.slice());
    return;
  }
  output.set(entries, written);
  written += entries.length;
}

function read(tokenizer: Tokenizer, { name, offset, insideLine, continues, last }: Piece, bytes: Uint8Array): void {
  if (!continues) tokenizer.startPart(name, offset, insideLine);
  tokenizer.write(bytes);
  if (last) tokenizer.endFile();
}

function endTable({ types }: Tokenizer): Float64Array {
  const counts = types.spelledCounts();
  types.clear();
  return counts;
}
