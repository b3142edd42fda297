// A vector file, opened with progress shown.
import type { LoadedVectors } from '../formats/format.ts';
import { loadVectors } from '../formats/formats.ts';
import { type CommandContext, say, withProgress } from './context.ts';
import { thousands } from './format-numbers.ts';

export async function openVectors(context: CommandContext, file: string, quiet: boolean): Promise<LoadedVectors> {
  const vectors = await withProgress(context, quiet, ({ onProgress }) =>
    loadVectors(file, { onProgress, signal: context.signal }),
  );
  if (vectors.duplicates > 0 && !quiet) {
    say(context, `${file}: ${thousands(vectors.duplicates)} words stand there more than once; the first row counts`);
  }
  return vectors;
}
