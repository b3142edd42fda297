// Downloads a wheel with pip from the index that pip is configured for. Does not run its code and installs nothing.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { W2vError } from '../base/errors.ts';
import { noRoom } from './cache.ts';
import { runTool } from './tool.ts';

export interface WheelName {
  /** The Python package and an exact version. */
  package: string;
  version: string;
  /** Selects one of its wheels, in pip's terms. */
  python: string;
  platform: string;
}

export interface PipOptions {
  /** Command line of pip: `findTool(pipCommands)`. */
  pip: readonly string[];
  /** An empty folder for the wheel. */
  folder: string;
  more?: readonly string[];
  signal?: AbortSignal | undefined;
}

// pip's warnings when the network is down; its last line then only says that it found no such package.
const unreachable = /NewConnectionError|NameResolutionError|ProxyError|ConnectTimeout|ReadTimeout|ConnectionResetError/;
const settingsHint = "check the network, the proxy and pip's settings (pip config list), then run it again";

/**
 * Downloads a wheel and returns its path in `folder`.
 * @throws W2vError 'setup-failed' if pip fails, 'interrupted'
 */
export async function downloadWithPip(
  wheel: WheelName,
  { pip, folder, more = [], signal }: PipOptions,
): Promise<string> {
  const specification = `${wheel.package}==${wheel.version}`;
  const [program, ...parameters] = pip;
  parameters.push('download', '--no-deps', '--only-binary=:all:', '--no-input', '--disable-pip-version-check');
  parameters.push('--progress-bar', 'off', '--python-version', wheel.python, '--platform', wheel.platform, ...more);
  const outcome = await runTool(program!, [...parameters, '--dest', folder, specification], { signal });
  if (outcome.code !== 0) {
    if (/No space left/i.test(outcome.stderr)) throw noRoom(folder, `${specification} does not fit`);
    const lines = outcome.stderr.trim().split('\n');
    const last = (lines.filter((line) => /error/i.test(line)).at(-1) ?? lines.at(-1)!).trim();
    const reason = unreachable.test(outcome.stderr)
      ? 'the network or the package index does not respond'
      : last || `it ended with exit code ${outcome.code}`;
    throw new W2vError('setup-failed', `pip could not download ${specification}: ${reason}`, settingsHint);
  }
  const file = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (file === undefined) {
    throw new W2vError('setup-failed', `pip succeeded but left no wheel of ${specification}`, 'update pip');
  }
  return join(folder, file);
}
