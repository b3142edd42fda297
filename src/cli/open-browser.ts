// Opens an address in the user's browser, with the program that the system has for that.
import { spawn } from 'node:child_process';

const programs: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', '""'],
};

/** Undefined once the program has started; otherwise why it has not. The browser outlives this process. */
export async function openBrowser(url: string): Promise<string | undefined> {
  const [program, ...parameters] = programs[process.platform] ?? ['xdg-open'];
  return new Promise((resolve) => {
    const child = spawn(program!, [...parameters, url], { stdio: 'ignore', detached: true });
    child.once('error', (error) => resolve(error.message));
    child.once('spawn', () => {
      child.unref();
      resolve(undefined);
    });
  });
}
