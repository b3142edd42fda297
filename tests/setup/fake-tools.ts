// Small stand-ins for what set-up meets outside: a wheel, pip, the C++ compiler, npm, and a folder of tfjs-node.
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import type { Surroundings } from '../../src/setup/install.ts';
import { addonFile } from '../../src/setup/tfjs-node.ts';
import type { Wheel } from '../../src/setup/wheel.ts';

/**
 * A zip of deflated entries: local headers, central directory, end record (PKWARE's APPNOTE, sections 4.3.7 to 4.3.16).
 */
export function zip(files: Record<string, string>): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    const data = deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0); // version needed
    common.writeUInt16LE(8, 4); // deflate
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0', 'latin1'), common, rest, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(centrals);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(centrals.length, 4);
  end.writeUInt16LE(centrals.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, central, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

function crc32(bytes: Buffer): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

export const wheelFiles = {
  'tensorflow/__init__.py': 'import',
  'tensorflow/libtensorflow_cc.so.2': 'the C library '.repeat(1000),
  'tensorflow/libtensorflow_framework.so.2': 'the framework',
  'tensorflow/include/tensorflow/c/c_api.h': '// c_api',
  'tensorflow/include/tensorflow/core/ops/ops.h': '// not needed',
};

export interface FakePlace {
  root: string;
  cache: string;
  /** The PATH to run set-up with: the fake tools and the few real ones their scripts need. */
  path: string;
  wheel: Wheel;
  surroundings: Surroundings;
  /** Command lines the fake tools got, such as 'pip download', 'c++'. */
  calls(): string[];
  /** Replaces a tool by a shell script, or takes it away. */
  tool(name: 'python3' | 'c++' | 'npm', script: string | undefined): void;
}

/** A folder with everything set-up needs, where pip copies a small wheel and the compiler writes a small file. */
export function fakePlace(): FakePlace {
  const root = mkdtempSync(join(tmpdir(), 'w2v-setup-'));
  const path = join(root, 'bin');
  const project = join(root, 'project', 'tfjs-node');
  const bytes = zip(wheelFiles);
  const wheelFile = join(root, 'tensorflow_cpu-2.15.1.whl');
  const log = join(root, 'calls');
  mkdirSync(path);
  mkdirSync(project, { recursive: true });
  writeFileSync(wheelFile, bytes);
  writeFileSync(log, '');
  for (const name of ['env', 'sh', 'cp', 'sleep', 'cat', 'mkdir']) {
    const real = [`/usr/bin/${name}`, `/bin/${name}`].find((file) => existsSync(file))!;
    symlinkSync(real, join(path, name));
  }
  const tool: FakePlace['tool'] = (name, script) => {
    const file = join(path, name);
    if (script === undefined) writeFileSync(file, '', { mode: 0o644 });
    else writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, script === undefined ? 0o644 : 0o755);
  };
  const version = 'case "$*" in *--version*) echo "fake 1.0"; exit 0;; esac';
  const lastOfDest = 'while [ "$1" != --dest ]; do shift; done';
  tool('python3', `${version}\necho "pip $4" >> ${log}\n${lastOfDest}\ncp ${wheelFile} "$2"/`);
  const lastOfOutput = 'while [ "$1" != -o ]; do shift; done';
  tool('c++', `${version}\necho c++ >> ${log}\n${lastOfOutput}\necho compiled > "$2"`);
  const wheel: Wheel = {
    package: 'tensorflow-cpu',
    version: '2.15.1',
    platform: 'manylinux2014_x86_64',
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    unpackedBytes: 20_000,
  };
  const place: FakePlace = {
    root,
    cache: join(root, 'cache'),
    path,
    wheel,
    tool,
    calls: () => readFileSync(log, 'utf8').split('\n').slice(0, -1),
    surroundings: {
      platform: 'linux',
      arch: 'x64',
      wheel: () => place.wheel,
      projectPackage: () => project,
      systemLibtensorflow: async () => undefined,
      probe: async (addon) =>
        existsSync(addon) && readFileSync(addon, 'utf8') === 'compiled\n'
          ? { tensorflow: '2.15.1' }
          : { reason: 'not compiled' },
    },
  };
  return place;
}

/** Puts a finished addon where the official installer would. */
export function placeOfficialAddon(place: FakePlace): void {
  const file = addonFile(place.surroundings.projectPackage()!);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, 'compiled\n');
}
