import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { npmCommand } from '../../src/fetch/npm.ts';
import { findTool, installCommand, pipCommands, runTool } from '../../src/fetch/tool.ts';
import { wheelFor } from '../../src/setup/wheel.ts';

test.each([
  ['linux', 'ubuntu debian', false, 'sudo apt-get install -y python3-pip g++'],
  ['linux', 'debian', true, 'apt-get install -y python3-pip g++'],
  ['linux', 'rocky rhel centos fedora', true, 'dnf install -y python3-pip gcc-c++'],
  ['linux', 'opensuse-leap suse opensuse', true, 'zypper install -y python3-pip gcc-c++'],
  ['linux', 'arch', true, 'pacman -S --noconfirm python-pip gcc'],
  ['linux', 'alpine', true, 'apk add py3-pip g++'],
  ['darwin', '', false, 'brew install python && xcode-select --install'],
  ['win32', '', false, 'winget install Python.Python.3.12 && winget install Microsoft.VisualStudio.2022.BuildTools'],
])('on %s %s (root: %s): %s', (platform, system, isRoot, command) => {
  expect(installCommand(['pip', 'compiler'], platform, system, isRoot)).toBe(command);
});

test('npm on Windows runs in Node, where no shell reads its parameters', async () => {
  expect(await npmCommand('linux')).toEqual(['npm']);
  const root = mkdtempSync(join(tmpdir(), 'w2v-npm-'));
  const scriptIn = (folder: string) => {
    const bin = join(root, folder, 'node_modules', 'npm', 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'npm-cli.js'), '');
    return join(bin, 'npm-cli.js');
  };
  const node = join(root, 'program files', 'node.exe');
  const onPath = async () => [join(root, 'nowhere', 'npm'), join(root, 'of the user', 'npm.cmd')];
  expect(await npmCommand('win32', node, onPath)).toBeUndefined();
  const ofUser = scriptIn('of the user');
  expect(await npmCommand('win32', node, onPath)).toEqual([node, ofUser]);
  const beside = scriptIn('program files');
  expect(await npmCommand('win32', node, onPath)).toEqual([node, beside]);
  rmSync(root, { recursive: true });
});

test('a program that does not exist has no code, one that fails has its own', async () => {
  expect((await runTool('w2v-no-such-program', [])).code).toBeUndefined();
  const failed = await runTool(process.execPath, ['-e', 'console.error("why"); process.exit(3)']);
  expect(failed).toEqual({ code: 3, stdout: '', stderr: 'why\n' });
});

test('a program runs in an empty folder of its own, which is gone afterwards', async () => {
  const look = 'console.log(process.cwd(), require("fs").readdirSync(".").length)';
  const { stdout } = await runTool(process.execPath, ['-e', look]);
  const [folder, files] = stdout.trim().split(' ');
  expect([folder, files]).toEqual([expect.stringContaining(join(realpathSync(tmpdir()), 'w2v-tool-')), '0']);
  expect(existsSync(folder!)).toBe(false);
});

test('a program that will not end is killed, and what it started is not waited for', async () => {
  const script = "trap '' TERM; sleep 30 & echo ready; while :; do sleep 0.05; done";
  const started = performance.now();
  const stopped = runTool('sh', ['-c', script], { signal: AbortSignal.timeout(200) });
  await expect(stopped).rejects.toMatchObject({ code: 'interrupted' });
  expect(performance.now() - started).toBeLessThan(3000);
});

test('pip is started so that it takes no code from the current folder', () => {
  for (const [program, ...parameters] of pipCommands) {
    if (program!.startsWith('python')) expect(parameters).toEqual(['-I', '-m', 'pip']);
  }
});

test('the first program that answers is found', async () => {
  const found = await findTool([['w2v-no-such-program'], [process.execPath]]);
  expect(found).toEqual({ command: [process.execPath], version: process.version });
  expect(await findTool([['w2v-no-such-program']])).toBeUndefined();
});

test.each([
  ['linux', 'x64', true, 'tensorflow-cpu'],
  ['linux', 'arm64', true, 'tensorflow-cpu-aws'],
  ['darwin', 'arm64', false, 'tensorflow'],
])('%s-%s has a wheel', (platform, arch, glibc, name) => {
  expect(wheelFor(platform, arch, glibc)).toMatchObject({ package: name, version: '2.15.1' });
});

test.each([
  ['win32', 'x64', false, 'win32-x64'],
  ['darwin', 'x64', false, 'darwin-x64'],
  ['linux', 'x64', false, 'linux-x64 without glibc'],
])('%s-%s (glibc: %s) has none', (platform, arch, glibc, system) => {
  expect(() => wheelFor(platform, arch, glibc)).toThrow(
    `there is no libtensorflow to download for ${system}, only for linux-x64 and linux-arm64 with glibc and darwin-arm64`,
  );
});
