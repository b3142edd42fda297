// Each product against its naive twin in doubles.
import { expect, it } from 'vitest';
import { createLayout, loadKernel, sharedMemory } from '../../src/kernels/load.ts';
import { createRandom } from '../../src/random.ts';
import { sparse } from '../count/dense.ts';

type Kernel = Record<string, (...numbers: number[]) => void>;

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

it.each([
  [1, 1],
  [7, 5],
  [40, 90],
])('A^T A x - shift x and A x, %i x %i, whole panels and halves', (rows, columns) => {
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
    ...{ x: layout.take(64 * columns), y: layout.take(64 * rows), z: layout.take(64 * columns) },
  };
  new Uint32Array(memory.buffer, at.starts, rows + 1).set(starts);
  new Int32Array(memory.buffer, at.indices, indices.length).set(indices);
  floats(at.values, values.length).set(values);
  const x = filled(at.x, 16 * columns);
  const shift = 0.75;
  const product = full.map((row) =>
    Array.from({ length: 16 }, (_, lane) => row.reduce((sum, value, c) => sum + value * x[c * 16 + lane]!, 0)),
  );
  const call = (lanes: number) =>
    kernel.multiplyNormal!(at.starts, at.indices, at.values, rows, columns, at.x, at.y, at.z, shift, lanes);
  for (const pieces of [[0], [2, 1]]) {
    floats(at.y, 16 * rows).fill(99);
    floats(at.z, 16 * columns).fill(99);
    pieces.forEach(call);
    const [y, z] = [floats(at.y, 16 * rows), floats(at.z, 16 * columns)];
    for (let lane = 0; lane < 16; lane++) {
      for (let r = 0; r < rows; r++) expect(y[r * 16 + lane]).toBeCloseTo(product[r]![lane]!, 4);
      for (let c = 0; c < columns; c++) {
        const exact = full.reduce((sum, row, r) => sum + row[c]! * product[r]![lane]!, 0) - shift * x[c * 16 + lane]!;
        expect(z[c * 16 + lane]).toBeCloseTo(exact, 3);
      }
    }
  }
});

it.each([1, 127, 128, 300])('x^T y of two panels of %i rows', (rows) => {
  const layout = createLayout();
  const [xAt, yAt, to] = [layout.take(64 * rows), layout.take(64 * rows), layout.take(2048)];
  const [x, y] = [filled(xAt, 16 * rows), filled(yAt, 16 * rows)];
  kernel.panelProduct!(xAt, yAt, rows, to);
  const found = new Float64Array(memory.buffer, to, 256);
  for (let i = 0; i < 16; i++) {
    for (let j = 0; j < 16; j++) {
      let exact = 0;
      for (let row = 0; row < rows; row++) exact += x[row * 16 + i]! * y[row * 16 + j]!;
      expect(found[i * 16 + j]).toBeCloseTo(exact, 10);
    }
  }
});

it.each([
  [1, 16],
  [5, 32],
  [66, 48],
])('X R in place, %i rows and L = %i, in two pieces, leaving other rows alone', (rows, L) => {
  const layout = createLayout();
  const [xAt, rAt, scratch] = [layout.take(4 * rows * L), layout.take(4 * L * L), layout.take(32 * L)];
  const [x, r] = [filled(xAt, rows * L), filled(rAt, L * L)];
  const middle = Math.floor(rows / 8) * 4;
  kernel.multiplyRight!(xAt, rows, 0, middle, L, rAt, scratch);
  expect(Float64Array.from(floats(xAt, rows * L)).at(-1)).toBe(x.at(-1));
  kernel.multiplyRight!(xAt, rows, middle, rows, L, rAt, scratch);
  const found = floats(xAt, rows * L);
  const place = (row: number, column: number) => ((column >> 4) * rows + row) * 16 + (column & 15);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < L; column++) {
      let exact = 0;
      for (let k = 0; k < L; k++) exact += x[place(row, k)]! * r[k * L + column]!;
      expect(found[place(row, column)]).toBeCloseTo(exact, 3);
    }
  }
});
