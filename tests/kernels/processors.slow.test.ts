// Processors that lack something, as V8's flags feign them: the built command says so, and its arithmetic by name.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../formats/temporary-folder.ts';

const { path } = temporaryFolder();
const bin = fileURLToPath(new URL('../../bin/w2v.js', import.meta.url));
const text = 'the king loves the queen and the man loves the woman\n'.repeat(300);
const isX64 = process.arch === 'x64';

function w2v(flags: string[], ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, bin, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe.each([
  ['--no-enable-sse4-1', 'this processor has no SIMD for WebAssembly', 'SSE4.1'],
  ['--jitless', 'this Node runs no WebAssembly', 'leave --jitless out'],
])('with %s', (flag, message, hint) => {
  const isUsed = isX64 || flag === '--jitless';

  it.skipIf(!isUsed)('what needs kernels ends with a hint that helps', () => {
    writeFileSync(path('t.txt'), text);
    for (const args of [
      ['train', path('t.txt'), '-o', path('v.bin'), '--engine', 'wasm'],
      ['count', path('t.txt'), '-o', path('v.bin'), '--dim', '4'],
      ['vocab', path('t.txt'), '-o', path('v.tsv')],
    ]) {
      const { status, stderr } = w2v([flag], ...args, '--quiet');
      expect([args[0], status, stderr]).toEqual([args[0], 4, expect.stringContaining(`error: ${message}`)]);
      expect(stderr).toContain(`hint: `);
      expect(stderr).toContain(hint);
    }
  });

  it.skipIf(!isUsed)('doctor says what is wrong, and what to do', () => {
    const { status, stdout } = w2v([flag], 'doctor', '--json');
    expect(status).toBe(4);
    const engine = JSON.parse(stdout).find(({ name }: { name: string }) => name === 'wasm engine');
    expect(engine).toMatchObject({ state: 'problem', fix: expect.stringContaining(hint) });
    expect(engine.value).toContain(message);
  });
});

it.skipIf(!isX64)('without a fused multiply-add the plain build is taken, and named', () => {
  writeFileSync(path('t.txt'), text);
  const train = (name: string, flags: string[], ...more: string[]) => {
    const output = path(name);
    const settings = ['--engine', 'wasm', '--dim', '8', '--epochs', '2', '--min-count', '1', '--deterministic'];
    const run = w2v(flags, 'train', path('t.txt'), '-o', output, ...settings, '--quiet', '--force', ...more);
    if (run.status !== 0) return run;
    const { engine } = JSON.parse(readFileSync(`${output}.json`, 'utf8'));
    const sha256 = createHash('sha256').update(readFileSync(output)).digest('hex');
    return { ...run, arithmetic: engine.versions.arithmetic, sha256 };
  };
  const plain = train('plain.bin', ['--no-enable-fma3'], '--checkpoint', path('saved'));
  expect(plain).toMatchObject({ status: 0, arithmetic: 'simd' });
  const here = train('here.bin', []);
  if ('arithmetic' in here && here.arithmetic === 'simd') return; // this processor has none either
  expect(here).toMatchObject({ status: 0, arithmetic: 'relaxed-simd' });
  expect(here).not.toMatchObject({ sha256: (plain as { sha256: string }).sha256 });
  const resumed = train('here.bin', [], '--resume', path('saved'), '--epochs', '3');
  expect(resumed.status).toBe(2);
  expect(resumed.stderr).toMatch(/is of another training: kernel simd \w+ -> relaxed-simd \w+/);
});
