import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
// @ts-expect-error: the scripts are plain JavaScript
import { lessonPlots, newestLesson } from '../../scripts/lesson-plots.js';

const root = new URL('../../', import.meta.url);
const plots = Object.entries<string>(lessonPlots(newestLesson()));

it.each(plots)('docs/images/%s is what was measured (else run node scripts/lesson-plots.js)', (name, svg) => {
  expect(readFileSync(new URL(`docs/images/${name}`, root), 'utf8')).toBe(svg);
  expect(readFileSync(new URL('docs/algorithms.md', root), 'utf8')).toContain(`](images/${name})`);
});
