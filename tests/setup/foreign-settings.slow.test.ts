// Nothing that lies around is run or believed: code in the current folder, npm settings above the temporary folder.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { spawnW2v } from '../cli/run-w2v.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'w2v-foreign-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('code in the current folder', () => {
  const commands = [['doctor'], ['evaluate', 'v.txt', '--pairs', 'simlex999'], ['setup', '--force']];
  it.each(commands.map((args) => [args.join(' '), args] as const))(
    'is not run by %s (rows X07, X08)',
    async (_, args) => {
      const marker = path.join(folder, 'marker');
      const place = path.join(folder, 'place');
      await mkdir(path.join(place, 'pip'), { recursive: true });
      const code = `open(${JSON.stringify(marker)}, 'a').write(__file__ + '\\n')\n`;
      for (const name of ['pip/__init__.py', 'pip/__main__.py', 'random.py', 'types.py', 'sitecustomize.py']) {
        await writeFile(path.join(place, name), code);
      }
      await writeFile(path.join(place, 'v.txt'), '2 1\na 1\nb 2\n');
      // No network: pip has no index to ask. Set-up finds no tfjs-node of its own and writes into this cache alone.
      const environment = { W2V_CACHE: path.join(folder, 'cache'), PIP_NO_INDEX: '1', PYTHONPATH: place };
      const { code: exit, stderr } = await spawnW2v(args, { folder: place, environment });
      expect(existsSync(marker), stderr).toBe(false);
      const fails: Record<string, [number, string]> = {
        evaluate: [3, 'w2v corpus get simlex999'],
        setup: [4, 'error: pip could not download '],
      };
      const [expected, said] = fails[args[0]] ?? [exit, ''];
      expect([exit, stderr]).toEqual([expected, expect.stringContaining(said)]);
    },
  );
});

describe("npm's settings in a folder above the temporary one", () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** A registry that has nothing, and the paths it was asked for. */
  async function registry(): Promise<{ url: string; asked: string[] }> {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url!);
      response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
  }

  it('are not believed; those of the user are (row X09)', async () => {
    const foreign = await registry();
    const own = await registry();
    const temporary = path.join(folder, 'tmp');
    const home = path.join(folder, 'home');
    for (const one of [temporary, home]) await mkdir(one);
    await writeFile(path.join(temporary, 'package.json'), '{"workspaces":["*"]}');
    await writeFile(path.join(temporary, '.npmrc'), `registry=${foreign.url}/\${SECRET_TOKEN}/\n`);
    await writeFile(path.join(home, '.npmrc'), `registry=${own.url}/\n`);
    const unset = Object.keys(process.env).filter((name) => /^npm_/i.test(name));
    const environment = {
      ...Object.fromEntries(unset.map((name) => [name, undefined])),
      ...{ HOME: home, TMPDIR: temporary, W2V_CACHE: path.join(folder, 'cache'), SECRET_TOKEN: 'hunter2' },
    };
    const { code, stderr } = await spawnW2v(['corpus', 'get', 'moby-dick'], { folder: temporary, environment });
    expect(code).toBe(4);
    expect(stderr).toMatch(/^error: npm could not get @stdlib\/datasets-moby-dick@0\.2\.3: E404: /);
    expect(new Set(own.asked)).toEqual(new Set(['/@stdlib%2fdatasets-moby-dick']));
    expect(foreign.asked).toEqual([]);
  });
});
