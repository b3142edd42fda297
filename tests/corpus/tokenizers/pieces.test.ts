import { describe, expect, it } from 'vitest';
import { createReadingTokenizer } from '../../../src/corpus/reading-tokenizer.ts';
import { segmentRules } from '../../../src/corpus/token-rules.ts';
import { pieces } from '../../../src/corpus/tokenizers/segment.ts';
import { mixedLines } from './mixed-text.ts';

describe('a long line is cut into pieces', () => {
  it.each([
    ['after the last end of a sentence', 'One. Two three. Four five six', 20, ['One. Two three. ', 'Four five six']],
    ['after 。 without a space', '名前はまだ無い。どこで生れたか', 10, ['名前はまだ無い。', 'どこで生れたか']],
    ['else after the last space', 'aaa bbb ccc ddd', 10, ['aaa bbb ', 'ccc ddd']],
    ['else after punctuation', 'aaaaaaa、bbbbb', 10, ['aaaaaaa、', 'bbbbb']],
    ['else between two letters', 'abcdefghijkl', 5, ['abcde', 'fghij', 'kl']],
    ['and not before a mark', 'abcde\u0301f', 5, ['abcd', 'e\u0301f']],
    ['nor inside a pair', 'abcd𝒜𝒷', 5, ['abcd', '𝒜𝒷']],
    ['nor inside a family', 'abcdef👩\u200d👩\u200d👧', 10, ['abcdef', '👩\u200d👩\u200d👧']],
    ['unless there is no other place', `a${'\u0301'.repeat(9)}`, 6, [`a${'\u0301'.repeat(5)}`, '\u0301'.repeat(4)]],
  ])('%s', (_where, text, longest, expected) => {
    expect([...pieces(text, longest)]).toEqual(expected);
  });

  it('of which nothing is lost, none is too long, and few are short', () => {
    for (const text of [...mixedLines(2000, 3), 'x'.repeat(5000), '\u0301'.repeat(5000), '. '.repeat(3000)]) {
      for (const longest of [4, 7, 60, 400]) {
        const all = [...pieces(text, longest)];
        expect(all.join('')).toBe(text);
        expect(all.every((piece) => piece.length <= longest && piece !== '')).toBe(true);
        expect(all.slice(0, -1).every((piece) => piece.length > longest >> 1)).toBe(true);
      }
    }
  });

  it('so that quadratic work in a piece is linear in the text', () => {
    let work = 0;
    const segment = (piece: string) => {
      work += piece.length ** 2;
      return [piece.slice(0, 3)];
    };
    const workFor = (bytes: Buffer) => {
      work = 0;
      const tokenizer = createReadingTokenizer(segmentRules({ segment, longest: 400 }, false), () => {});
      tokenizer.startFile('text', 0);
      tokenizer.write(bytes);
      tokenizer.endFile();
      return work;
    };
    for (const line of ['a', 'a ', '가', 'a. ', '。', '\u0301']) {
      const short = workFor(Buffer.from(line.repeat(1e5)));
      expect(workFor(Buffer.from(line.repeat(8e5))) / short).toBeLessThan(9);
      expect(short).toBeLessThan(400 * 2e5 * 3);
    }
  });
});
