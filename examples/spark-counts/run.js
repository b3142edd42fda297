// Counts from a Spark cluster, vectors from them on this machine: node run.js sc://HOST[:PORT] PATH [word...]. PATH is
// what the cluster reads: a file or folder, s3a://, hdfs:// or gs://. The same command without --on counts here, with
// the same result.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [on, text, ...words] = process.argv.slice(2);
if (text === undefined) {
  console.error('usage: node run.js sc://HOST[:PORT] PATH [word...]    (- instead of sc://... counts on this machine)');
  process.exit(2);
}
// In a clone, else in the project that this file is in.
const inClone = fileURLToPath(new URL('../../bin/w2v.js', import.meta.url));
const command = existsSync(inClone)
  ? inClone
  : join(dirname(createRequire(import.meta.url).resolve('w2v/package.json')), 'bin', 'w2v.js');
const w2v = (...parameters) =>
  execFileSync(process.execPath, [command, ...parameters], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

const folder = mkdtempSync(join(tmpdir(), 'spark-counts-'));
try {
  const vectors = join(folder, 'vectors.bin');
  // Spark counts; PPMI and SVD, a small part of the work, run here.
  w2v('count', text, '-o', vectors, '--method', 'svd', '--min-count', '2', ...(on === '-' ? [] : ['--on', on]));
  const { vocabulary, dimensions } = JSON.parse(w2v('info', vectors, '--json'));
  console.log(`${vocabulary} words x ${dimensions}`);
  for (const word of words) process.stdout.write(w2v('nearest', vectors, word, '-k', '5', '--tsv'));
} catch (error) {
  if (typeof error.status !== 'number') throw error;
  process.exitCode = error.status; // w2v has said what is wrong
} finally {
  rmSync(folder, { recursive: true });
}
