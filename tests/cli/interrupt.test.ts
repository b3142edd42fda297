import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { listenForInterrupt } from '../../src/cli/interrupt.ts';

it('the first Ctrl-C aborts, the second ends the process with 130', () => {
  const source = new EventEmitter();
  const written: string[] = [];
  const codes: number[] = [];
  const signal = listenForInterrupt(source, { write: (text) => written.push(text) }, (code) => codes.push(code));
  expect(signal.aborted).toBe(false);
  source.emit('SIGINT');
  expect(signal.aborted).toBe(true);
  expect(written).toEqual(['\nStopping...; press Ctrl-C again to quit\n']);
  expect(codes).toEqual([]);
  source.emit('SIGINT');
  expect(codes).toEqual([130]);
});
