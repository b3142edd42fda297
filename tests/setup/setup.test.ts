import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Progress } from '../../src/base/progress.ts';
import { installCommand, linuxSystemName } from '../../src/fetch/tool.ts';
import { type SetupOptions, setUp } from '../../src/setup/setup.ts';
import { addonFile, cachedTfjsNode } from '../../src/setup/tfjs-node.ts';
import { type FakePlace, fakePlace, placeOfficialAddon, wheelFiles, zip } from './fake-tools.ts';

let place: FakePlace;
const realPath = process.env.PATH;

beforeEach(() => {
  place = fakePlace();
  process.env.PATH = place.path;
});
afterEach(() => {
  process.env.PATH = realPath;
  rmSync(place.root, { recursive: true, force: true });
});

const run = (options: Partial<SetupOptions> = {}) =>
  setUp({ cacheDirectory: place.cache, ...options }, place.surroundings);

const library = () => join(place.cache, 'tensorflow-2.15.1-linux-x64', 'lib', 'libtensorflow_cc.so.2');

test('compiles the sources of the version that is there', async () => {
  writeFileSync(join(place.surroundings.projectPackage()!, 'package.json'), '{"version":"4.10.0"}');
  expect((await run()).versions).toEqual({ tensorflow: '2.15.1', 'tfjs-node': '4.10.0' });
  expect(readdirSync(place.cache)).toContain('addon-4.10.0-tensorflow-2.15.1-linux-x64');
});

test('downloads, unpacks, compiles and links, then does nothing', async () => {
  const messages: string[] = [];
  const progress: Progress[] = [];
  const first = await run({ onMessage: (line) => messages.push(line), onProgress: (now) => progress.push(now) });
  expect(first).toMatchObject({
    source: 'download',
    changed: true,
    versions: { tensorflow: '2.15.1', 'tfjs-node': '4.22.0' },
  });
  expect(messages).toEqual(['downloading tensorflow-cpu 2.15.1 with pip (0 MB)', "compiling tfjs-node's addon"]);
  expect(new Set(progress.map((now) => now.phase))).toEqual(new Set(['download', 'unpack']));
  expect(progress.at(-1)).toMatchObject({ phase: 'unpack', done: progress.at(-1)!.total });
  expect(readFileSync(library(), 'utf8')).toBe(wheelFiles['tensorflow/libtensorflow_cc.so.2']);
  // tfjs-node's folder leads to both, and its own install script finds the name it looks for.
  const project = place.surroundings.projectPackage()!;
  expect(realpathSync(join(project, 'deps/lib/libtensorflow.so.2.9.1'))).toBe(realpathSync(library()));
  expect(realpathSync(addonFile(project))).toContain('addon-4.22.0-tensorflow-2.15.1-linux-x64');
  expect(readdirSync(place.cache).sort()).toEqual([
    'addon-4.22.0-tensorflow-2.15.1-linux-x64',
    'tensorflow-2.15.1-linux-x64',
  ]);
  const calls = place.calls();
  expect(calls).toEqual(['pip download', 'c++', 'c++', 'c++']);

  expect(await run()).toMatchObject({ source: 'cache', changed: false });
  expect(place.calls()).toEqual(calls);
});

test('a second clone neither downloads nor compiles, and needs no tool', async () => {
  await run();
  const calls = place.calls();
  const second = join(place.root, 'second');
  mkdirSync(second);
  place.surroundings.projectPackage = () => second;
  place.tool('python3', undefined);
  place.tool('c++', undefined);
  expect(await run()).toMatchObject({ source: 'cache', changed: true, paths: { addon: addonFile(second) } });
  expect(place.calls()).toEqual(calls);
});

test('an official addon that works is left alone', async () => {
  placeOfficialAddon(place);
  expect(await run()).toMatchObject({ source: 'official', changed: false });
  expect(existsSync(place.cache)).toBe(false);
});

test("the system's libtensorflow is taken before the download", async () => {
  const libraryDirectory = join(place.root, 'system/lib');
  const includeDirectory = join(place.root, 'system/include');
  place.surroundings.systemLibtensorflow = async () => ({
    key: 'system-1234',
    libraryDirectory,
    includeDirectory,
    libraries: ['libtensorflow.so'],
  });
  expect(await run()).toMatchObject({ source: 'system', changed: true });
  expect(place.calls()).toEqual(['c++', 'c++', 'c++']);
  expect(await run()).toMatchObject({ source: 'system', changed: false });
});

test("a system's libtensorflow that does not compile is said so, and the download follows", async () => {
  place.surroundings.systemLibtensorflow = async () => ({
    key: 'system-1234',
    libraryDirectory: '/nowhere/lib',
    includeDirectory: '/nowhere/include',
    libraries: ['libtensorflow.so'],
  });
  place.tool(
    'c++',
    `case "$*" in *--version*) exit 0;; *nowhere*) echo 'x.cc:1: error: no c_api.h' >&2; exit 1;; esac
    while [ "$1" != -o ]; do shift; done; echo compiled > "$2"`,
  );
  const messages: string[] = [];
  expect(await run({ onMessage: (line) => messages.push(line) })).toMatchObject({ source: 'download' });
  expect(messages.slice(0, 3)).toEqual([
    "trying the system's libtensorflow in /nowhere/lib",
    "compiling tfjs-node's addon",
    "the system's libtensorflow cannot be used: c++ could not compile tfjs-node's addon: x.cc:1: error: no c_api.h",
  ]);
});

test('missing tools are named together, with the command that installs them', async () => {
  place.tool('python3', undefined);
  place.tool('c++', undefined);
  await expect(run()).rejects.toMatchObject({
    code: 'setup-failed',
    message: 'set-up needs pip (Python 3) and a C++ compiler (c++), not found in the PATH',
    hint: `install it with: ${installCommand(['pip', 'compiler'], 'linux', linuxSystemName(), process.getuid!() === 0)}`,
  });
  place.tool('c++', 'exit 0');
  await expect(run()).rejects.toMatchObject({ message: 'set-up needs pip (Python 3), not found in the PATH' });
  expect(readdirSync(place.cache)).toEqual([]);
});

test('a download that fails says what pip said', async () => {
  place.tool(
    'python3',
    `case "$*" in *--version*) exit 0;; esac; echo 'ERROR: No matching distribution found' >&2; exit 1`,
  );
  await expect(run()).rejects.toMatchObject({
    code: 'setup-failed',
    message: 'pip could not download tensorflow-cpu==2.15.1: ERROR: No matching distribution found',
    hint: "check the network, the proxy and pip's settings (pip config list), then run it again",
  });
});

test('a package index that does not answer is said so', async () => {
  place.tool(
    'python3',
    `case "$*" in *--version*) exit 0;; esac
    echo "WARNING: Retrying after connection broken by 'NewConnectionError: Network is unreachable'" >&2
    echo 'ERROR: No matching distribution found' >&2; exit 1`,
  );
  await expect(run()).rejects.toMatchObject({
    code: 'setup-failed',
    message: 'pip could not download tensorflow-cpu==2.15.1: the network or the package index does not respond',
  });
  expect(readdirSync(place.cache)).toEqual([]);
});

test("another file under the wheel's name is refused", async () => {
  const { bytes, sha256 } = place.wheel;
  place.wheel = { ...place.wheel, sha256: '0'.repeat(64) };
  await expect(run()).rejects.toMatchObject({
    code: 'setup-failed',
    message: `tensorflow_cpu-2.15.1.whl is not the expected file: ${bytes} bytes with SHA-256 ${sha256}, expected ${bytes} bytes with ${'0'.repeat(64)}`,
  });
  expect(existsSync(library())).toBe(false);
});

test('a disk without room is said so before the download', async () => {
  place.wheel = { ...place.wheel, unpackedBytes: 1e17 };
  await expect(run()).rejects.toMatchObject({
    code: 'setup-failed',
    message: expect.stringMatching(
      new RegExp(
        `^not enough space in the cache .*: tensorflow-cpu 2.15.1 needs ${1e17 + place.wheel.bytes} bytes, but \\d+ are free$`,
      ),
    ),
  });
  expect(place.calls()).toEqual([]);
});

test('a disk that fills up during the download is said so', async () => {
  place.tool(
    'python3',
    `case "$*" in *--version*) exit 0;; esac; echo 'OSError: [Errno 28] No space left on device' >&2; exit 2`,
  );
  await expect(run()).rejects.toMatchObject({
    code: 'setup-failed',
    message: expect.stringMatching(/^not enough space in the cache .*: tensorflow-cpu==2\.15\.1 does not fit$/),
  });
});

test('a cache that cannot be written to is said so', async () => {
  const file = join(place.root, 'file');
  writeFileSync(file, '');
  await expect(run({ cacheDirectory: join(file, 'cache') })).rejects.toMatchObject({
    code: 'setup-failed',
    message: `the cache ${join(file, 'cache')} is not writable (ENOTDIR)`,
    hint: 'set the environment variable W2V_CACHE to a folder you can write to',
  });
});

test('two at once: the second waits, says so, and finds it done', async () => {
  const messages: string[] = [];
  const second = join(place.root, 'second');
  mkdirSync(second);
  const [first, other] = await Promise.all([
    run(),
    setUp(
      { cacheDirectory: place.cache, onMessage: (line) => messages.push(line) },
      { ...place.surroundings, projectPackage: () => second },
    ),
  ]);
  expect([first.source, other.source].sort()).toEqual(['cache', 'download']);
  expect(place.calls()).toEqual(['pip download', 'c++', 'c++', 'c++']);
  if (first.source === 'download') {
    expect(messages).toEqual([`another set-up (process ${process.pid} on ${hostname()}) is at work: waiting for it`]);
  }
});

test('an interrupted set-up leaves the lock free and the next one finishes', async () => {
  place.tool('python3', `case "$*" in *--version*) exit 0;; esac; exec sleep 60`);
  const controller = new AbortController();
  const stopped = run({ signal: controller.signal, onMessage: () => setTimeout(() => controller.abort(), 100) });
  await expect(stopped).rejects.toMatchObject({ code: 'interrupted' });
  const file = place.wheel;
  const fresh = fakePlace();
  process.env.PATH = fresh.path;
  expect(await setUp({ cacheDirectory: place.cache }, { ...fresh.surroundings, wheel: () => file })).toMatchObject({
    source: 'download',
  });
  rmSync(fresh.root, { recursive: true });
});

test('what a killed set-up left is cleaned up, and a wheel it had downloaded is used', async () => {
  const leftover = join(place.cache, 'tmp-999999999-abcd', 'lib');
  mkdirSync(leftover, { recursive: true });
  writeFileSync(join(leftover, 'libtensorflow_cc.so.2'), 'half');
  const dead = { pid: 999_999_999, host: hostname(), since: '2026-01-01T00:00:00.000Z' };
  writeFileSync(join(place.cache, 'setup.lock'), JSON.stringify(dead));
  writeFileSync(join(place.cache, 'tensorflow-cpu-2.15.1-manylinux2014_x86_64.whl'), zip(wheelFiles));
  expect(await run()).toMatchObject({ source: 'download' });
  expect(place.calls()).toEqual(['c++', 'c++', 'c++']);
  expect(readdirSync(place.cache).sort()).toEqual([
    'addon-4.22.0-tensorflow-2.15.1-linux-x64',
    'tensorflow-2.15.1-linux-x64',
  ]);
});

test('a half wheel under the final name is downloaded again', async () => {
  mkdirSync(place.cache);
  writeFileSync(join(place.cache, 'tensorflow-cpu-2.15.1-manylinux2014_x86_64.whl'), zip(wheelFiles).subarray(0, 50));
  await run();
  expect(place.calls()[0]).toBe('pip download');
});

test('an addon in the cache that does not load is compiled again', async () => {
  await run();
  const addon = realpathSync(addonFile(place.surroundings.projectPackage()!));
  writeFileSync(addon, 'damaged');
  expect(await run()).toMatchObject({ source: 'cache', changed: true });
  expect(readFileSync(addon, 'utf8')).toBe('compiled\n');
  expect(place.calls()).toEqual(['pip download', 'c++', 'c++', 'c++', 'c++', 'c++', 'c++']);
});

test('a library in the cache that was cut short is downloaded again, without --force', async () => {
  await run();
  rmSync(library());
  writeFileSync(library(), 'cut');
  const messages: string[] = [];
  expect(await run({ onMessage: (line) => messages.push(line) })).toMatchObject({ source: 'download', changed: true });
  expect(messages[0]).toBe(`the libtensorflow in the cache cannot be used: ${library()} has 3 bytes, expected 14000`);
  expect(readFileSync(library(), 'utf8')).toBe(wheelFiles['tensorflow/libtensorflow_cc.so.2']);
  expect(await run()).toMatchObject({ source: 'cache', changed: false });
});

test('a library without a record, of an older set-up, is used; one that cannot be compiled against is downloaded again', async () => {
  await run();
  const records = ['tensorflow-2.15.1-linux-x64', 'addon-4.22.0-tensorflow-2.15.1-linux-x64'].map((name) =>
    join(place.cache, name, 'contents.json'),
  );
  for (const record of records) rmSync(record);
  expect(await run()).toMatchObject({ source: 'cache', changed: false });
  for (const record of records) expect(existsSync(record)).toBe(true);

  for (const record of records) rmSync(record);
  writeFileSync(library(), 'cut');
  rmSync(realpathSync(addonFile(place.surroundings.projectPackage()!)));
  const finishes = 'while [ "$1" != -o ]; do shift; done; echo compiled > "$2"';
  const isCut = `[ "$(cat ${library()})" = cut ]`;
  place.tool(
    'c++',
    `case "$*" in *--version*) exit 0;; esac\n${isCut} && echo 'ld: error: truncated' >&2 && exit 1\n${finishes}`,
  );
  const messages: string[] = [];
  expect(await run({ onMessage: (line) => messages.push(line) })).toMatchObject({ source: 'download', changed: true });
  expect(messages).toContain(
    "the libtensorflow in the cache cannot be used: c++ could not compile tfjs-node's addon: ld: error: truncated",
  );
});

test('a cache that others may write to is refused, before any of its code is run', async () => {
  await run();
  chmodSync(place.cache, 0o777);
  let probed = 0;
  const { probe } = place.surroundings;
  place.surroundings.probe = (...parameters) => {
    probed++;
    return probe(...parameters);
  };
  await expect(run()).rejects.toMatchObject({
    code: 'setup-failed',
    message: `the cache holds code to run, and ${place.cache} can be written to by any user`,
    hint: 'run chmod -R go-w on the cache, or set W2V_CACHE to a folder of your own and run w2v setup',
  });
  expect(probed).toBe(0);
  chmodSync(place.cache, 0o700);
  expect(await run()).toMatchObject({ changed: false });
});

test('the cache is private', async () => {
  await run();
  for (const name of ['', 'tensorflow-2.15.1-linux-x64', 'addon-4.22.0-tensorflow-2.15.1-linux-x64']) {
    expect(statSync(join(place.cache, name)).mode & 0o777).toBe(0o700);
  }
});

test('an addon that never works is an error with its reason', async () => {
  place.surroundings.probe = async () => ({ reason: 'undefined symbol: TF_Version' });
  await expect(run()).rejects.toMatchObject({
    code: 'setup-failed',
    message: `the addon was compiled with libtensorflow in ${dirname(library())} but does not work: undefined symbol: TF_Version`,
  });
});

test('force starts afresh', async () => {
  await run();
  expect(await run({ force: true })).toMatchObject({ source: 'download', changed: true });
  expect(place.calls().filter((call) => call === 'pip download')).toHaveLength(2);
});

test('without a tfjs-node in the project one is installed in the cache and used from there', async () => {
  place.surroundings.projectPackage = () => undefined;
  place.tool(
    'npm',
    `echo npm >> ${join(place.root, 'calls')}
    mkdir -p node_modules/@tensorflow/tfjs-node; echo '{}' > node_modules/@tensorflow/tfjs-node/package.json`,
  );
  const result = await run();
  expect(result.paths.tfjsNode).toBe(cachedTfjsNode(place.cache));
  expect(existsSync(result.paths.addon)).toBe(true);
  expect(await run()).toMatchObject({ source: 'cache', changed: false });
  expect(place.calls().filter((call) => call === 'npm')).toHaveLength(1);
});

test('npm failing to install tfjs-node is said so', async () => {
  place.surroundings.projectPackage = () => undefined;
  place.tool('npm', 'echo "npm error code ENOTFOUND" >&2; exit 1');
  await expect(run()).rejects.toMatchObject({
    code: 'setup-failed',
    message: 'npm could not get @tensorflow/tfjs-node@4.22.0: ENOTFOUND',
  });
});
