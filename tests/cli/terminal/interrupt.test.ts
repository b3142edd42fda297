import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { exitCodeOf, listenForInterrupt } from '../../../src/cli/terminal/interrupt.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function listening(isTTY: boolean) {
  const source = new EventEmitter();
  const written: string[] = [];
  const ended: string[] = [];
  const stderr = { isTTY, write: (text: string) => written.push(text) };
  const { signal, delayStop } = listenForInterrupt(source, stderr, {}, (name) => ended.push(name));
  return { source, written, ended, signal, delayStop };
}

describe('listenForInterrupt', () => {
  it('the first Ctrl-C aborts, the second ends the process', () => {
    const { source, written, ended, signal } = listening(false);
    expect(signal.aborted).toBe(false);
    source.emit('SIGINT');
    expect(signal.aborted).toBe(true);
    expect(exitCodeOf(signal)).toBe(130);
    expect(written).toEqual(['Stopping...; press Ctrl-C again to quit\n']);
    expect(ended).toEqual([]);
    source.emit('SIGINT');
    expect(ended).toEqual(['SIGINT']);
  });

  it('what does not stop in time is ended', () => {
    const { source, ended } = listening(false);
    source.emit('SIGINT');
    vi.advanceTimersByTime(2999);
    expect(ended).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(ended).toEqual(['SIGINT']);
  });

  it('work that saves itself has all the time it needs, except from a second Ctrl-C', () => {
    const { source, ended, delayStop } = listening(false);
    const [first, second] = [delayStop(), delayStop()];
    first();
    source.emit('SIGINT');
    vi.advanceTimersByTime(100_000);
    expect(ended).toEqual([]);
    second();
    vi.advanceTimersByTime(2999);
    expect(ended).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(ended).toEqual(['SIGINT']);

    const again = listening(false);
    again.delayStop();
    again.source.emit('SIGTERM');
    again.source.emit('SIGTERM');
    expect(again.ended).toEqual(['SIGTERM']);
  });

  it('says what came, and has its exit code', () => {
    const { source, written, signal } = listening(false);
    source.emit('SIGTERM');
    expect(written).toEqual(['Stopping (SIGTERM)...; a second signal ends it at once\n']);
    expect(exitCodeOf(signal)).toBe(143);
  });

  it('goes on without its terminal where it does not write to it (nohup)', () => {
    const { source, written, signal } = listening(false);
    source.emit('SIGHUP');
    expect([signal.aborted, written]).toEqual([false, []]);
    const there = listening(true);
    there.source.emit('SIGHUP');
    expect(exitCodeOf(there.signal)).toBe(129);
  });

  it('writes only when the screen is free: after those who heard of the abort, over the ^C', () => {
    const { source, written, signal } = listening(true);
    signal.addEventListener('abort', () => written.push('bar gone'));
    source.emit('SIGINT');
    expect(written).toEqual(['bar gone', '\r\u001b[KStopping...; press Ctrl-C again to quit\n']);
  });
});
