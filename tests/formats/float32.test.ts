import { expect, test } from 'vitest';
import { parseFloat32, parseFloat32s } from '../../src/formats/io/parse-float32.ts';
import { LONGEST_FLOAT32, printFloat32 } from '../../src/formats/io/print-float32.ts';
import { fc, runs } from '../properties.ts';

const bitsOf = (value: number) => new Uint32Array(Float32Array.of(value).buffer)[0];
const fromBits = (bits: number) => new Float32Array(Uint32Array.of(bits).buffer)[0];
const anyBits = fc.integer({ min: 0, max: 0xffffffff });
const finiteBits = anyBits.filter((bits) => ((bits >>> 23) & 255) < 255);

/** Both ways in: as a whole field, and as one of a row. */
function parse(text: string): number | undefined {
  const bytes = Buffer.from(text);
  const whole = parseFloat32(bytes, 0, bytes.length);
  const row = new Float32Array(1);
  const end = parseFloat32s(Buffer.from(` ${text}\n`), 0, row, 0, 1);
  expect(end).toBe(whole === undefined ? -1 : bytes.length + 1);
  if (whole !== undefined) expect(row[0]).toBe(whole);
  return whole;
}

function print(value: number): string {
  const bytes = new Uint8Array(40);
  return Buffer.from(bytes.subarray(0, printFloat32(value, bitsOf(value), bytes, 0))).toString('latin1');
}

test('a printed float32 reads back as itself, by us and by way of doubles', () => {
  fc.assert(
    fc.property(finiteBits, (bits) => {
      const value = fromBits(bits);
      const text = print(value);
      expect(text.length).toBeLessThanOrEqual(LONGEST_FLOAT32);
      expect(bitsOf(parse(text)!)).toBe(bits);
      expect(bitsOf(Number(text))).toBe(bits);
    }),
    { numRuns: runs(20_000) },
  );
});

test('no digit is printed that is not needed', () => {
  const digitsOf = (text: string) =>
    text
      .replace(/e.*/, '')
      .replace(/\D/g, '')
      .replace(/^0+|0+$/g, '').length;
  fc.assert(
    fc.property(fc.double({ min: 1, max: 9, noNaN: true }), fc.integer({ min: 1, max: 8 }), (double, digits) => {
      const short = double.toPrecision(digits);
      expect(digitsOf(print(Math.fround(Number(short))))).toBeLessThanOrEqual(digitsOf(short));
    }),
    { numRuns: runs(5000) },
  );
});

test.each([
  [0, '0.0'],
  [-0, '-0.0'],
  [1, '1.0'],
  [-0.5, '-0.5'],
  [0.1, '0.1'],
  [100000, '100000.0'],
  [1e6, '1e+06'],
  [1234567.5, '1.2345675e+06'],
  [0.00012, '0.00012'],
  [0.00001, '1e-05'],
  [9.999999e-5, '9.999999e-05'],
  [2 ** -149, '1e-45'],
  [3.4028234663852886e38, '3.4028235e+38'],
  [Number.NaN, 'nan'],
  [Number.POSITIVE_INFINITY, 'inf'],
  [Number.NEGATIVE_INFINITY, '-inf'],
])('%d is printed as %s', (value, text) => {
  expect(print(Math.fround(value))).toBe(text);
});

test('any way of writing a double is rounded to the nearest float32', () => {
  const texts = fc
    .tuple(fc.double({ noNaN: true, noDefaultInfinity: true, min: -3e38, max: 3e38 }), fc.integer({ min: 1, max: 40 }))
    .chain(([double, digits]) =>
      fc.constantFrom(String(double), double.toPrecision(digits), double.toExponential(digits), double.toFixed(digits)),
    );
  fc.assert(
    fc.property(texts, (text) => {
      expect(parse(text)).toBe(Math.fround(Number(text)));
    }),
    { numRuns: runs(10_000) },
  );
});

test('the middle between two float32s goes to the even one, a hair to either side goes there', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 0x7f7ffffe }).filter((bits) => bits > 0x20000000 && bits < 0x60000000),
      (bits) => {
        const [low, high] = [fromBits(bits), fromBits(bits + 1)];
        const middle = ((low + high) / 2).toPrecision(100).replace(/0+$/, '');
        const even = bits % 2 === 0 ? low : high;
        // toPrecision of a double is exact as far as its digits go; longer ones are no middle at all.
        if (middle.length > 95 || middle.includes('e')) return;
        const exact = middle.includes('.') ? middle : `${middle}.0`;
        expect(parse(exact)).toBe(even);
        expect(parse(`${exact}0000000000000000000001`)).toBe(high);
        expect(parse(`-${exact}`)).toBe(-even);
        const below = exact.replace(
          /[1-9](0*(?:\.0*)?)$/,
          (last, zeros) => `${Number(last[0]) - 1}${zeros.replaceAll('0', '9')}9999999999`,
        );
        if (below.includes('.')) expect(parse(below)).toBe(low);
      },
    ),
    { numRuns: runs(3000) },
  );
  expect(parse('16777217')).toBe(16777216);
  expect(parse('16777217.00000000000000000000001')).toBe(16777218);
  expect(parse('16777219')).toBe(16777220);
  expect(parse('7.006492321624085354618e-46')).toBe(0); // 2^-150, half the smallest, a little below
  expect(parse('7.006492321624085354619e-46')).toBe(2 ** -149);
});

test.each([
  ['+1.5', 1.5],
  ['.5', 0.5],
  ['5.', 5],
  ['1E3', 1000],
  ['1e+3', 1000],
  ['-1.5e-3', Math.fround(-0.0015)],
  ['000000000000000000000000000001', 1],
  ['0.000000000000000000000000000000000000000000000000000000000000000000000001e72', 1],
  ['1000000000000000000000000000000000000000000000000000000000000000000000000e-72', 1],
  ['1e-99999999999', 0],
  ['0e99999999999', 0],
  ['-0', -0],
  ['NaN', Number.NaN],
  ['-nan', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-INF', Number.NEGATIVE_INFINITY],
  ['3.40282356779733661637539395458142568448e38', undefined], // the middle between the largest float32 and 2^128
  ['3.40282356779733661637539395458142568447e38', 3.4028234663852886e38],
  ['3.4028235677973365e38', 3.4028234663852886e38],
  ['1e39', undefined],
  ['1e99999', undefined],
  ['-', undefined],
  ['.', undefined],
  ['e5', undefined],
  ['1e', undefined],
  ['1e+', undefined],
  ['1.2.3', undefined],
  ['0x10', undefined],
  ['1_000', undefined],
  ['1,5', undefined],
  ['--1', undefined],
  ['infinit', undefined],
])('%s', (text, value) => {
  expect(parse(text)).toBe(value);
});

test('a number of more than 1,000 characters is refused', () => {
  expect(parse('9'.repeat(1001))).toBe(undefined);
  expect(parse(`0.${'9'.repeat(998)}`)).toBe(1);
});
