// A folder in which the commands of a page run, with a cache of its own that has what the user's cache has of some
// texts.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultCacheDirectory } from '../../src/fetch/cache.ts';
import { root } from './shown-commands.ts';

export interface CommandShell {
  folder: string;
  cache: string;
  /** A line of a page as bash runs it, with both of its outputs in one. */
  run(line: string): { output: string; status: number | null };
}

export function openShell(name: string, texts: readonly string[]): CommandShell {
  const folder = mkdtempSync(join(tmpdir(), `w2v-${name}-`));
  const cache = join(folder, 'cache');
  for (const part of ['cache/corpora', 'bin', 'node_modules'])
    mkdirSync(join(folder, part), { recursive: true, mode: 0o700 });
  const command = `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'bin/w2v.js')}' "$@"\n`;
  writeFileSync(join(folder, 'bin/w2v'), command, { mode: 0o755 });
  symlinkSync(root, join(folder, 'node_modules/w2v'), 'dir');
  const kept = join(defaultCacheDirectory(process.env, process.platform, homedir()), 'corpora');
  for (const text of texts) {
    if (existsSync(join(kept, `${text}.txt`)))
      copyFileSync(join(kept, `${text}.txt`), join(cache, `corpora/${text}.txt`));
  }
  const env = { ...process.env, W2V_CACHE: cache, PATH: `${join(folder, 'bin')}:${process.env.PATH}`, NO_COLOR: '1' };
  const run = (line: string) => {
    const { stdout, status } = spawnSync('bash', ['-c', `{ ${line}\n} 2>&1`], { cwd: folder, env, encoding: 'utf8' });
    return { output: stdout, status };
  };
  return { folder, cache, run };
}
