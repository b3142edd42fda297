// Checks whether an addon is safe to load: owned by the user, complete, and of a supported version.
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { W2vError } from '../base/errors.ts';
import { strangeCode, strangeCodeHint } from '../files/trust.ts';
import { type ProbeResult, probeAddon } from './addon.ts';
import { checkContents, codeFiles, recordContents } from './contents.ts';
import { addonFile, isSupported, supportedTfjsNode, tfjsNodeName, versionOf } from './tfjs-node.ts';

type Probe = (addon: string, signal?: AbortSignal) => Promise<ProbeResult>;

/**
 * The folders of the cache with the code behind an addon: its own and its library's, if set-up made them. None for
 * the official addon, which npm put beside w2v's own code.
 */
function foldersOf(addon: string): string[] {
  const directory = dirname(dirname(dirname(realpathSync(addon))));
  if (!basename(directory).startsWith('addon-')) return [];
  const link = join(directory, 'deps', 'lib');
  if (!existsSync(link)) return [directory]; // loading it will say so
  const library = dirname(realpathSync(link));
  return dirname(library) === dirname(directory) ? [directory, library] : [directory];
}

/** What is wrong with an addon according to its files; 'unknown' if only loading can tell. */
async function lookAt(addon: string): Promise<'whole' | 'unknown' | { reason: string; hint: string }> {
  const folders = foldersOf(addon);
  const files = await Promise.all(folders.map(codeFiles));
  const cache = folders.slice(0, 1).map(dirname);
  const strange = await strangeCode([...cache, ...folders, ...files.flat().flatMap((file) => [dirname(file), file])]);
  if (strange !== undefined) return { reason: `it is not loaded, because ${strange}`, hint: strangeCodeHint };
  const contents = await Promise.all(folders.map(checkContents));
  for (const one of contents) {
    if (one.state === 'damaged') {
      return {
        reason: `damaged: ${one.reason}`,
        hint: 'run w2v setup, which repairs it; w2v setup --force starts over',
      };
    }
  }
  return contents.every(({ state }) => state === 'whole') ? 'whole' : 'unknown';
}

/** Checks an addon, then tests it in a separate process, and records success. Never throws for a defective addon. */
export async function inspectAddon(
  addon: string,
  probe: Probe = probeAddon,
  signal?: AbortSignal,
): Promise<ProbeResult> {
  let found: Awaited<ReturnType<typeof lookAt>>;
  try {
    found = await lookAt(addon);
  } catch (error) {
    return { reason: (error as Error).message };
  }
  if (typeof found === 'object') return found;
  const result = await probe(addon, signal);
  if ('tensorflow' in result && found === 'unknown') {
    // If nothing can be written, the addon is tested again before each load.
    for (const folder of foldersOf(addon)) await recordContents(folder).catch(() => {});
  }
  return result;
}

/**
 * Makes sure that the addon of a tfjs-node folder can be loaded into this process.
 * @throws W2vError 'engine-unavailable' if it has another version, is damaged, or could be another user's code
 */
export async function requireSoundAddon(packageDirectory: string): Promise<void> {
  const unavailable = (observed: string, hint: string) => new W2vError('engine-unavailable', observed, hint);
  if (!isSupported(packageDirectory)) {
    const observed = `${packageDirectory} is ${tfjsNodeName} ${versionOf(packageDirectory) ?? 'without a version'}`;
    throw unavailable(`${observed}, expected ${supportedTfjsNode}`, 'run w2v setup');
  }
  const addon = addonFile(packageDirectory);
  const found = await lookAt(addon).catch((error: Error) => ({
    reason: `not whole: ${error.message}`,
    hint: 'run w2v setup',
  }));
  if (typeof found === 'object') throw unavailable(`TensorFlow in the cache: ${found.reason}`, found.hint);
  if (found === 'whole') return;
  const result = await inspectAddon(addon);
  if ('reason' in result) throw unavailable(`TensorFlow does not load: ${result.reason}`, 'run w2v setup');
}
