// Opens an address in the user's browser, with the program that the system has for that.
import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '../files/temporary-folder.ts';
import { type Html, html } from '../page/html.ts';

const programs: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', '""'],
};

/**
 * Undefined once the program has started; otherwise why it has not. The browser outlives this process.
 *
 * All users of a machine can read the command line of a program, but the address may hold a secret. So the program
 * gets the name of a page that leads to the address, which only this user can read; it is removed at `signal`.
 */
export async function openBrowser(url: string, signal: AbortSignal): Promise<string | undefined> {
  let page: string;
  try {
    const folder = makeTemporaryFolder('open');
    signal.addEventListener('abort', () => rmSync(folder, { recursive: true, force: true }), { once: true });
    page = join(folder, 'open.html');
    writeFileSync(page, `${redirect(url)}`, { mode: 0o600 });
  } catch (error) {
    return (error as Error).message;
  }
  const [program, ...parameters] = programs[process.platform] ?? ['xdg-open'];
  return new Promise((resolve) => {
    const child = spawn(program!, [...parameters, page], { stdio: 'ignore', detached: true });
    child.once('error', (error) => resolve(error.message));
    child.once('spawn', () => {
      child.unref();
      resolve(undefined);
    });
  });
}

function redirect(url: string): Html {
  return html`<!doctype html><html lang="en"><meta charset="utf-8"><title>w2v</title>
<meta http-equiv="refresh" content="0; url=${url}"><p><a href="${url}">w2v</a></p></html>
`;
}
