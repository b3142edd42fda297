// What the benchmarks need beside w2v itself: a Python environment with the peers, made once in bench/.peers.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const benchFolder = fileURLToPath(new URL('.', import.meta.url));
const environment = join(benchFolder, '.peers');
/** A program of the environment. */
export const peerProgram = (name) => join(environment, 'bin', name);
export const python = peerProgram('python');

/** Makes the Python environment where it is missing or made from other requirements. */
export function installPeers() {
  const wanted = readFileSync(join(benchFolder, 'requirements.txt'), 'utf8');
  const stamp = join(environment, 'requirements.txt');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('installing the peers (pip)...');
  const steps = [
    ['python3', '-m', 'venv', environment],
    [python, '-m', 'pip', 'install', '--quiet', '-r', join(benchFolder, 'requirements.txt')],
  ];
  for (const [command, ...parameters] of steps) {
    const { status } = spawnSync(command, parameters, { stdio: ['ignore', 'inherit', 'inherit'] });
    if (status !== 0) throw new Error(`${[command, ...parameters].join(' ')} failed`);
  }
  writeFileSync(stamp, wanted);
}

/** fastText as the system's package installs it; undefined where it is not there and cannot be installed. */
export function findFastText() {
  const found = () => spawnSync('fasttext', [], { stdio: 'ignore' }).error === undefined;
  if (found()) return 'fasttext';
  console.error('installing fastText (apt-get)...');
  spawnSync('apt-get', ['install', '-y', '-q', 'fasttext'], { stdio: 'ignore' });
  return found() ? 'fasttext' : undefined;
}

/**
 * Runs a command to its end and tells what it took: its standard output, seconds by the wall clock, and the most memory
 * it held. The memory is asked of the kernel by a small Python process around it, the same for us and the peers.
 */
export async function measure(command, options = {}) {
  const child = spawn(python, [join(benchFolder, 'measure.py'), ...command], {
    stdio: ['ignore', 'pipe', options.verbose ? 'inherit' : 'pipe'],
    env: { ...process.env, ...options.env },
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    errors += text;
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}:\n${errors}${output}`);
  const lines = output.trimEnd().split('\n');
  const cost = JSON.parse(lines.pop());
  return { output: lines.join('\n'), ...cost };
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The machine and the versions a result was made with. */
export function machine() {
  const versions = spawnSync(
    python,
    [
      '-c',
      'import json,platform,gensim,numpy,scipy,sklearn; print(json.dumps({"python": platform.python_version(), "gensim": gensim.__version__, "numpy": numpy.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__}))',
    ],
    { encoding: 'utf8' },
  );
  return {
    processor: cpus()[0].model.trim(),
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 1e9),
    system: `${process.platform}-${process.arch}`,
    versions: { node: process.versions.node, ...JSON.parse(versions.stdout) },
  };
}
