// Vectors for every second word of a vocabulary, to start from and to freeze.

/** Words of even ids with their vectors, (n, D); `startOf` an even id is its vector. */
export function everySecondWord(words: string[], D: number) {
  const kept = words.filter((_, id) => id % 2 === 0);
  const matrix = Float32Array.from({ length: kept.length * D }, (_, i) => Math.sin(i) / 3);
  const startOf = (id: number) => matrix.subarray((id / 2) * D, (id / 2 + 1) * D);
  return { initVectors: { words: kept, matrix, dimensions: D }, startOf };
}
