// The options of w2v map and w2v serve.
import { layoutDefaults, layoutRanges } from '../../base/defaults.ts';
import { thousands } from '../../base/format-numbers.ts';
import { denseFile, vectorFile } from '../open-vectors.ts';
import { fileRead, folderRead, within } from './kinds.ts';
import { type OptionsOf, onlyFor, option, titled } from './option.ts';
import { seedOf } from './run.ts';

/** Bytes for vectors in 8 bits in a page. */
export const VECTOR_ROOM = 32e6;

/** Without --layout, larger files have no UMAP map: it takes minutes. */
export const MOST_LAID_OUT = 100_000;

/** The kind of operands that --other-seed is about. */
export const TWO_FILES = 'two files';
export const ONE_FILE = 'one file';

const second = { ...vectorFile, name: '[file2]', text: 'a second file, to compare with the first' } as const;

/** One file of vectors, or two. */
export const explored = [vectorFile, second] as const;
/** The same where a sparse matrix will not do. */
export const exploredDense = [denseFile, second] as const;

export const howMany = async ([, other]: readonly unknown[]) => (other === undefined ? ONE_FILE : TWO_FILES);

const ofUmap = { with: 'layout', is: [undefined, 'umap'] };

export const exploring = titled(
  'Map:',
  option({
    flags: '--layout <method>',
    text: `pca: principal components, instantly; umap: also UMAP, which preserves more neighbors (default: umap up to ${thousands(MOST_LAID_OUT)} words)`,
    takes: within(layoutRanges.method),
  }),
  { ...seedOf(layoutDefaults.seed, 'random seed of UMAP'), only: [ofUmap] },
  option({
    flags: '--counts <file>',
    text: "word counts from 'w2v vocab' (default: those in the file or its manifest)",
    takes: fileRead,
  }),
  option({
    flags: '--other-seed <file>',
    text: 'with two files: the first, trained again with another seed, to measure noise',
    takes: fileRead,
    only: [onlyFor(TWO_FILES)],
  }),
  option({
    flags: '--wordnet <dir>',
    text: 'folder with WordNet 3.x files, for word classes (default: from w2v corpus get wordnet)',
    takes: folderRead,
  }),
);

export type ExplorerOptions = OptionsOf<typeof exploring> & { json?: boolean; quiet?: boolean };
