// The lines that an executor gets, as the vocabulary's ids: blocks of files, each cut into pieces with their number, so
// that the pieces of all executors can be put in the order of the text.
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createIdFile } from '../../corpus/id-store.ts';
import { mappedPieces } from '../../corpus/map-ids.ts';
import { createTokenRules } from '../../corpus/token-rules.ts';
import { createTokenizer } from '../../corpus/tokenize.ts';
import { parseVocabulary } from '../../corpus/vocabulary.ts';
import { blocksOf, fileNumbers, type RowWriter } from './rows.ts';
import type { WorkerSettings } from './settings.ts';

const PIECE = 1 << 16; // entries, before words that the vocabulary lacks are dropped

/** Rows: number of the file, start of the block, number of the piece, entries, the entries as int32 in base64. */
export async function encodeText(
  input: AsyncIterable<Uint8Array>,
  { tokenizer: name, keepCase, files, vocabulary: path }: WorkerSettings,
  rows: RowWriter,
): Promise<void> {
  const { words } = parseVocabulary(readFileSync(path!, 'utf8'), path!);
  const numberOf = fileNumbers(files!);
  const store = createIdFile(tmpdir());
  try {
    const tokenizer = createTokenizer(createTokenRules(name, keepCase), store.append, { words });
    const blocks: { file: number; start: number; from: number }[] = [];
    tokenizer.startFile('the corpus', 0);
    for await (const { file: uri, start, text } of blocksOf(input)) {
      const file = numberOf(uri);
      const before = blocks.at(-1);
      if (before?.file !== file || before.start !== start) blocks.push({ file, start, from: store.length() });
      tokenizer.write(text);
    }
    tokenizer.endFile();
    store.finish();
    const { size } = tokenizer.types.countedTypes();
    const known = Int32Array.from({ length: size }, (_, id) => (id < words.length ? id : -1));
    const finalIds = tokenizer.types.resolve(known);
    for (const [n, { file, start, from }] of blocks.entries()) {
      let number = 0;
      const to = blocks[n + 1]?.from ?? store.length();
      for (const piece of mappedPieces(store, { from, to, size: PIECE }, finalIds)) {
        if (piece.length === 0) continue;
        const ids = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString('base64');
        await rows.write(`${file}\t${start}\t${number++}\t${piece.length}\t${ids}\n`);
      }
    }
  } finally {
    store.close();
  }
}
