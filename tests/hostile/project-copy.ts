// The built command in a checkout of its own, whose TensorFlow lies in the room's cache, so that a test may damage it.
import { cpSync, mkdirSync, readdirSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { recordContents } from '../../src/setup/contents.ts';
import { addonFile } from '../../src/setup/tfjs-node.ts';
import { shareFolder } from '../setup/share-folder.ts';
import type { Room } from './w2v.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

export interface ProjectCopy {
  /** A command line that runs it, in place of `w2v`. */
  w2v: string;
  addon: string;
  /** A library of TensorFlow by a part of its name. */
  library(name: RegExp): string;
}

/** `tfjsNode` is the real one, set up; without it the copy has one that is not. */
export async function copyProject(room: Room, tfjsNode: string | undefined): Promise<ProjectCopy> {
  const copy = join(dirname(room.folder), 'checkout');
  for (const name of ['bin', 'dist', 'corpora', 'package.json']) {
    cpSync(join(project, name), join(copy, name), { recursive: true });
  }
  const modules = join(copy, 'node_modules');
  const place = join(modules, '@tensorflow', 'tfjs-node');
  mkdirSync(dirname(addonFile(place)), { recursive: true });
  for (const name of readdirSync(join(project, 'node_modules'))) {
    if (name !== '@tensorflow') symlinkSync(join(project, 'node_modules', name), join(modules, name));
  }
  writeFileSync(join(place, 'package.json'), '{"name":"@tensorflow/tfjs-node","version":"4.22.0"}');
  const w2v = `'${process.execPath}' '${join(copy, 'bin/w2v.js')}'`;
  if (tfjsNode === undefined) return { w2v, addon: '', library: () => '' };

  const addons = dirname(dirname(dirname(realpathSync(addonFile(tfjsNode)))));
  const libraries = dirname(realpathSync(join(addons, 'deps', 'lib')));
  const [ownAddons, ownLibraries] = [addons, libraries].map((folder) => join(room.cache, basename(folder)));
  shareFolder(addons, ownAddons!);
  shareFolder(join(libraries, 'lib'), join(ownLibraries!, 'lib'));
  for (const folder of [ownAddons!, ownLibraries!]) await recordContents(folder);
  symlinkSync(addonFile(ownAddons!), addonFile(place));
  const names = readdirSync(join(ownLibraries!, 'lib'));
  return {
    w2v,
    addon: addonFile(ownAddons!),
    library: (name) => realpathSync(join(ownLibraries!, 'lib', names.find((one) => name.test(one))!)),
  };
}

/** Puts another file under the name; the one it shares with the real cache stays as it is. */
export function replaceFile(file: string, bytes: Uint8Array): void {
  const { mode } = statSync(file);
  rmSync(file);
  writeFileSync(file, bytes, { mode });
}
