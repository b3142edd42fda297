// The colors of the words on the map shown, from lists that may have to be loaded first.
import { layoutOf } from '../choices.ts';
import { byClass, byFrequency, byShare, type Colored, forSecondFile, schemes } from '../coloring.ts';
import { strings } from '../strings.ts';
import type { App } from './app.ts';

export const darkScheme = matchMedia('(prefers-color-scheme: dark)');

/** undefined: the style's own color. */
export async function coloredWords({ data, spaces, state, blob }: App): Promise<Colored | undefined> {
  const { file, coloring, layout } = state;
  const space = spaces[file];
  const scheme = schemes[darkScheme.matches ? 'dark' : 'light'];
  const { legend } = strings;
  if (coloring === 'frequency' && space.countList) return byFrequency(space.countList, scheme);
  if (coloring === 'class' && space.classList) return byClass(space.classList, space.classNames ?? [], scheme);
  const kept = layoutOf(space, layout)?.keptByWord;
  if (coloring === 'kept' && kept !== undefined)
    return byShare(new Uint8Array(await blob(kept)), 100, legend.kept, scheme);
  if (coloring !== 'overlap' || data.pair === undefined) return undefined;
  const { overlap, rows, k } = data.pair;
  const shared = new Uint8Array(await blob(overlap));
  const shares = file === 0 ? shared : forSecondFile(shared, new Int32Array(await blob(rows)), space.vocabulary);
  return byShare(shares, k, legend.overlap, scheme);
}
