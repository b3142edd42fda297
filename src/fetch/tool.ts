// Runs other programs (pip, the C++ compiler, npm) and says how to install missing ones.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { interruptionBy, throwIfAborted } from '../base/errors.ts';
import { makeTemporaryFolder } from '../files/temporary-folder.ts';

export interface Outcome {
  /** The exit code; undefined if the program does not exist, null if a signal ended it. */
  code: number | null | undefined;
  stdout: string;
  stderr: string;
}

export interface ToolOptions {
  /**
   * Working folder. Default: a new empty folder, because programs load code and settings from the current folder
   * (Python its modules, npm its .npmrc), and the user's folder may contain anything.
   */
  folder?: string | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Runs a program with an empty stdin and returns its output.
 * @throws W2vError 'interrupted' when the signal fires, after the program has ended.
 */
export async function runTool(
  command: string,
  parameters: readonly string[],
  { folder, signal }: ToolOptions = {},
): Promise<Outcome> {
  throwIfAborted(signal);
  if (folder !== undefined) return await runIn(folder, command, parameters, signal);
  const empty = makeTemporaryFolder('tool');
  try {
    return await runIn(empty, command, parameters, signal);
  } finally {
    await rm(empty, { recursive: true, force: true });
  }
}

/** A program that has not ended this long after SIGTERM is killed. */
const patience = 500;

function runIn(
  folder: string,
  command: string,
  parameters: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    let killer: NodeJS.Timeout | undefined;
    const stop = () => {
      child.kill('SIGTERM');
      killer = setTimeout(() => child.kill('SIGKILL'), patience);
    };
    const settle = () => {
      signal?.removeEventListener('abort', stop);
      clearTimeout(killer);
    };
    signal?.addEventListener('abort', stop, { once: true });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', (error: NodeJS.ErrnoException) => {
      settle();
      if (error.code === 'ENOENT' || error.code === 'EACCES') resolve({ code: undefined, stdout, stderr });
      else reject(error);
    });
    child.once('exit', () => {
      if (!signal?.aborted) return;
      child.stdout.destroy(); // a surviving child of the program may keep the other end open
      child.stderr.destroy();
    });
    child.once('close', (code) => {
      settle();
      if (signal?.aborted) reject(interruptionBy(signal));
      else resolve({ code, stdout, stderr });
    });
  });
}

/** The first of several command lines for which `--version` succeeds, and its output. */
export async function findTool(
  candidates: string[][],
  signal?: AbortSignal,
): Promise<{ command: string[]; version: string } | undefined> {
  for (const [program, ...parameters] of candidates) {
    const { code, stdout } = await runTool(program!, [...parameters, '--version'], { signal });
    if (code === 0) return { command: [program!, ...parameters], version: stdout.split('\n', 1)[0].trim() };
  }
  return undefined;
}

/** -I: by default Python searches the current folder, PYTHONPATH and others before its own modules. */
export const pipCommands = [['python3', '-I', '-m', 'pip'], ['python', '-I', '-m', 'pip'], ['pip3'], ['pip']];
export const compilerCommands = [['c++'], ['g++'], ['clang++']];

export type Tool = 'pip' | 'compiler';

const packages: Record<string, Record<Tool, string>> = {
  'apt-get install -y': { pip: 'python3-pip', compiler: 'g++' },
  'dnf install -y': { pip: 'python3-pip', compiler: 'gcc-c++' },
  'zypper install -y': { pip: 'python3-pip', compiler: 'gcc-c++' },
  'pacman -S --noconfirm': { pip: 'python-pip', compiler: 'gcc' },
  'apk add': { pip: 'py3-pip', compiler: 'g++' },
};

const windowsPackages: Record<Tool, string> = {
  pip: 'Python.Python.3.12',
  compiler: 'Microsoft.VisualStudio.2022.BuildTools',
};

/** The command that installs the missing tools with the system's package manager. */
export function installCommand(missing: Tool[], platform: string, systemName: string, isRoot: boolean): string {
  if (platform === 'win32') {
    return missing.map((tool) => `winget install ${windowsPackages[tool]}`).join(' && ');
  }
  if (platform === 'darwin') {
    const commands = missing.map((tool) => (tool === 'pip' ? 'brew install python' : 'xcode-select --install'));
    return commands.join(' && ');
  }
  const manager = packageManager(systemName);
  const names = missing.map((tool) => packages[manager][tool]);
  return `${isRoot ? '' : 'sudo '}${manager} ${names.join(' ')}`;
}

/** ID and ID_LIKE of /etc/os-release, such as 'ubuntu debian'; empty without that file. */
export function linuxSystemName(path = '/etc/os-release'): string {
  try {
    const fields = readFileSync(path, 'utf8').matchAll(/^ID(?:_LIKE)?="?([^"\n]*)"?$/gm);
    return Array.from(fields, (field) => field[1]).join(' ');
  } catch {
    return '';
  }
}

function packageManager(systemName: string): string {
  if (/\b(fedora|rhel|centos|amzn)\b/.test(systemName)) return 'dnf install -y';
  if (/suse/.test(systemName)) return 'zypper install -y';
  if (/\barch\b/.test(systemName)) return 'pacman -S --noconfirm';
  if (/\balpine\b/.test(systemName)) return 'apk add';
  return 'apt-get install -y';
}
