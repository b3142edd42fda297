import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { targetOf, unpackWheel } from '../../src/setup/unpack.ts';
import { zip } from './fake-tools.ts';

const root = mkdtempSync(join(tmpdir(), 'w2v-unpack-'));
afterAll(() => rmSync(root, { recursive: true }));

test.each([
  ['tensorflow/libtensorflow_cc.so.2', 'lib/libtensorflow_cc.so.2'],
  ['tensorflow/libtensorflow_framework.2.dylib', 'lib/libtensorflow_framework.2.dylib'],
  ['tensorflow_cpu_aws.libs/libomp-54bf90fd.so.5', 'lib/libomp-54bf90fd.so.5'],
  ['tensorflow/include/tensorflow/c/eager/c_api.h', 'include/tensorflow/c/eager/c_api.h'],
  [
    'tensorflow/include/tensorflow/core/platform/ctstring_internal.h',
    'include/tensorflow/core/platform/ctstring_internal.h',
  ],
  ['tensorflow/include/tsl/platform/ctstring.h', 'include/tsl/platform/ctstring.h'],
  ['tensorflow/include/tsl/c/tsl_status.h', 'include/tsl/c/tsl_status.h'],
  ['tensorflow/include/tensorflow/core/ops/ops.h', undefined],
  ['tensorflow/include/tensorflow/c/../../../../evil.h', undefined],
  ['tensorflow/python/_pywrap_tfe.so', undefined],
  ['tensorflow_cpu_aws.libs/', undefined],
  ['other/libtensorflow_cc.so.2', undefined],
])('%s goes to %s', (name, target) => {
  expect(targetOf(name)).toBe(target);
});

test('contents come out whole and progress counts their bytes', async () => {
  const content = 'x'.repeat(100_000);
  const wheel = join(root, 'good.whl');
  writeFileSync(wheel, zip({ 'tensorflow/libtensorflow_cc.so.2': content, 'tensorflow/a.py': 'pass' }));
  const done: number[] = [];
  await unpackWheel(wheel, join(root, 'good'), { onProgress: (now) => done.push(now.done / now.total) });
  expect(readFileSync(join(root, 'good/lib/libtensorflow_cc.so.2'), 'utf8')).toBe(content);
  expect(done.at(-1)).toBe(1);
});

test('a wheel without libtensorflow is refused', async () => {
  const wheel = join(root, 'empty.whl');
  writeFileSync(wheel, zip({ 'tensorflow/__init__.py': '' }));
  await expect(unpackWheel(wheel, join(root, 'empty'))).rejects.toMatchObject({
    code: 'setup-failed',
    message: `${wheel} cannot be unpacked: it holds no libtensorflow`,
  });
});

test('a file that is no zip is refused', async () => {
  const wheel = join(root, 'text.whl');
  writeFileSync(wheel, 'not a zip');
  await expect(unpackWheel(wheel, join(root, 'text'))).rejects.toMatchObject({
    code: 'setup-failed',
    message: expect.stringContaining(`${wheel} cannot be unpacked: `),
  });
});
