// Damaged libraries in the cache, as a process meets them: no one is loaded that could end it.
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultCacheDirectory } from '../../src/fetch/cache.ts';
import { recordContents } from '../../src/setup/contents.ts';
import { addonFile, locateTfjsNode } from '../../src/setup/tfjs-node.ts';
import { isMissing } from '../requirements.ts';
import { shareFolder } from './share-folder.ts';

const tfjsNode = locateTfjsNode(defaultCacheDirectory(process.env, process.platform, homedir()));
const isSetUp = tfjsNode !== undefined && existsSync(addonFile(tfjsNode));
const built = fileURLToPath(new URL('../../build/train/open-engine.js', import.meta.url));

let root: string;
/** A tfjs-node folder whose addon lies in a cache of its own, that shares the large files with the real one. */
let modulePath: string;
let addonDirectory: string;
let libraryDirectory: string;

/** Another file under the name: the one it shares with the real cache stays as it is. */
function replace(file: string, change: (bytes: Buffer) => Buffer): void {
  const bytes = Buffer.alloc(Math.min(statSync(file).size, 2_000_000));
  const descriptor = openSync(file, 'r');
  readSync(descriptor, bytes, 0, bytes.length, 0);
  closeSync(descriptor);
  rmSync(file);
  writeFileSync(file, change(bytes), { mode: 0o755 });
}

function open(choice: 'auto' | 'tensorflow') {
  const script = `
    const { openEngine } = await import(${JSON.stringify(built)});
    const { engine, why } = await openEngine('${choice}', { modulePath: ${JSON.stringify(modulePath)}, threads: 1 })
      .catch((error) => ({ engine: { name: error.code }, why: error.message + '; ' + error.hint }));
    console.log(JSON.stringify([engine.name, why]));`;
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  expect([status, signal], stderr).toEqual([0, null]);
  return JSON.parse(stdout) as [string, string];
}

describe.skipIf(isMissing('TENSORFLOW', isSetUp))('TensorFlow in the cache', () => {
  const real = isSetUp ? dirname(dirname(dirname(realpathSync(addonFile(tfjsNode))))) : '';
  const isOurs = basename(real).startsWith('addon-'); // else the official addon, or none

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'w2v-damaged-'));
    const realLibrary = dirname(realpathSync(join(real, 'deps', 'lib')));
    addonDirectory = join(root, basename(real));
    libraryDirectory = join(root, basename(realLibrary));
    shareFolder(real, addonDirectory);
    shareFolder(join(realLibrary, 'lib'), join(libraryDirectory, 'lib'));
    modulePath = join(root, 'tfjs-node');
    mkdirSync(dirname(addonFile(modulePath)), { recursive: true });
    for (const part of ['package.json', 'dist'])
      cpSync(join(tfjsNode!, part), join(modulePath, part), { recursive: true });
    symlinkSync(dirname(dirname(tfjsNode!)), join(root, 'node_modules'));
    symlinkSync(addonFile(addonDirectory), addonFile(modulePath));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const addon = () => addonFile(addonDirectory);
  const library = (name: string) => join(libraryDirectory, 'lib', name);
  const framework = () =>
    library(readdirSync(join(libraryDirectory, 'lib')).find((name) => /framework.*\d$/.test(name))!);
  const cut = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2);
  const flipped = (bytes: Buffer) => {
    for (let at = 20_000; at < 22_000; at++) bytes[at] ^= 0xff;
    return bytes;
  };
  const damages = [
    ['the addon cut', addon, cut],
    ['the addon with 2,000 flipped bytes', addon, flipped],
    ['the framework library cut', framework, cut],
  ] as const;
  const hint = 'run w2v setup, which repairs it; w2v setup --force starts over';

  it.skipIf(!isOurs)('is tried and recorded once where an older set-up left no record, then loaded at once', () => {
    expect(open('tensorflow')).toEqual(['tensorflow', 'as requested']);
    for (const folder of [addonDirectory, libraryDirectory]) {
      const { files } = JSON.parse(readFileSync(join(folder, 'contents.json'), 'utf8'));
      expect(Object.keys(files).length).toBeGreaterThan(0);
    }
    expect(open('auto')).toEqual(['tensorflow', 'it is set up']);
  });

  it.skipIf(!isOurs).each(damages)('%s: not loaded, whoever asks', async (_, file, change) => {
    for (const folder of [addonDirectory, libraryDirectory]) await recordContents(folder);
    const before = statSync(file()).size;
    replace(file(), change);
    const after = statSync(file()).size;
    const reason =
      after === before
        ? `${file()} has changed since set-up made it`
        : `${file()} has ${after} bytes, expected ${before}`;
    const observed = `TensorFlow in the cache: damaged: ${reason}`;
    expect(open('tensorflow')).toEqual(['engine-unavailable', `${observed}; ${hint}`]);
    expect(open('auto')).toEqual(['wasm', observed]);
  });

  it.skipIf(!isOurs).each(damages)('%s, without a record: tried in a process of its own', async (_, file, change) => {
    replace(file(), change);
    const [engine, why] = open('auto');
    expect(engine).toBe('wasm');
    expect(why).toMatch(/^TensorFlow does not load: /);
    expect(existsSync(join(addonDirectory, 'contents.json'))).toBe(false);
  });
});
