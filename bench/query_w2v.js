// Loads a file of vectors, finds the neighbors of its first words in one call, and prints the time of each step as
// JSON.
//   node bench/query_w2v.js FILE QUERIES
import { loadVectors, nearestWords } from '../dist/index.js';

const [file, queries] = process.argv.slice(2);
const t0 = performance.now();
const vectors = await loadVectors(file);
const t1 = performance.now();
const asked = vectors.words.slice(0, Number(queries));
const answers = asked.length > 0 ? nearestWords(vectors, asked, { k: 10 }) : [];
const t2 = performance.now();
const words = answers.map((neighbors) => neighbors.map(({ word }) => word));
console.log(JSON.stringify({ load: (t1 - t0) / 1000, queries: (t2 - t1) / 1000, words }));
