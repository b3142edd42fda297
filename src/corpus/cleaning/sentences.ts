// `--sentences`: a line end after each sentence, so that windows do not cross it. A sentence ends with . ! ? or …,
// closing quotation marks and brackets included, before white space and a character that is not a lower-case letter;
// and with a Chinese or Japanese full stop, ！ or ？ anywhere. Not after a single letter (J. Smith), nor after an
// abbreviation.
import { bytesOf, type Stage } from './spans.ts';

const closers = `(?:["')\\]]|${['’', '”', '»'].map(bytesOf).join('|')})*`;
const end = new RegExp(`((?:[.!?]|${bytesOf('…')})${closers})[ \\t]+(?=([^ \\t\\n][^\\n]{0,3}))`, 'g');
const wideEnd = new RegExp(
  `(?:${['。', '！', '？', '｡'].map(bytesOf).join('|')})(?:${['」', '』', '”', '’', '）'].map(bytesOf).join('|')})*(?!\\n|$)`,
  'g',
);
const abbreviations = new Set(
  (
    'mr mrs ms dr prof rev gen col capt lt sgt st sr jr vs etc eg ie cf al fig figs no nos vol ch pp ed eds dept univ inc ' +
    'ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec approx ca resp bzw nr bd hrsg'
  ).split(' '),
);
const lastWord = /([a-z.]*)$/i;

/** Counts the line ends that it makes. */
export function splitSentences(): Stage {
  let made = 0;
  return {
    clean(text) {
      const split = text.replace(end, (whole, mark: string, next: string, at: number) => {
        if (isLowerCase(next) || (mark.startsWith('.') && isAbbreviation(text.slice(Math.max(0, at - 12), at)))) {
          return whole;
        }
        made++;
        return `${mark}\n`;
      });
      return split.replace(wideEnd, (whole) => {
        made++;
        return `${whole}\n`;
      });
    },
    count: () => made,
  };
}

/** Whether these bytes begin with a lower-case letter. */
function isLowerCase(bytes: string): boolean {
  return /^\p{Ll}/u.test(bytes < '\x80' ? bytes : Buffer.from(bytes, 'latin1').toString());
}

/** Of the bytes before a full stop. */
function isAbbreviation(before: string): boolean {
  const word = lastWord.exec(before)![1].replaceAll('.', '').toLowerCase();
  return word.length === 1 || abbreviations.has(word);
}
