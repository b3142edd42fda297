// Nothing ships that may not or that runs when it is installed.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
// @ts-expect-error: the scripts are plain JavaScript
import { catalogTexts, shippedPackages } from '../../scripts/licenses.js';

const packages: { name: string; license?: string; integrity?: string; hasInstallScript: boolean }[] = shippedPackages();

it('has every dependency that package.json names', () => {
  const { dependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(dependencies)));
});

it('has only licenses that allow use, change and distribution', () => {
  const allowed = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD']);
  expect(packages.filter(({ license }) => !allowed.has(license ?? ''))).toEqual([]);
  const shipped = (catalogTexts() as { name: string; license: string; ships: boolean }[]).filter(({ ships }) => ships);
  expect(shipped.filter(({ license }) => !/^(Apache-2\.0|CC-BY-4\.0|CC0-1\.0|public domain)/.test(license))).toEqual(
    [],
  );
});

it('has a hash for every package, and no package that runs a script when it is installed', () => {
  expect(packages.filter(({ integrity }) => !integrity?.startsWith('sha512-'))).toEqual([]);
  expect(packages.filter(({ hasInstallScript }) => hasInstallScript)).toEqual([]);
});
