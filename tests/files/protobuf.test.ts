import { expect, it } from 'vitest';
import { field, integer, message } from '../../src/files/protobuf.ts';

// The examples of the protocol buffers documentation ("Encoding").
it('writes a number as 08 96 01 (Test1 { a: 150 })', () => {
  expect([...message(integer(1, 150))]).toEqual([0x08, 0x96, 0x01]);
});

it('writes a string as 12 07 ... (Test2 { b: "testing" })', () => {
  expect([...field(2, 'testing')]).toEqual([0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67]);
});

it('writes a message within a message as 1a 03 08 96 01 (Test3 { c { a: 150 } })', () => {
  expect([...field(3, message(integer(1, 150)))]).toEqual([0x1a, 0x03, 0x08, 0x96, 0x01]);
});

it('writes -1 as ten bytes of two’s complement', () => {
  expect([...integer(1, -1)]).toEqual([0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]);
});
