// A cache of what was made: KEY/ in its folder, KEY the hash of all that decides the content; made.json in it has the
// facts. Only the user may read it, because words of private texts are in it. An entry is created under a temporary
// name and renamed when complete, so that processes can run in parallel. Removes entries unused for 30 days, and the
// oldest beyond 10 GB.
import { createHash } from 'node:crypto';
import { chmod, mkdtemp, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { host, isLeftBehind } from './leftovers.ts';
import { makeFolder } from './make-folder.ts';
import type { ByteSink } from './output.ts';
import { readRegular } from './regular-file.ts';
import { writeFiles } from './write-files.ts';

/** What decides the content of an entry, as JSON has it. */
export type Deciding = Record<string, unknown>;

export interface EntryCache {
  /** Where the entry is, if there is one. */
  folderOf(deciding: Deciding): string;
  /** The facts of an entry: any JSON. Throws system errors, `SyntaxError`. */
  facts(deciding: Deciding): Promise<unknown>;
  /** Notes that the entry was used now. */
  used(deciding: Deciding): Promise<void>;
  /**
   * Keeps an entry, in the place of an earlier one: `make` writes its files into an empty folder and returns the facts.
   * Throws errors of writing, `interrupted`.
   */
  keep(deciding: Deciding, make: (folder: string) => Promise<object>, signal?: AbortSignal): Promise<void>;
}

const MOST_DAYS = 30;
const MOST_BYTES = 10e9;
const FACTS = 'made.json';
const UNFINISHED = '.making-';

/** Opens the cache in `folder`, which is created. Throws system errors if it is not writable, or another user's. */
export async function openEntryCache(folder: string): Promise<EntryCache> {
  await makeFolder(folder, 0o700);
  await rm(await mkdtemp(unfinishedIn(folder)), { recursive: true });
  await chmod(folder, 0o700);
  await removeUnfinished(folder);
  const folderOf = (deciding: Deciding) =>
    path.join(folder, createHash('sha256').update(JSON.stringify(deciding)).digest('hex').slice(0, 24));
  const factsOf = (deciding: Deciding) => path.join(folderOf(deciding), FACTS);
  return {
    folderOf,
    facts: async (deciding) => JSON.parse(await readRegular(factsOf(deciding))),
    async used(deciding) {
      const now = new Date();
      await utimes(factsOf(deciding), now, now).catch(() => undefined);
    },
    async keep(deciding, make, signal) {
      const unfinished = await mkdtemp(unfinishedIn(folder)); // mkdtemp makes it private to the owner
      try {
        const content = Buffer.from(`${JSON.stringify(await make(unfinished), null, 2)}\n`);
        const facts = { path: path.join(unfinished, FACTS), content: (sink: ByteSink) => sink.write(content) };
        await writeFiles([facts], { mode: 0o600, signal });
        await putInPlace(unfinished, folderOf(deciding));
      } finally {
        await rm(unfinished, { recursive: true, force: true });
      }
      await prune(folder, path.basename(folderOf(deciding)));
    },
  };
}

/** A folder cannot be renamed to a non-empty one, so the old one is renamed first. */
async function putInPlace(unfinished: string, folder: string): Promise<void> {
  const aside = `${unfinished}.old`;
  await rename(folder, aside).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  try {
    await rename(unfinished, folder);
  } catch (error) {
    // Another process stored the same result in the meantime, which is fine.
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

const unfinishedIn = (folder: string) => path.join(folder, `${UNFINISHED}${host}-${process.pid}-`);

/** Removes what killed processes left behind. */
async function removeUnfinished(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const match = /^(?:([0-9a-f]{4})-(\d+)-)?\w+(?:\.old)?$/.exec(name.slice(UNFINISHED.length));
    if (!name.startsWith(UNFINISHED) || match === null) continue;
    const folder = path.join(cache, name);
    const found = await stat(folder).catch(() => undefined);
    if (found === undefined || !isLeftBehind(match[1], Number(match[2]), found.mtimeMs)) continue;
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Removes entries that are too old or too many, least recently used first. Keeps `newest`. */
async function prune(cache: string, newest: string): Promise<void> {
  const entries = await Promise.all(
    (await readdir(cache)).map(async (name) => {
      const folder = path.join(cache, name);
      const used = (await stat(path.join(folder, FACTS)).catch(() => stat(folder))).mtimeMs;
      const files = await readdir(folder);
      const sizes = await Promise.all(files.map(async (file) => (await stat(path.join(folder, file))).size));
      return {
        name,
        folder,
        days: (Date.now() - used) / 86_400_000,
        bytes: sizes.reduce((sum, size) => sum + size, 0),
      };
    }),
  ).catch(() => []); // another process removes what it may: the next one to keep something looks again
  let bytes = 0;
  for (const { name, folder, days, bytes: size } of entries.sort((a, b) => a.days - b.days)) {
    if (name.startsWith(UNFINISHED)) continue;
    bytes += size;
    const stays = name === newest || (days < MOST_DAYS && bytes <= MOST_BYTES);
    if (!stays) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}
