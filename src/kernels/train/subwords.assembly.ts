// Subwords (Bojanowski et al. 2017): a word's vector is made of several input rows, its own and those of its n-grams. A
// model takes their mean (skip-gram) or their sum (CBOW, which divides by all rows of a window), once for each place of
// a block, and what this vector moves by is added to every one of its rows, as in fastText (Model::update).
import { addToRows, storeSum } from './row-sums.assembly';

export declare const hasSubwords: bool;
declare const subwordStarts: usize; // (V + 1) u32: where the words' lists start in the table of rows, and its end
declare const subwordRows: usize; // (all) u32: addresses of the input rows of a word, its own first

@inline
function listOf(id: u32): usize {
  return subwordRows + ((<usize>load<u32>(subwordStarts + ((<usize>id) << 2))) << 2);
}

/** How many rows a word has. */
@inline
export function subwordCount(id: u32): u32 {
  const at = subwordStarts + ((<usize>id) << 2);
  return load<u32>(at, 4) - load<u32>(at);
}

/** to = share times the sum of the rows of a word. */
export function gatherWord(id: u32, share: f32, to: usize): void {
  storeSum(listOf(id), subwordCount(id), share, to);
}

/** Every row of a word += move. */
export function scatterWord(id: u32, move: usize): void {
  addToRows(move, listOf(id), subwordCount(id));
}
