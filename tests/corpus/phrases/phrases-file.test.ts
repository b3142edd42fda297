import { describe, expect, it } from 'vitest';
import type { Phrases } from '../../../src/corpus/phrases/phrases.ts';
import { formatPhrases, parsePhrases } from '../../../src/corpus/phrases/phrases-file.ts';

const phrases: Phrases = {
  tokenizer: { name: 'words', keepCase: false },
  scorer: 'npmi',
  delimiter: '+',
  connectorWords: ['of', 'the'],
  minCount: 5,
  threshold: 0.5,
  passes: [
    [
      { words: ['bank', 'of', 'america'], count: 12, score: 0.75 },
      { words: ['#new', 'york'], count: 9, score: 0.1 + 0.2 },
    ],
    [{ words: ['#new+york', 'city'], count: 7, score: -1e-300 }],
  ],
};
const text = formatPhrases(phrases);

describe('a phrases file', () => {
  it('is text to read', () => {
    expect(text).toBe(
      [
        '# w2v phrases',
        '# tokenizer: {"name":"words","keepCase":false}',
        '# scorer: "npmi"',
        '# delimiter: "+"',
        '# connectorWords: ["of","the"]',
        '# minCount: 5',
        '# threshold: 0.5',
        '# pass\tphrase\tcount\tscore',
        '1\tbank of america\t12\t0.75',
        '1\t#new york\t9\t0.30000000000000004',
        '2\t#new+york city\t7\t-1e-300',
        '',
      ].join('\n'),
    );
  });

  it('is read as it was written, also with the line ends of Windows, and comments', () => {
    expect(parsePhrases(text, 'p.tsv')).toEqual(phrases);
    expect(parsePhrases(`\ufeff${text.replaceAll('\n', '\r\n')}# the end\r\n`, 'p.tsv')).toEqual(phrases);
  });

  it.each([
    ['', /p\.tsv:1: expected '# w2v phrases', found "an empty file"/],
    ['new york\n', /p\.tsv:1: expected '# w2v phrases', found "new york"/],
    [text.slice(0, -3), /p\.tsv:11: the file ends inside a line/],
    [text.replace('1\tbank of', '1\tbank  of'), /p\.tsv:9: expected pass, words, count and score/],
    [text.replace('\t12\t', '\ttwelve\t'), /p\.tsv:9: expected pass/],
    [text.replace('\t0.75', ''), /p\.tsv:9: expected pass/],
    [text.replace('\t0.75', '\t'), /p\.tsv:9: expected pass/],
    [text.replace('0.75', '0.75\tmore'), /p\.tsv:9: expected pass/],
    [text.replace('bank of america', 'bank'), /p\.tsv:9: expected pass/],
    [text.replace('2\t#new+york', '3\t#new+york'), /p\.tsv:11: pass 3 after pass 1/],
    [text.replace('1\t#new york', '0\t#new york'), /p\.tsv:10: pass 0 after pass 1/],
    [text.replace('#new york', 'bank of america'), /p\.tsv:10: duplicate phrase "bank of america"/],
    [text.replace('# delimiter: "+"\n', ''), /p\.tsv:10: no line '# delimiter: \.\.\.'/],
    [text.replace('"+"', '"a b"'), /p\.tsv:4: delimiter must be characters without white space, found "\\"a b\\""/],
    [text.replace('"npmi"', '"pmi"'), /p\.tsv:3: scorer must be default or npmi/],
    [text.replace('false', '3'), /p\.tsv:2: tokenizer must be an object with name and keepCase/],
    [text.replace('["of","the"]', '[1]'), /p\.tsv:5: connectorWords must be a list of words/],
    [text.replace('0.5', 'x'), /p\.tsv:7: threshold must be a number, found "x"/],
  ])('that is damaged is refused, with the line: %#', (damaged, message) => {
    expect(() => parsePhrases(damaged, 'p.tsv')).toThrow(
      expect.objectContaining({ code: 'file-malformed', message: expect.stringMatching(message) }),
    );
  });
});
