import { expect, it } from 'vitest';
import { byteSize, counted, duration, percentage, thousands } from '../../src/base/format-numbers.ts';

it('thousands', () => expect([0, 999, 8214, 4339754].map(thousands)).toEqual(['0', '999', '8,214', '4,339,754']));

it('percentage', () => {
  expect([0, 0.0009, 0.00994, 0.00995, 0.054, 0.0994, 0.0995, 0.35, 1].map((share) => percentage(share))).toEqual([
    '0 %',
    '0.09 %',
    '0.99 %',
    '1.0 %',
    '5.4 %',
    '9.9 %',
    '10 %',
    '35 %',
    '100 %',
  ]);
  expect([percentage(0.005, 0), percentage(0.9876, 1)]).toEqual(['1 %', '98.8 %']);
});

it('byteSize of other sizes', () => {
  expect(byteSize(999)).toBe('999 bytes');
  expect(byteSize(1_234_567)).toBe('1.2 MB');
});

it('byteSize', () =>
  expect([0, 1, 999, 1000, 12_400_000, 99_960_000, 999_600, 3.1e9].map(byteSize)).toEqual([
    '0 bytes',
    '1 byte',
    '999 bytes',
    '1.0 kB',
    '12.4 MB',
    '100 MB',
    '1.0 MB',
    '3.1 GB',
  ]));

it('duration', () =>
  expect([0, 0.44, 9.94, 9.96, 59.4, 59.6, 185, 3599.6, 7805].map(duration)).toEqual([
    '0.0 s',
    '0.4 s',
    '9.9 s',
    '10 s',
    '59 s',
    '1 min 00 s',
    '3 min 05 s',
    '1 h 00 min',
    '2 h 10 min',
  ]));

it('counted', () => expect([counted(1, 'word'), counted(8214, 'word')]).toEqual(['1 word', '8,214 words']));
