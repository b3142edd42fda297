// The version in package.json, and what --version prints.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { packageFile } from '../package-file.ts';
import type { OutputStream } from './terminal/terminal.ts';

export async function ownVersion(): Promise<string> {
  const text = await readFile(packageFile('package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** One line for programs; people, at a terminal, are also told how to cite. */
export async function versionShown({ isTTY }: OutputStream): Promise<string> {
  const version = await ownVersion();
  return isTTY === true ? `${version}\nTo cite w2v: ${fileURLToPath(packageFile('CITATION.cff'))}` : version;
}
