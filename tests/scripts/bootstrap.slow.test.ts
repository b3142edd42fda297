// The scripts that make a clone ready, on a small clone of their own: nothing is installed and no network is asked.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const project = fileURLToPath(new URL('../..', import.meta.url));
let root: string;

function write(name: string, text: string): void {
  const file = join(root, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const lines = (name: string) => readFileSync(join(root, name), 'utf8').trim().split('\n');

/** A clone whose compiler and whose `w2v setup` write down that they ran. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'w2v-clone-'));
  cpSync(join(project, 'scripts'), join(root, 'scripts'), { recursive: true });
  write('package.json', '{"type":"module"}');
  write('package-lock.json', '{"packages":{"":{}}}');
  write('node_modules/.package-lock.json', '{"packages":{}}');
  write('tsconfig.json', '{}');
  write('src/kernels/one.assembly.ts', 'export function one(): i32 {\n  return 1;\n}\n');
  const note = (file: string) => `require('node:fs').appendFileSync(${JSON.stringify(join(root, file))}, 'ran\\n');`;
  write('node_modules/typescript/bin/tsc', note('compiled'));
  write('node_modules/typescript/package.json', '{}');
  write('scripts/build-bundle.js', 'export async function bundle() {}\n');
  write('scripts/build-types.js', 'export async function buildTypes() {}\n');
  write('scripts/build-kernels.js', 'export async function buildKernels() {}\n');
  write('scripts/build-page-scripts.js', 'export async function buildPageScripts() {}\n');
  write(
    'scripts/build-man-page.js',
    "export const manFile = new URL('../exit', import.meta.url).pathname; // a file that is there\nexport async function buildManPage() {}\n",
  );
  write('bin/package.json', '{"type":"commonjs"}');
  write('bin/w2v.js', `${note('set-up')} process.exitCode = Number(require('node:fs').readFileSync('exit', 'utf8'));`);
  write('exit', '0');
});
afterEach(() => rmSync(root, { recursive: true }));

async function bootstrap(environment = {}): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, [join(root, 'scripts/bootstrap.js')], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stderr };
}

test('builds once, however many start at once, and sets up each time', async () => {
  const [first, second] = await Promise.all([bootstrap(), bootstrap()]);
  expect([first.code, second.code]).toEqual([0, 0]);
  expect(lines('compiled')).toEqual(['ran']);
  expect(lines('set-up')).toEqual(['ran', 'ran']);
  expect(readdirSync(root)).not.toContain('.bootstrap.lock');
});

test('what the command needs is built by itself, and the rest later', async () => {
  const script = "import('./scripts/bootstrap.js').then((m) => m.bootstrap({ tensorflow: false, part: 'command' }))";
  expect(spawnSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' }).stderr).toBe('Building\n');
  expect([existsSync(join(root, 'compiled')), existsSync(join(root, 'set-up'))]).toEqual([false, false]);
  write('dist/kept', '');
  expect((await bootstrap()).code).toBe(0);
  expect(lines('compiled')).toEqual(['ran']);
  expect(existsSync(join(root, 'dist/kept'))).toBe(true);
});

test('output whose source is gone is removed, kernels too', async () => {
  cpSync(join(project, 'scripts/build-kernels.js'), join(root, 'scripts/build-kernels.js'));
  symlinkSync(join(project, 'node_modules/assemblyscript'), join(root, 'node_modules/assemblyscript'));
  for (const name of ['dist/old.js', 'dist/old.d.ts', 'dist/old.wasm', 'dist/one-relaxed.wasm', 'build/old.js']) {
    write(name, '');
  }
  expect((await bootstrap()).code).toBe(0);
  expect(readdirSync(join(root, 'dist')).sort()).toEqual(['.stamp', 'one.wasm']);
  expect(readdirSync(join(root, 'build'))).toEqual(['.stamp']);
});

test('a lock that cannot be taken is said in a line, and stops nothing where nothing is to be done', async () => {
  mkdirSync(join(root, '.bootstrap.lock'));
  const { code, stderr } = await bootstrap();
  const reason = `${join(root, '.bootstrap.lock')} is a folder, expected a lock file: remove it`;
  expect([code, stderr]).toEqual([1, `${root}/ cannot be made ready: ${reason}\n`]);
  rmSync(join(root, '.bootstrap.lock'), { recursive: true });
  expect((await bootstrap()).code).toBe(0);
  mkdirSync(join(root, '.bootstrap.lock'));
  expect(await bootstrap()).toEqual({ code: 0, stderr: '' });
});

// Rows X10, X10b, X10c of a review: the lock once stood in the temporary folder, where anyone may make a file of any
// name.
test('what others put into the temporary folder is not looked at', async () => {
  const temporary = join(root, 'tmp');
  const hash = createHash('sha256').update(`${root}/`).digest('hex').slice(0, 16);
  const lock = join(temporary, `w2v-bootstrap-${hash}.lock`);
  for (const plant of [() => mkdirSync(lock, { recursive: true }), () => writeFileSync(lock, String(process.pid))]) {
    rmSync(temporary, { recursive: true, force: true });
    mkdirSync(temporary);
    plant();
    rmSync(join(root, 'dist'), { recursive: true, force: true });
    expect(await bootstrap({ TMPDIR: temporary })).toMatchObject({ code: 0, stderr: 'Building\n' });
  }
});

test('packages that are missing are installed first; npm that is missing is said', async () => {
  write('package-lock.json', '{"packages":{"":{},"node_modules/one":{"version":"1.0.0"}}}');
  const { npm_execpath: _npm, ...environment } = process.env;
  const child = spawn(process.execPath, [join(root, 'scripts/bootstrap.js')], {
    env: { ...environment, PATH: '/nowhere' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(1);
  expect(stderr).toBe('Installing npm packages\nnpm does not start (ENOENT): it comes with Node.js\n');
});

test('set-up that fails stops nothing; set-up that is interrupted does', async () => {
  for (const [exit, code] of [
    [4, 0],
    [130, 130],
    [143, 143],
  ]) {
    write('exit', String(exit));
    expect(await bootstrap()).toMatchObject({ code });
  }
});
