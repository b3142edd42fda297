import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { diagnose, nodeFinding } from '../../src/setup/doctor.ts';
import { addonFile, locateTfjsNode } from '../../src/setup/tfjs-node.ts';

const project = locateTfjsNode();
const isSetUp = project !== undefined && existsSync(addonFile(project));
const root = mkdtempSync(join(tmpdir(), 'w2v-doctor-'));
afterAll(() => rmSync(root, { recursive: true }));

test.each([
  ['18.20.0', 'problem', 'install Node.js 20.19 or later'],
  ['20.18.3', 'problem', 'install Node.js 20.19 or later'],
  ['20.19.0', 'ok', undefined],
  ['24.9.0', 'ok', undefined],
  ['26.12.1', 'ok', undefined],
  ['27.0.0', 'warning', 'w2v is tested on Node.js 20.19 to 26'],
])('Node %s is %s', (version, state, fix) => {
  const finding = nodeFinding(version);
  expect([finding.value, finding.state, finding.fix]).toEqual([version, state, fix]);
});

test('every part is looked at, and all that is wrong has a fix', async () => {
  const findings = await diagnose({ cacheDirectory: join(root, 'not', 'there', 'yet') });
  const names = findings.map((finding) => finding.name);
  for (const name of [
    'Node.js',
    'tensorflow engine',
    'processor',
    'threads',
    'memory',
    'cache',
    'free disk space',
    'pip',
    'C++ compiler',
  ]) {
    expect(names).toContain(name);
  }
  for (const finding of findings) expect(finding.state === 'ok' || finding.fix !== undefined).toBe(true);
});

test('where there is no TensorFlow to set up, nothing for it is looked for', async () => {
  const findings = await diagnose({ cacheDirectory: join(root, 'not', 'there', 'yet') }, 'win32-x64');
  const names = findings.map((finding) => finding.name);
  expect(names).not.toContain('pip');
  expect(names).not.toContain('C++ compiler');
  if (isSetUp) return; // tfjs-node with its own library also works there
  expect(findings.find(({ name }) => name === 'tensorflow engine')).toEqual({
    name: 'tensorflow engine',
    value: 'none for win32-x64; the portable engine is used',
    state: 'ok',
  });
});

test.each([
  ['below a file', 'file/cache'],
  ['a file', 'file'],
])('a cache that cannot be used is a finding, not an error: %s', async (_, cache) => {
  writeFileSync(join(root, 'file'), '');
  const cacheDirectory = join(root, cache);
  const findings = await diagnose({ cacheDirectory });
  expect(findings.find((finding) => finding.name === 'cache')).toEqual({
    name: 'cache',
    value: `${cacheDirectory}, empty, not writable`,
    state: 'problem',
    fix: 'set the environment variable W2V_CACHE to a folder you can write to',
  });
});

test('what w2v does its work without is a warning, never a problem', async () => {
  const findings = await diagnose({ cacheDirectory: join(root, 'not', 'there', 'yet') });
  const replaceable = [
    'tensorflow engine',
    'tfjs-node',
    'processor',
    'memory',
    'free disk space',
    'pip',
    'C++ compiler',
  ];
  for (const { name, state } of findings) if (replaceable.includes(name)) expect(state).not.toBe('problem');
});
