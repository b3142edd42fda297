// Korean in CP949 (Windows code page 949, Unified Hangul Code), which the Encoding Standard calls euc-kr. Node's own
// decoder knows only the 2,350 syllables of KS X 1001. CP949 has all 11,172: the other 8,822 follow each other in the
// order of Unicode, in the places of two bytes that KS X 1001 leaves free, up to C6 52.
import type { Decoder } from './encodings.ts';

const FIRST = 0x81; // first bytes are 81 to FE, second ones 41 to FE
const SECOND = 0x41;
const SECONDS = 0xff - SECOND;
const INVALID = 0xfffd;

let characters: Uint16Array | undefined;

function table(): Uint16Array {
  const all = new Uint16Array((0xff - FIRST) * SECONDS).fill(INVALID);
  const standard = new TextDecoder('euc-kr');
  const has = new Set<number>();
  for (let first = 0xa1; first < 0xff; first++) {
    for (let second = 0xa1; second < 0xff; second++) {
      const text = standard.decode(Uint8Array.of(first, second));
      if (text.length !== 1 || text === '\ufffd') continue;
      all[(first - FIRST) * SECONDS + second - SECOND] = text.charCodeAt(0);
      has.add(text.charCodeAt(0));
    }
  }
  let syllable = 0xabff;
  for (let first = FIRST; first <= 0xc6; first++) {
    for (let second = SECOND; second < (first < 0xa1 ? 0xff : 0xa1); second++) {
      if ((second > 0x5a && second < 0x61) || (second > 0x7a && second < 0x81)) continue;
      do syllable++;
      while (has.has(syllable));
      if (syllable > 0xd7a3) return all;
      all[(first - FIRST) * SECONDS + second - SECOND] = syllable;
    }
  }
  return all;
}

const BLOCK = 1 << 13; // characters that String.fromCharCode gets at once

export function koreanText(): Decoder {
  characters ??= table();
  const known = characters;
  const block = new Uint16Array(BLOCK);
  let first = 0; // a first byte without its second one
  return {
    write(bytes) {
      let text = '';
      let filled = 0;
      const put = (code: number) => {
        block[filled++] = code;
        if (filled < BLOCK) return;
        text += String.fromCharCode(...block);
        filled = 0;
      };
      for (const byte of bytes) {
        if (first === 0) {
          if (byte < 0x80) put(byte);
          else if (byte >= FIRST && byte < 0xff) first = byte;
          else put(INVALID);
          continue;
        }
        const code = byte >= SECOND && byte < 0xff ? known[(first - FIRST) * SECONDS + byte - SECOND] : INVALID;
        first = 0;
        put(code);
        if (code === INVALID && byte < 0x80) put(byte); // an ASCII character is never lost
      }
      return text + String.fromCharCode(...block.subarray(0, filled));
    },
    end() {
      const open = first !== 0;
      first = 0;
      return open ? '\ufffd' : '';
    },
  };
}
