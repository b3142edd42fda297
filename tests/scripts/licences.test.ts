// docs/licences.md lists what ships, as it is now, and nothing ships that may not or that runs when it is installed.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
// @ts-expect-error: the scripts are plain JavaScript
import { catalogueTexts, licencesPage, shippedPackages } from '../../scripts/licences.js';

const packages: { name: string; licence?: string; integrity?: string; hasInstallScript: boolean }[] = shippedPackages();

it('docs/licences.md is up to date (else run node scripts/licences.js)', () => {
  const page = readFileSync(new URL('../../docs/licences.md', import.meta.url), 'utf8');
  expect(page).toBe(licencesPage());
});

it('has every dependency that package.json names', () => {
  const { dependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(dependencies)));
});

it('has only licences that allow use, change and distribution', () => {
  const allowed = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD']);
  expect(packages.filter(({ licence }) => !allowed.has(licence ?? ''))).toEqual([]);
  const shipped = (catalogueTexts() as { name: string; licence: string; ships: boolean }[]).filter(
    ({ ships }) => ships,
  );
  expect(shipped.filter(({ licence }) => !/^(Apache-2\.0|CC-BY-4\.0|CC0-1\.0|public domain)/.test(licence))).toEqual(
    [],
  );
});

it('has a hash for every package, and no package that runs a script when it is installed', () => {
  expect(packages.filter(({ integrity }) => !integrity?.startsWith('sha512-'))).toEqual([]);
  expect(packages.filter(({ hasInstallScript }) => hasInstallScript)).toEqual([]);
});
