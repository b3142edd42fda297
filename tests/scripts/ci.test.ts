// How CI counts: its script run on a clone whose tests are a report that is there already.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'w2v-ci-'));
  mkdirSync(join(root, '.ci'));
  cpSync(fileURLToPath(new URL('../../.ci/run', import.meta.url)), join(root, '.ci/run'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Runs it with an `npm test` that leaves this report; resolves to the exit code, the lines and what npm was given. */
function ci(testResults: unknown[], { exit = 0 } = {}) {
  writeFileSync(join(root, 'report'), JSON.stringify({ testResults }));
  const npm = `case "$1" in
    test) for one in "$@"; do case "$one" in --outputFile.json=*) cp '${root}/report' "\${one#*=}";; esac; done
      echo "required: $W2V_REQUIRE_TENSORFLOW"; exit ${exit};;
  esac`;
  mkdirSync(join(root, 'bin'), { recursive: true });
  writeFileSync(join(root, 'bin/npm'), `#!/bin/sh\n${npm}\n`, { mode: 0o755 });
  // CI unset: nothing is installed on this machine.
  const { CI: _ci, W2V_REQUIRE_TENSORFLOW: _required, ...environment } = process.env;
  const env = { ...environment, PATH: `${join(root, 'bin')}:${process.env.PATH}` };
  const { status, stdout } = spawnSync('bash', [join(root, '.ci/run')], { env, encoding: 'utf8' });
  return { status, lines: stdout.trimEnd().split('\n') };
}

const file = (statuses: string[], status = 'passed') => ({
  name: join(root, 'tests/a.test.ts'),
  status,
  assertionResults: statuses.map((one, at) => ({ status: one, fullName: `test ${at}` })),
});

test('the last line counts, skipped tests are named above it, TensorFlow is required', () => {
  const { status, lines } = ci([file(['passed', 'skipped', 'passed'])]);
  expect(status).toBe(0);
  expect(lines).toContain('required: 1');
  expect(lines.slice(-3)).toEqual(['1 skipped:', '  tests/a.test.ts: test 1', '2 passed, 0 failed']);
});

test('a failed test, and a file that does not load, such as one whose TensorFlow is missing, fail', () => {
  const { status, lines } = ci([file(['passed', 'failed'], 'failed'), file([], 'failed')], { exit: 1 });
  expect([status, lines.at(-1)]).toEqual([1, '1 passed, 2 failed']);
});

test('no test at all fails', () => {
  expect(ci([])).toMatchObject({ status: 1, lines: expect.arrayContaining(['0 passed, 0 failed']) });
});
