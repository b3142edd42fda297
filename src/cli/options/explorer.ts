// The options of w2v map and w2v serve.
import type { Command } from 'commander';
import { layoutDefaults } from '../../defaults.ts';
import { thousands } from '../../format-numbers.ts';
import type { LayoutMethod } from '../../layout/layout.ts';
import { addWhole, oneOf } from './parse.ts';

export interface ExplorerOptions {
  layout?: LayoutMethod;
  axes: number;
  seed: number;
  counts?: string;
  wordnet?: string;
  otherSeed?: string;
  json?: boolean;
  quiet?: boolean;
}

/** Bytes for vectors in 8 bits in a page. */
export const VECTOR_ROOM = 32e6;

/** Without --layout, larger files have no UMAP map: it takes minutes. */
export const MOST_LAID_OUT = 100_000;

export function addExplorerOptions(command: Command): void {
  command.optionsGroup('Map:');
  command.option(
    '--layout <method>',
    `pca: principal components, at once; umap: also UMAP, which keeps more neighbours (default: umap up to ${thousands(MOST_LAID_OUT)} words)`,
    oneOf('--layout', ['pca', 'umap']),
  );
  addWhole(command, '--axes <n>', 'dimensions of the UMAP map: 2, or 3 for both', [2, 3], layoutDefaults.axes);
  addWhole(command, '--seed <n>', 'random seed of UMAP', [0], layoutDefaults.seed);
  command
    .option('--counts <file>', "how often words occur, made by 'w2v vocab' (default: from the file or its manifest)")
    .option('--other-seed <file>', "two files: the first file's training with another seed, to see what is noise")
    .option('--wordnet <dir>', 'folder with WordNet 3.x files, for classes (default: that of w2v corpus get wordnet)');
}
