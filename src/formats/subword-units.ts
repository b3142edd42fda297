// A fastText model whose n-grams are of jamo (Park et al. 2018). The format has no place to say so: its dictionary then
// has the words taken apart (src/base/jamo.ts), so that fastText finds the same n-grams in them, and the manifest says
// subwordUnits: jamo.
import { composeHangul, decomposeHangul } from '../base/jamo.ts';
import type { SubwordVectors } from '../vectors/subword-vectors.ts';
import type { LoadedVectors } from './format.ts';
import { readManifest } from './manifest.ts';

/** A word as the dictionary of the model has it. */
export function writtenForm(word: string, { rules }: SubwordVectors): string {
  return rules.units === 'jamo' ? decomposeHangul(word) : word;
}

/** The model with its words put together again, if the manifest beside it names jamo; otherwise as it is. */
export async function withUnits(path: string, loaded: LoadedVectors): Promise<LoadedVectors> {
  const { subwords, words } = loaded;
  if (subwords === undefined) return loaded;
  const manifest = await readManifest(path).catch(() => undefined);
  if (manifest?.options.subwordUnits !== 'jamo') return loaded;
  const rules = { ...subwords.rules, units: 'jamo' as const };
  return { ...loaded, words: words.map(composeHangul), subwords: { ...subwords, rules } };
}
