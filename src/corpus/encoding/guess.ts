// Guesses the encoding of text that is not UTF-8: it is decoded in each likely encoding, and the one wins in which most
// characters beyond ASCII are frequent ones of its languages. (In a wrong encoding they are rare, whatever they are.)
import { createDecoder } from './decoder.ts';
import type { EncodingName } from './encodings.ts';

const letters = (text: string) => new Set(text);
// The most frequent syllables, kana and characters of newspapers and encyclopedias, and punctuation: a third of a text
// or more.
const korean = letters(
  '이다는을를에의가은고한하지로도사그나어서기자니들인대라리스해시전정부있과일년으수와았었게만아여제보면상오주장구',
);
const japanese = letters(
  'のにはたをがでとてしれさいあるなかこすもくりうらっまよきンスルトラリイアシクー、。「」・一日人年',
);
const simplified = letters(
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年，。、“”',
);
const traditional = letters(
  '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年，。、「」',
);
const russian = letters('оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёОЕАИНТСРВЛКМДПУЯГЗБЧХЖШЮЭФ«»—');
const western = letters('äöüßÄÖÜéèêëàâçîïôûùœæáíóúñ¿¡ãõåøÅØÉÀÇÁÍÓÚÑ’‘“”„«»–—…€°ìò');
const central = letters('ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžČŘŠŽÁÉÍŐőŰű„”–');

/** `stands`: in its languages, most such characters stand beside ASCII on both sides, or beside each other. */
const candidates: readonly { encoding: EncodingName; frequent: ReadonlySet<string>; stands?: 'alone' | 'together' }[] =
  [
    { encoding: 'euc-kr', frequent: korean },
    { encoding: 'shift_jis', frequent: japanese },
    { encoding: 'euc-jp', frequent: japanese },
    { encoding: 'gbk', frequent: simplified },
    { encoding: 'big5', frequent: traditional },
    { encoding: 'windows-1251', frequent: russian, stands: 'together' },
    { encoding: 'koi8-r', frequent: russian, stands: 'together' },
    { encoding: 'windows-1252', frequent: western, stands: 'alone' },
    { encoding: 'windows-1250', frequent: central, stands: 'alone' },
  ];

const FEWEST = 4; // characters beyond ASCII
const MOST_INVALID = 0.02; // of them, or one: the sample may end inside it
const MOST_MIXED = 0.05; // capitals inside words: text in another encoding
const MOST_ODD = 0.2; // symbols
const LEAST = 0.2; // share of frequent ones

/** Undefined where nothing is likely. A sample of 64 kB is enough, and so is a line. */
export function guessEncoding(sample: Uint8Array): EncodingName | undefined {
  let best: { encoding: EncodingName; score: number } | undefined;
  for (const { encoding, frequent, stands } of candidates) {
    const decoder = createDecoder(encoding);
    const score = scoreOf(decoder.write(sample) + decoder.end(), frequent, stands);
    if (score >= LEAST && score > (best?.score ?? 0)) best = { encoding, score };
  }
  return best?.encoding;
}

const usual = /^[\p{L}\p{M}\u2010-\u203b\u3000-\u303f\uff00-\uffef]$/u;
const capital = /^\p{Lu}$/u;
const small = /^\p{Ll}$/u;
const isBeyondAscii = (character: string | undefined) => character !== undefined && character > '\x7f';

function scoreOf(text: string, frequent: ReadonlySet<string>, stands?: 'alone' | 'together'): number {
  const characters = [...text];
  let all = 0;
  let invalid = 0;
  let mixed = 0;
  let odd = 0;
  let hits = 0;
  for (const [at, character] of characters.entries()) {
    if (!isBeyondAscii(character)) continue;
    all++;
    if (character === '\ufffd' || /\p{Cc}/u.test(character)) invalid++;
    if (!frequent.has(character) && !usual.test(character)) odd++;
    if (capital.test(character) && small.test(characters[at - 1] ?? '')) mixed++;
    const beside = Number(isBeyondAscii(characters[at - 1])) + Number(isBeyondAscii(characters[at + 1]));
    const fits = stands === undefined || (stands === 'alone' ? beside < 2 : beside > 0);
    if (fits && frequent.has(character)) hits++;
  }
  const isStrange = mixed > MOST_MIXED * all || odd > MOST_ODD * all;
  return all < FEWEST || isStrange || invalid > Math.max(1, MOST_INVALID * all) ? 0 : hits / all;
}
