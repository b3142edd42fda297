// One npm package's files, got through the npm client (its registry, proxy and cache settings hold), in memory.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseTarGzip } from 'nanotar';
import { throwIfAborted, W2vError } from '../errors.ts';

export interface NpmPackage {
  name: string;
  /** An exact version, so that the same bytes come each time. */
  version: string;
}

/**
 * The files of a package by their path inside it ('data/a.json'). Runs `npm pack` in a temporary folder; npm checks
 * the download against the registry's hash and runs none of the package's scripts.
 * @throws W2vError setup-failed (no npm, no network, no such version), interrupted
 */
export async function fetchNpmPackage(
  { name, version }: NpmPackage,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<Map<string, Uint8Array>> {
  throwIfAborted(signal);
  const folder = await mkdtemp(path.join(tmpdir(), 'w2v-npm-'));
  try {
    await npmPack(`${name}@${version}`, folder, signal);
    const tarball = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
    if (tarball === undefined) {
      throw new W2vError(
        'setup-failed',
        `npm pack ${name}@${version} left no .tgz file`,
        'update npm, then run it again',
      );
    }
    const entries = await parseTarGzip(await readFile(path.join(folder, tarball)));
    const files = new Map<string, Uint8Array>();
    for (const entry of entries) {
      if (entry.type === 'file') files.set(entry.name.replace(/^[^/]+\//, ''), entry.data ?? new Uint8Array());
    }
    return files;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// npm's own waits would let a machine without a network hang for over a minute.
const retries = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=4000'];

function npmPack(spec: string, folder: string, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      'npm',
      ['pack', spec, '--ignore-scripts', '--no-update-notifier', '--loglevel=error', ...retries],
      {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'pipe'],
        shell: process.platform === 'win32', // npm is a .cmd file there
        signal,
      },
    );
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors += text;
    });
    child.on('error', (cause: NodeJS.ErrnoException) => {
      if (cause.name === 'AbortError') {
        reject(new W2vError('interrupted', `interrupted while npm was getting ${spec}`, 'run it again'));
      } else if (cause.code === 'ENOENT') {
        reject(
          new W2vError(
            'setup-failed',
            `npm is needed to get ${spec}, and is not on the PATH`,
            'install npm: it comes with Node.js',
            {
              cause,
            },
          ),
        );
      } else reject(cause);
    });
    child.on('close', (code) => {
      if (code === 0) resolve();
      else {
        const reason = npmReason(errors) || `npm ended with exit code ${code}`;
        reject(
          new W2vError('setup-failed', `npm could not get ${spec}: ${reason}`, 'check the network, then run it again'),
        );
      }
    });
  });
}

/** The first line of npm's complaint that says something, without its prefixes. */
function npmReason(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim());
  const code = lines.find((line) => line.startsWith('code '))?.slice(5);
  const text = lines.find((line) => line !== '' && !/^(code|errno|syscall|A complete log)\b/.test(line)) ?? '';
  return [code, text].filter(Boolean).join(': ');
}
