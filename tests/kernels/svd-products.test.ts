// Each product against its naive twin in doubles.
import { expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { createLayout, loadKernel, sharedMemory } from '../../src/kernels/load.ts';
import { sparse } from '../count/dense.ts';

type Kernel = Record<string, (...numbers: number[]) => number>;

const memory = sharedMemory(1 << 22);
const kernel = new WebAssembly.Instance(loadKernel('svd-products'), { env: { memory, abort() {} } })
  .exports as unknown as Kernel;
const random = createRandom(5);

function floats(address: number, count: number): Float32Array {
  return new Float32Array(memory.buffer, address, count);
}

function filled(address: number, count: number): Float64Array {
  const area = floats(address, count);
  for (let i = 0; i < count; i++) area[i] = random.normal();
  return Float64Array.from(area);
}

/** K[row][column] of a matrix in panels of `rows` rows. */
const place = (rows: number, row: number, column: number) => ((column >> 4) * rows + row) * 16 + (column & 15);

/** sum over i = 0 .. count - 1 of term(i) */
function total(count: number, term: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += term(i);
  return sum;
}

/** Puts a (rows, width) matrix down in tiles of 8 columns; returns it row-major. */
function tiles(address: number, rows: number, width: number): Float64Array {
  const values = filled(address, rows * width);
  const matrix = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < width; c++) matrix[row * width + c] = values[((c >> 3) * rows + row) * 8 + (c & 7)];
  }
  return matrix;
}

it.each([
  [1, 1],
  [7, 5],
  [40, 90],
])('A x and A^T A x, %i x %i, in pieces, whole panels and halves', (rows, columns) => {
  const full = Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => Math.fround(random.float() < 0.3 ? random.normal() : 0)),
  );
  const { starts, indices, values } = sparse(full);
  const layout = createLayout();
  const at = {
    ...{
      starts: layout.take(4 * (rows + 1)),
      indices: layout.take(4 * indices.length),
      values: layout.take(4 * values.length),
    },
    ...{ x: layout.take(64 * columns), y: layout.take(64 * rows), z: layout.take(128 * columns) },
  };
  new Uint32Array(memory.buffer, at.starts, rows + 1).set(starts);
  new Int32Array(memory.buffer, at.indices, indices.length).set(indices);
  floats(at.values, values.length).set(values);
  const x = filled(at.x, 16 * columns);
  const csr = [at.starts, at.indices, at.values] as const;
  const middle = rows >> 1;
  const product = full.map((row) =>
    Array.from({ length: 16 }, (_, lane) => total(columns, (c) => row[c] * x[c * 16 + lane])),
  );
  const y = floats(at.y, 16 * rows).fill(99);
  kernel.multiply!(...csr, middle, rows, at.x, at.y);
  expect(y.subarray(0, middle * 16).every((value) => value === 99)).toBe(true);
  kernel.multiply!(...csr, 0, middle, at.x, at.y);
  for (let r = 0; r < rows; r++) {
    for (let lane = 0; lane < 16; lane++) expect(y[r * 16 + lane]).toBeCloseTo(product[r][lane], 4);
  }
  for (const pieces of [[0], [2, 1]]) {
    const z = floats(at.z, 32 * columns).fill(99);
    for (const lanes of pieces) {
      kernel.multiplyNormal!(...csr, 0, middle, columns, at.x, at.z, lanes);
      kernel.multiplyNormal!(...csr, middle, rows, columns, at.x, at.z + 64 * columns, lanes);
    }
    for (let lane = 0; lane < 16; lane++) {
      for (let c = 0; c < columns; c++) {
        const exact = total(rows, (r) => full[r][c] * product[r][lane]);
        expect(z[c * 16 + lane] + z[(columns + c) * 16 + lane]).toBeCloseTo(exact, 3);
      }
    }
  }
  const squares = total(rows, (r) => total(columns, (c) => full[r][c] ** 2));
  expect(kernel.sumOfSquares!(at.starts, at.values, 0, rows)).toBeCloseTo(squares, 9);
});

it.each([
  [4, 1, 1],
  [128, 2, 3],
  [300, 3, 2],
])('z = the sum of parts, and K^T [x | z]: %i rows, %i panels, %i parts', (rows, panels, parts) => {
  const layout = createLayout();
  const at = { basis: layout.take(64 * rows * panels), x: layout.take(64 * rows), z: layout.take(64 * rows * parts) };
  const to = layout.take(panels * 16 * 32 * 8);
  const basis = filled(at.basis, 16 * rows * panels);
  const x = filled(at.x, 16 * rows);
  const sums = filled(at.z, 16 * rows * parts);
  kernel.project!(at.basis, panels, rows, 0, rows, at.x, at.z, parts, to);
  const z = floats(at.z, 16 * rows);
  for (let i = 0; i < 16 * rows; i++)
    expect(z[i]).toBeCloseTo(
      total(parts, (part) => sums[part * 16 * rows + i]),
      4,
    );
  const found = new Float64Array(memory.buffer, to, panels * 16 * 32);
  for (let i = 0; i < panels * 16; i++) {
    for (let j = 0; j < 32; j++) {
      const right = (row: number) => (j < 16 ? x[row * 16 + j] : z[row * 16 + j - 16]);
      const exact = total(rows, (row) => basis[place(rows, row, i)] * right(row));
      expect(found[i * 32 + j]).toBeCloseTo(exact, 3);
    }
  }
});

it.each([
  [4, 0, 1],
  [132, 1, 0],
  [260, 3, 1],
])('z = factor z + K C and z^T z: %i rows, %i panels, factor %i', (rows, panels, factor) => {
  const layout = createLayout();
  const at = { basis: layout.take(64 * rows * panels), z: layout.take(64 * rows), c: layout.take(panels * 1024) };
  const to = layout.take(2048);
  const basis = filled(at.basis, 16 * rows * panels);
  const before = filled(at.z, 16 * rows);
  const c = tiles(at.c, panels * 16, 16);
  kernel.combine!(at.basis, panels, rows, 0, rows, at.c, factor, at.z, to);
  const z = floats(at.z, 16 * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < 16; column++) {
      const added = total(panels * 16, (k) => basis[place(rows, row, k)] * c[k * 16 + column]);
      expect(z[row * 16 + column]).toBeCloseTo(factor * before[row * 16 + column] + added, 3);
    }
  }
  const gram = new Float64Array(memory.buffer, to, 256);
  for (let i = 0; i < 256; i++) {
    const exact = total(rows, (row) => z[row * 16 + (i >> 4)] * z[row * 16 + (i & 15)]);
    expect(Math.abs(gram[i] - exact)).toBeLessThan(1e-5 * rows * (1 + panels * 16));
  }
});

it.each([
  [4, 1, 1],
  [68, 3, 2],
  [132, 3, 3],
])('K M in place in two pieces, leaving other rows alone: %i rows, %i panels to %i', (rows, panels, results) => {
  const layout = createLayout();
  const at = { basis: layout.take(64 * rows * panels), m: layout.take(panels * results * 1024) };
  const scratch = layout.take(16 * 64 * results);
  const basis = filled(at.basis, 16 * rows * panels);
  const m = tiles(at.m, panels * 16, results * 16);
  const middle = Math.floor(rows / 8) * 4;
  const run = (from: number, end: number) =>
    kernel.multiplyRight!(at.basis, panels, rows, from, end, at.m, results, scratch);
  const found = floats(at.basis, 16 * rows * panels);
  run(0, middle);
  expect(found[place(rows, rows - 1, 0)]).toBe(basis[place(rows, rows - 1, 0)]);
  run(middle, rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < results * 16; column++) {
      const exact = total(panels * 16, (k) => basis[place(rows, row, k)] * m[k * results * 16 + column]);
      expect(found[place(rows, row, column)]).toBeCloseTo(exact, 3);
    }
  }
});
