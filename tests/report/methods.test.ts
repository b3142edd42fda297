// The methods of a report: every figure that a paper needs stands in them, and nothing that is not known.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ComparisonDocument, RouteDocument } from '../../src/report/comparison-document.ts';
import { comparisonMarkdown } from '../../src/report/markdown.ts';
import { bibtex, methodsSentences, notRepeatable } from '../../src/report/methods.ts';
import { reportPage } from '../../src/report/page.ts';
import { exampleDocument } from './example-document.ts';

const base = exampleDocument();
const route = (changes: Partial<RouteDocument>): RouteDocument => ({ ...base.routes[0]!, ...changes });
const withRoutes = (...routes: RouteDocument[]): ComparisonDocument => ({ ...base, routes });
const madeFrom = {
  version: '1.0.0',
  command: 'train',
  files: ['moby.txt'],
  bytes: 1e6,
  sha256: 'cd'.repeat(32),
  tokens: 9,
};

describe('the methods', () => {
  it('name the text with size and whole hash, version, seeds, tokenizer and minimum count', () => {
    const document = { ...base, settings: { ...base.settings, minCount: 5, tokenizer: 'unicode' } };
    const text = methodsSentences(document).join(' ');
    expect(text).toContain('made and compared with w2v 1.2.3 (seeds 1 to 3)');
    expect(text).toContain(`12.3 MB, 2,000,000 occurrences, SHA-256 ${'ab'.repeat(32)})`);
    expect(text).toContain('130 different words, by the tokenizer unicode and a minimum count of 5.');
  });

  it('say of each route its settings and engine, and whether it is repeatable', () => {
    const settings = {
      model: 'cbow',
      dim: 100,
      window: 1,
      negative: 5,
      epochs: 1,
      sample: 0,
      strange: { a: 1 },
      seed: 7,
    };
    const file = route({ name: 'a.bin', kind: 'file', title: 'a.bin', settings, repeatable: false, madeFrom });
    expect(methodsSentences({ ...withRoutes(file), corpus: null }).slice(0, 3)).toEqual([
      'Files of word vectors were compared with w2v 1.2.3 (seeds 1 to 3).',
      `a.bin (130 words x 8) was made by w2v 1.0.0 train from moby.txt (1.0 MB, 9 occurrences, SHA-256 ${'cd'.repeat(32)}) with CBOW, 5 negative samples, 100 dimensions, a window of 1 word, no subsampling, 1 epoch and seed 7, on the engine wasm.`,
      'Not repeatable: a.bin; several threads update the same rows, so another run gives slightly different vectors.',
    ]);
  });

  it('say what combined vectors were combined from, and that vectors were centered', () => {
    const parts = [
      { file: 'a.bin', weight: 1 },
      { file: 'b.bin', weight: 0.5 },
    ];
    const made = { ...madeFrom, command: 'combine', parts };
    const both = route({ name: 'ab.bin', kind: 'file', madeFrom: made, repeatable: undefined });
    const centered = route({ name: 'c.bin', kind: 'file', madeFrom, settings: { center: true } });
    expect(methodsSentences({ ...withRoutes(both, centered), corpus: null }).slice(1, 3)).toEqual([
      'ab.bin (130 words x 8) was combined by w2v 1.0.0 from a.bin (weight 1) and b.bin (weight 0.5).',
      expect.stringMatching(
        /^c\.bin .* was made by w2v 1\.0\.0 train from moby\.txt .* with the mean of all vectors subtracted/,
      ),
    ]);
  });

  it('give a text that several files came from once', () => {
    const files = ['a.bin', 'b.bin'].map((name) => route({ name, kind: 'file', madeFrom }));
    const text = methodsSentences({ ...withRoutes(...files), corpus: null }).join(' ');
    expect(text.split(madeFrom.sha256)).toHaveLength(2);
    expect(text).toContain('b.bin (130 words x 8) was made by w2v 1.0.0 train from the text of a.bin');
  });

  it('admit that a file without manifest is of unknown making, and claim nothing of repeating it', () => {
    const file = route({ name: 'b.vec', kind: 'file', title: 'b.vec', settings: {}, engine: undefined });
    const text = methodsSentences(withRoutes(file)).join(' ');
    expect(text).toContain('b.vec (130 words x 8) has no manifest that says how it was made.');
    expect(text).not.toMatch(/repeatable/i);
  });

  it('mark in the head of both forms what another run would change, and only that', () => {
    const routes = [
      route({ name: 'sg', repeatable: false }),
      route({ name: 'svd', repeatable: true }),
      route({ name: 'x' }),
    ];
    const mark = 'Not repeatable: sg (trained by threads that race).';
    expect(notRepeatable(routes)).toEqual([mark]);
    expect(notRepeatable(routes.slice(1))).toEqual([]);
    expect(reportPage(withRoutes(...routes))).toContain(mark);
    expect(comparisonMarkdown(withRoutes(...routes))).toContain(mark);
  });
});

describe('the references', () => {
  it('are w2v as CITATION.cff has it, and the papers of the methods that are compared', () => {
    const citation = readFileSync(new URL('../../CITATION.cff', import.meta.url), 'utf8');
    const field = (name: string) => new RegExp(`^(?:  - )?${name}: (.*)$`, 'm').exec(citation)![1]!;
    const only = (kind: RouteDocument['kind']) => bibtex(withRoutes(route({ kind, madeFrom: undefined })));
    expect(only('thesaurus')).toBe(
      `@software{w2v,\n  author = {{${field('name')}}},\n  title = {${field('title')}},\n  version = {1.2.3},\n  year = {${field('date-released').slice(0, 4)}}\n}`,
    );
    expect(only('predict')).toMatch(/mikolov2013(?!.*levy2015)/s);
    expect(only('count')).toMatch(/levy2015/);
    expect(only('count')).not.toMatch(/mikolov2013/);
    expect(bibtex(withRoutes(route({ kind: 'file', madeFrom })))).toContain('mikolov2013');
  });

  it('stand on the page and in the Markdown', () => {
    expect(reportPage(base)).toMatch(/<pre>@software\{w2v,/);
    expect(comparisonMarkdown(base)).toContain('```bibtex\n@software{w2v,');
  });
});
