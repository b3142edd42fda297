// tests/robust/fuzz.js on a small scale: files of every kind are damaged by a fixed seed, and w2v must know what to say of
// each.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
// @ts-expect-error: the benchmarks are plain JavaScript
import { alike, runCases } from '../robust/fuzz/run-cases.js';
// @ts-expect-error: the benchmarks are plain JavaScript
import { turns } from '../robust/fuzz/targets.js';

it('every kind of file, damaged', { timeout: 300_000 }, async () => {
  const keep = mkdtempSync(join(tmpdir(), 'w2v-hits-'));
  // No verdict by the clock: only what never ends is a hit here.
  const found = await runCases({
    runs: 500,
    seed: 1,
    processes: 2,
    keep,
    slow: Number.POSITIVE_INFINITY,
    patience: 120,
  });
  expect(alike(found.hits), `the files of the hits are in ${keep}`).toEqual([]);
  expect(found.runs).toBeGreaterThanOrEqual(500);
  const kinds = new Set(turns.map(({ name }: { name: string }) => name));
  expect(new Set(Object.keys(found.targets))).toEqual(kinds);
  rmSync(keep, { recursive: true });
});

/** What is looked for is found where it is. */
it('judges what is wrong', async () => {
  // @ts-expect-error: the benchmarks are plain JavaScript
  const { judge } = await import('../robust/fuzz/judge.js');
  const fine = {
    code: 3,
    stdout: '',
    stderr: 'error: v.bin is damaged\nhint: get it again\n',
    seconds: 1,
    memory: 5e7,
    stray: [],
  };
  const about = { args: ['info', 'v.bin', '--json'], terminal: true, given: 'v', bytes: 1000, left: [], slow: 10 };
  const kinds = (run: object, more = {}) =>
    judge({ ...fine, ...run }, { ...about, ...more }).map(({ kind }: { kind: string }) => kind);
  expect(kinds({})).toEqual([]);
  expect(kinds({ code: 0, stdout: '{}', stderr: '' })).toEqual([]);
  const stack = 'error: x (this is a bug in w2v)\nError: x\n    at run (file:///w2v/dist/cli/run.js:20:9)\n';
  expect(kinds({ code: 1, stderr: stack })).toEqual(['bug']);
  expect(kinds({ code: 3, stderr: stack.replace(' (this is a bug in w2v)', '') })).toEqual(['stack']);
  expect(kinds({ code: undefined, thrown: 'Error: x' })).toEqual(['thrown']);
  expect(kinds({ stray: ['Error: x'] })).toEqual(['uncaught']);
  expect(kinds({ code: 1 })).toEqual(['exit 1']);
  expect(kinds({ stderr: 'error: v.bin is damaged\n' })).toEqual(['no message']);
  expect(kinds({ stderr: 'error: NaN rows\nhint: get it again\n' })).toEqual(['NaN or undefined']);
  expect(kinds({ stderr: 'error: NaN rows\nhint: get it again\n' }, { given: 'a NaN' })).toEqual([]);
  expect(kinds({ stderr: 'error: \u001b[2J\nhint: get it again\n' })).toEqual(['control characters']);
  expect(kinds({ code: 0, stdout: '{"a":', stderr: '' })).toEqual(['no JSON']);
  expect(kinds({ stderr: `error: ${'x'.repeat(2000)}\nhint: get it again\n` })).toEqual(['long message']);
  expect(kinds({ seconds: 11, memory: 1e9 }, { left: ['.o.bin.tmp'] })).toEqual(['slow', 'memory', 'left behind']);
});
