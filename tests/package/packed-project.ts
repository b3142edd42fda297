// An empty project into which the package was installed from its tarball, without npm's network: the package unpacked,
// and links to what it depends on. Nothing of the development dependencies is there, TensorFlow included.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const isWindows = process.platform === 'win32';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface PackedProject {
  folder: string;
  tarball: string;
  packed: { unpackedSize: number; files: { path: string }[] };
  /** Folders of node_modules that npm installs beside the package. */
  dependencies: string[];
  remove(): void;
}

/** `also`: development dependencies that somebody installs into the project. */
export function packedProject(also: string[] = []): PackedProject {
  const folder = mkdtempSync(path.join(tmpdir(), 'w2v-packed-'));
  // Where a project ends: above it there may be another package.
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  const options = ['--json', '--ignore-scripts', '--pack-destination', folder];
  const stdio = ['ignore', 'pipe', 'ignore'] as const;
  const [packed] = JSON.parse(
    // npm is a batch file on Windows, which only a shell runs.
    execFileSync('npm', ['pack', ...options], { cwd: root, encoding: 'utf8', stdio: [...stdio], shell: isWindows }),
  );
  const tarball = path.join(folder, packed.filename);
  const modules = path.join(folder, 'node_modules');
  mkdirSync(path.join(modules, 'w2v'), { recursive: true });
  // Relative names: some tars take C: for another machine.
  execFileSync('tar', ['-xzf', packed.filename, '--strip-components=1', '-C', 'node_modules/w2v'], { cwd: folder });
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const isInstalled = ({ dev, optional, devOptional, peer }: Record<string, boolean>) =>
    !dev && !optional && !devOptional && !peer;
  const dependencies = Object.keys(packages).filter((name) => name !== '' && isInstalled(packages[name]));
  for (const name of [...dependencies, ...also.map((one) => `node_modules/${one}`)]) {
    if (name.lastIndexOf('node_modules/') > 0) continue; // inside another, and linked with it
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    symlinkSync(path.join(root, name), path.join(folder, name), 'junction'); // which needs no right on Windows
  }
  return { folder, tarball, packed, dependencies, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
