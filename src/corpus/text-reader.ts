// Reads a text that comes in chunks, file by file, on this thread or on several (parallel-reader.ts).
import type { ReadTarget } from '../files/open-file.ts';
import { createReadingTokenizer } from './reading-tokenizer.ts';
import type { TokenRules } from './token-rules.ts';
import type { Tokenizer, TokenizerOptions } from './tokenize.ts';

/**
 * Receives the next entries, in the order of the text: a provisional id for each token, and LINE_END (also for lines
 * without tokens, and twice). The ids are those of table number `table`. The entries are valid until the call returns.
 */
export type EntrySink = (entries: Int32Array, table: number) => void;

export interface TextReader extends Pick<Tokenizer, 'startFile' | 'types' | 'pruned'> {
  /** Where the next bytes of the file are taken without a copy; undefined if they may lie anywhere, as if left out. */
  free?: ReadTarget;
  /** As those of Tokenizer; errors may also come from a later call, in the order of the text. */
  write(chunk: Uint8Array): Promise<void>;
  endFile(): Promise<void>;
  /** Waits until everything written is read, so that its errors are thrown. */
  settle(): Promise<void>;
  /** Ends reading; only then `types`, the numbers and the tables are complete. */
  finish(): Promise<void>;
  /** For each table from number 1, the ids in `types` of its ids. Those of table 0 are the same. */
  tables(): Int32Array[];
  lines(): number;
  invalidBytes(): number;
  overlongTokens(): number;
}

/** Reads on this thread. */
export function createTextReader(rules: TokenRules, sink: EntrySink, options: TokenizerOptions): TextReader {
  const tokenizer = createReadingTokenizer(rules, (entries) => sink(entries, 0), options);
  return {
    ...tokenizer,
    write: async (chunk) => tokenizer.write(chunk),
    endFile: async () => tokenizer.endFile(),
    async settle() {},
    async finish() {},
    tables: () => [],
  };
}
