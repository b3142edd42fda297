// Options that take several values: `--pairs a b`, `--pairs a --pairs b` and `--pairs a,b` are the same.
import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { TestSetKind } from '../../fetch/catalogue.ts';
import { accepting } from './values.ts';

/** `a,b` -> `a`, `b`; as it is where `isWhole` knows it, or where a part would be empty. */
export function splitAtCommas(item: string, isWhole: (item: string) => boolean): string[] {
  const parts = item.split(',').map((part) => part.trim());
  return parts.length === 1 || parts.includes('') || isWhole(item) ? [item] : parts;
}

/** `--flag <file...>`, of files and test sets. The name of a file may have a comma in it: what exists is not split. */
export function addTestSets(command: Command, flags: string, text: string, catalogue: TestSetKind): void {
  const collect = (value: string, before: string[] = []) => [...before, ...splitAtCommas(value, existsSync)];
  command.addOption(new Option(flags, text).argParser(accepting(collect, { catalogue, repeats: true })));
}
