// The two lines of README: `npm run pack` in a fresh clone, then `npm install -g` of what it made. npm 10, 11 and 12 were
// tried so, on Node 20, 24 and 26; this runs the npm that is here. It needs npm's registry, or its cache.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { root } from './packed-project.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'w2v-install-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(command: string, args: string[], cwd: string) {
  const shell = process.platform === 'win32'; // npm and w2v are scripts there
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, shell, encoding: 'utf8' });
  return { status, stdout, stderr };
}

it('the package of a fresh clone installs without a warning of scripts, trains and answers', () => {
  execFileSync('git', ['clone', '-q', '--depth', '1', `file://${root}`, 'clone'], { cwd: folder });
  const clone = path.join(folder, 'clone');
  const packed = run('npm', ['run', 'pack'], clone);
  expect([packed.status, packed.stdout]).toEqual([0, expect.stringMatching(/^w2v-\d+\.\d+\.\d+\.tgz$/m)]);
  const tarball = /^w2v-.*\.tgz$/m.exec(packed.stdout)![0];
  const installed = run('npm', ['install', '-g', '--prefix', path.join(folder, 'global'), `./${tarball}`], clone);
  expect([installed.status, installed.stderr]).toEqual([0, expect.not.stringMatching(/install scripts|allow-scripts/)]);
  const bin = path.join(folder, 'global', process.platform === 'win32' ? '' : 'bin', 'w2v');
  writeFileSync(
    path.join(folder, 'text.txt'),
    'a cat and a tiger eat meat\nthe tiger sleeps in the forest\n'.repeat(60),
  );
  expect(run(bin, ['train', 'text.txt', '-o', 'a.bin', '--dim', '8', '--quiet'], folder).status).toBe(0);
  expect(run(bin, ['nearest', 'a.bin', 'tiger', '-k', '3'], folder)).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^tiger\n( {2}\S+ .*\n){3}$/),
  });
}, 300_000);
