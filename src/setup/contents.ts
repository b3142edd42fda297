// Records the files that set-up installed in a folder of the cache: sizes, times and hashes of small files. A truncated
// library would crash the process that loads it without a message, so files are checked first; hashing 0.6 GB each time
// is too slow.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { isCode } from '../fetch/cache.ts';
import { sha256OfFile } from '../files/sha256.ts';
import { writeFiles } from '../files/write-files.ts';

interface Recorded {
  bytes: number;
  /** Milliseconds since 1970. */
  modified: number;
  /** Of small files only. */
  sha256?: string;
}

/**
 * 'whole': as recorded. 'unknown': no record (older set-ups wrote none), or a file has a newer time, as in a copy of
 * the cache. 'damaged': another size, another hash or missing.
 */
export type Contents = { state: 'whole' | 'unknown' } | { state: 'damaged'; reason: string };

const recordName = 'contents.json';
const hashedUpTo = 1_000_000;

/** Programs that copy times are accurate to a second. */
const copiedWithin = 1000;

/** The code files in a folder made by set-up: those below its `lib`, without links. */
export async function codeFiles(folder: string): Promise<string[]> {
  const entries = await readdir(join(folder, 'lib'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Records the contents of a working folder; a recorded folder is not tested again before loading. */
export async function recordContents(folder: string): Promise<void> {
  const files: Record<string, Recorded> = {};
  for (const file of await codeFiles(folder)) {
    const { size: bytes, mtimeMs } = await stat(file);
    const hash = bytes > hashedUpTo ? {} : { sha256: await sha256OfFile(file) };
    files[relative(folder, file)] = { bytes, modified: Math.trunc(mtimeMs), ...hash };
  }
  const content = Buffer.from(`${JSON.stringify({ files }, null, 2)}\n`);
  await writeFiles([{ path: join(folder, recordName), content: (sink) => sink.write(content) }], { force: true });
}

/** Compares the folder with its record. Never throws for the contents of the folder. */
export async function checkContents(folder: string): Promise<Contents> {
  const files = await readRecord(folder);
  if (files === undefined) return { state: 'unknown' };
  let state: 'whole' | 'unknown' = 'whole';
  for (const [name, { bytes, modified, sha256 }] of Object.entries(files)) {
    const file = join(folder, name);
    try {
      const found = await stat(file);
      if (found.size !== bytes)
        return { state: 'damaged', reason: `${file} has ${found.size} bytes, expected ${bytes}` };
      if (sha256 === undefined) {
        if (Math.abs(found.mtimeMs - modified) > copiedWithin) state = 'unknown';
      } else if ((await sha256OfFile(file)) !== sha256) {
        return { state: 'damaged', reason: `${file} has changed since set-up made it` };
      }
    } catch (error) {
      if (isCode(error, 'ENOENT', 'ENOTDIR')) return { state: 'damaged', reason: `${file} is missing` };
      throw error;
    }
  }
  return { state };
}

async function readRecord(folder: string): Promise<Record<string, Recorded> | undefined> {
  try {
    const { files } = JSON.parse(await readFile(join(folder, recordName), 'utf8')) as {
      files?: Record<string, Recorded>;
    };
    const isRecord = ({ bytes, modified }: Recorded) => Number.isFinite(bytes) && Number.isFinite(modified);
    return files !== undefined && Object.values(files).every(isRecord) ? files : undefined;
  } catch {
    return undefined; // none, or a damaged one: then the code is tried and recorded again
  }
}
