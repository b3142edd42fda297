// How CI counts: its script run on a clone whose tests are a report that is there already.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'w2v-ci-'));
  for (const name of ['.ci/run', 'scripts/count-tests.js']) {
    cpSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), join(root, name));
  }
});
afterEach(() => rmSync(root, { recursive: true }));

/** Runs it with an `npm test` and an `npm run test:rest` that leave these reports, and tools that write down that they ran. */
function ci(
  testResults: unknown[],
  { rest = [] as unknown[], exit = 0, allowed = [] as unknown[], CI = undefined as string | undefined } = {},
) {
  mkdirSync(join(root, 'tests'), { recursive: true });
  writeFileSync(join(root, 'tests/allowed-skips.json'), JSON.stringify(allowed));
  writeFileSync(join(root, 'scripts/bootstrap.js'), '');
  writeFileSync(join(root, 'report'), JSON.stringify({ testResults }));
  writeFileSync(join(root, 'report-of-rest'), JSON.stringify({ testResults: rest }));
  const npm = `leave() { for one in "$@"; do case "$one" in --outputFile.json=*) cp "$report" "\${one#*=}";; esac; done; }
  case "$1 $2" in
    'test --') report='${root}/report'; leave "$@"
      echo "required: $W2V_REQUIRE_TENSORFLOW $W2V_REQUIRE_CHROMIUM"; exit ${exit};;
    'run test:rest') report='${root}/report-of-rest'; leave "$@";;
  esac`;
  mkdirSync(join(root, 'bin'), { recursive: true });
  writeFileSync(join(root, 'bin/npm'), `#!/bin/sh\n${npm}\n`, { mode: 0o755 });
  writeFileSync(join(root, 'bin/git'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  writeFileSync(join(root, 'bin/apt-get'), `#!/bin/sh\necho "$@" >> '${join(root, 'installed')}'\n`, { mode: 0o755 });
  const { CI: _ci, W2V_REQUIRE_TENSORFLOW: _tensorflow, W2V_REQUIRE_CHROMIUM: _chromium, ...environment } = process.env;
  const env = { ...environment, ...(CI && { CI }), PATH: `${join(root, 'bin')}:${process.env.PATH}` };
  const { status, stdout } = spawnSync('bash', [join(root, '.ci/run')], { env, encoding: 'utf8' });
  return { status, lines: stdout.trimEnd().split('\n') };
}

const file = (statuses: string[], status = 'passed') => ({
  name: join(root, 'tests/a.test.ts'),
  status,
  assertionResults: statuses.map((one, at) => ({ status: one, fullName: `test ${at}` })),
});

test('the last line counts; TensorFlow and Chromium are required', () => {
  const { status, lines } = ci([file(['passed', 'passed'])]);
  expect(status).toBe(0);
  expect(lines).toContain('required: 1 1');
  expect(lines.at(-1)).toBe('2 passed, 0 failed');
});

test('the tests of `npm test` and of `npm run test:rest` are counted together', () => {
  const { status, lines } = ci([file(['passed', 'passed'])], { rest: [file(['passed', 'failed'], 'failed')] });
  expect([status, lines.at(-1)]).toEqual([1, '3 passed, 1 failed']);
});

test('a test that is skipped without being listed fails', () => {
  const { status, lines } = ci([file(['passed', 'skipped', 'passed'])]);
  expect(status).toBe(1);
  expect(lines.slice(-3)).toEqual([
    '1 skipped without being listed, counted as failed:',
    '  tests/a.test.ts: test 1',
    '2 passed, 1 failed',
  ]);
});

test('a listed one does not, and is named with the reason; one that no longer skips is named too', () => {
  const allowed = [
    { test: 'tests/a.test.ts: test 1', reason: 'root may do all' },
    { test: 'tests/a.test.ts: *2', reason: 'no strace (here)' },
    { test: 'tests/a.test.ts: test 0', reason: 'an old one' },
  ];
  const { status, lines } = ci([file(['passed', 'pending', 'todo'])], { allowed });
  expect(status).toBe(0);
  expect(lines.slice(-6)).toEqual([
    '2 skipped, as allowed:',
    '  tests/a.test.ts: test 1 (root may do all)',
    '  tests/a.test.ts: test 2 (no strace (here))',
    '1 listed as skipped, but not skipped here:',
    '  tests/a.test.ts: test 0',
    '1 passed, 0 failed',
  ]);
});

test('a failed test, and a file that does not load, such as one whose TensorFlow is missing, fail', () => {
  const { status, lines } = ci([file(['passed', 'failed'], 'failed'), file([], 'failed')], { exit: 1 });
  expect([status, lines.at(-1)]).toEqual([1, '1 passed, 2 failed']);
});

test('no test at all fails, and so does a report or a list that cannot be read', () => {
  expect(ci([])).toMatchObject({ status: 1, lines: expect.arrayContaining(['0 passed, 0 failed']) });
  const { status, lines } = ci([file(['passed'])], { allowed: {} as unknown[] });
  expect([status, lines.at(-1)]).toEqual([1, '0 passed, 1 failed']);
});

test('system packages are installed only where the caller set CI', () => {
  const hasChromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].some((path) => existsSync(path));
  const installed = () => existsSync(join(root, 'installed'));
  ci([file(['passed'])]);
  expect(installed()).toBe(false);
  ci([file(['passed'])], { CI: '1' });
  expect(installed()).toBe(!hasChromium);
});

test('the list names tests that are there, each with a reason', () => {
  const list = JSON.parse(readFileSync(new URL('../allowed-skips.json', import.meta.url), 'utf8'));
  expect(list.length).toBeGreaterThan(0);
  for (const { test: name, reason } of list) {
    expect([typeof name, typeof reason]).toEqual(['string', 'string']);
    if (!name.includes('*')) expect(existsSync(new URL(`../../${name.split(': ')[0]}`, import.meta.url))).toBe(true);
  }
});
