// w2v's part of bench/layout.js: layout_w2v.js VECTORS WORDS DIMENSIONS POSITIONS. Vectors and positions are
// float32.
import { readFileSync, writeFileSync } from 'node:fs';
import { layOut } from '../dist/index.js';

const [vectors, V, D, positions] = process.argv.slice(2);
const matrix = new Float32Array(new Uint8Array(readFileSync(vectors)).buffer);
const words = Array.from({ length: Number(V) }, (_, row) => `w${row}`);
const started = performance.now();
const before = process.cpuUsage();
const layout = await layOut({ words, matrix, dimensions: Number(D) });
const { user, system } = process.cpuUsage(before);
const seconds = (performance.now() - started) / 1000;
writeFileSync(positions, new Uint8Array(layout.positions.buffer));
console.log(JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6, quality: layout.quality }));
