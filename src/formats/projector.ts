// The folder format of TensorBoard's Embedding Projector: vectors.tsv (V lines of D numbers), metadata.tsv (one word
// per line), and projector_config.json and .pbtxt, which name both.
import { join } from 'node:path';
import { malformedAt, throwIfAborted } from '../base/errors.ts';
import { type ByteSource, openSideFile } from '../files/byte-source.ts';
import type { ByteSink, OutputFile } from '../files/output.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import type { FolderFormat, LoadedVectors, ReadOptions } from './format.ts';
import { parseFloat32s } from './io/parse-float32.ts';
import { LONGEST_FLOAT32, printFloat32 } from './io/print-float32.ts';
import { readThrough } from './io/read-through.ts';
import { createRows, finishRows, keepRow, nextRow } from './io/rows.ts';
import { quote } from './io/shown.ts';
import { readLines, writeLines } from './io/word-list.ts';
import { countFields, isBlank } from './text-row.ts';
import { checkWords } from './writable-words.ts';

const NAME = 'projector';
const VECTORS = 'vectors.tsv';
const METADATA = 'metadata.tsv';
const HEAD_BYTES = 1 << 18;
const LONGEST_LINE = 1 << 26;
const WRITE_BYTES = 1 << 20;
const TAB = 9;
const LINE_FEED = 10;

export const projector: FolderFormat = {
  name: NAME,
  title: 'TensorBoard projector folder',
  detectFolder: (names) => names.has(VECTORS) && names.has(METADATA),
  readFolder,
  filesOf,
};

/**
 * Throws `file-malformed` with the line if a row does not have D numbers, or if there are not as many words as rows.
 */
async function readFolder(folder: string, options: ReadOptions): Promise<LoadedVectors> {
  const source = await openSideFile(join(folder, VECTORS));
  try {
    const words = await readMetadata(join(folder, METADATA), mostRows(source), options);
    const dimensions = countFields(await source.peek(HEAD_BYTES));
    const room = Math.min(words.length, Math.ceil((source.fileBytes ?? 1 << 24) / (2 * dimensions)));
    const rows = createRows(dimensions, 1 + room, { wordsThere: true });
    let line = 1;
    const where = () => `${source.name}:${line}`;
    await readThrough(source, {
      ...options,
      longestRecord: LONGEST_LINE,
      tooLong: () => malformedAt(where(), `no line end within ${LONGEST_LINE} bytes`),
      consume(bytes, start, end, atEnd) {
        let stop = bytes.subarray(start, end).lastIndexOf(LINE_FEED) + start + 1;
        if (atEnd && stop < end) {
          bytes[end] = LINE_FEED; // the last line may have no line end
          stop = end + 1;
        }
        for (let position = start; position < stop; line++) {
          const lineEnd = bytes.indexOf(LINE_FEED, position);
          const at = parseFloat32s(bytes, position, rows.matrix, nextRow(rows), dimensions);
          if (at < 0 || !isBlank(bytes, at, lineEnd)) {
            const found = quote(bytes.subarray(position, lineEnd));
            throw malformedAt(where(), `${found}, expected ${dimensions} numbers as in line 1`);
          }
          if (line > words.length)
            throw malformedAt(where(), `more lines than the ${words.length} words of ${METADATA}`);
          keepRow(rows, words[line - 1]);
          position = lineEnd + 1;
        }
        return Math.min(stop, end);
      },
    });
    if (line <= words.length) {
      throw malformedAt(
        where(),
        `the file ends after ${line - 1} rows, expected ${words.length}, one for each word of ${METADATA}`,
      );
    }
    return finishRows(rows, folder, NAME);
  } finally {
    await source.close();
  }
}

const WORD_COLUMNS = ['word', 'words', 'token', 'label', 'name'];

const DEFLATE_MOST = 1032; // largest compression ratio of deflate

/** Upper bound on the rows of `source`: each needs a digit and a line end. */
function mostRows({ contentBytes, fileBytes = 0 }: ByteSource): number {
  return Math.ceil((1 + (contentBytes ?? DEFLATE_MOST * fileBytes)) / 2);
}

/** By the projector's rule a single column has no title; several have titles, and one of them should be `word`. */
async function readMetadata(path: string, most: number, options: ReadOptions): Promise<string[]> {
  const tooMany = () => malformedAt(`${path}:${most + 2}`, `more lines than ${VECTORS} can have rows`);
  const lines = await readLines(path, { most: most + 1, tooMany }, options);
  if (lines.length === 0) throw malformedAt(path, 'the file is empty, expected one word per line');
  const titles = lines[0].split('\t');
  if (titles.length === 1) return lines;
  const lower = titles.map((title) => title.toLowerCase());
  const column = Math.max(0, lower.indexOf(WORD_COLUMNS.find((name) => lower.includes(name)) ?? ''));
  return lines.slice(1).map((line, at) => {
    const word = line.split('\t')[column];
    if (word === undefined)
      throw malformedAt(`${path}:${at + 2}`, `no column ${column + 1}, expected ${titles.length} columns`);
    return word;
  });
}

/** The same for `tensorboard --logdir`: projector_config.json is what the projector's own page reads. */
const forLogDirectory = `embeddings {
  tensor_name: "w2v"
  tensor_path: "${VECTORS}"
  metadata_path: "${METADATA}"
}
`;

function filesOf(folder: string, vectors: WordVectors, options: ReadOptions): OutputFile[] {
  const { words, dimensions } = vectors;
  checkWords(words, /[\t\n\r]/, 'a projector folder');
  const tensor = {
    tensorName: 'w2v',
    tensorShape: [words.length, dimensions],
    tensorPath: VECTORS,
    metadataPath: METADATA,
  };
  return [
    { path: join(folder, VECTORS), content: (sink) => writeRows(vectors, sink, options) },
    {
      path: join(folder, METADATA),
      content: (sink) => writeLines(words, sink),
    },
    {
      path: join(folder, 'projector_config.json'),
      content: (sink) => sink.write(Buffer.from(`${JSON.stringify({ embeddings: [tensor] }, null, 2)}\n`)),
    },
    {
      path: join(folder, 'projector_config.pbtxt'),
      content: (sink) => sink.write(Buffer.from(forLogDirectory)),
    },
  ];
}

async function writeRows(vectors: WordVectors, sink: ByteSink, options: ReadOptions): Promise<void> {
  const { words, matrix, dimensions } = vectors;
  const bits = new Uint32Array(matrix.buffer, matrix.byteOffset, matrix.length);
  const longestRow = dimensions * (LONGEST_FLOAT32 + 1);
  const buffer = Buffer.allocUnsafe(WRITE_BYTES + longestRow);
  let at = 0;
  for (let row = 0; row < words.length; row++) {
    for (let index = row * dimensions; index < (row + 1) * dimensions; index++) {
      at = printFloat32(matrix[index], bits[index], buffer, at);
      buffer[at++] = TAB;
    }
    buffer[at - 1] = LINE_FEED;
    if (at + longestRow <= buffer.length && row + 1 < words.length) continue;
    throwIfAborted(options.signal);
    await sink.write(buffer.subarray(0, at));
    at = 0;
    options.onProgress?.({ phase: 'write', done: row + 1, total: words.length, unit: 'words' });
  }
}
