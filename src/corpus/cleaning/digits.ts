// Digits folded: each of 0 to 9 becomes 0 (1984 -> 0000), as in Collobert et al. 2011. In bytes of a corpus, and in a
// question.

/** Folds in place. Returns how many digits there were. */
export function foldDigits(bytes: Uint8Array): number {
  let folded = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] < 0x30 || bytes[at] > 0x39) continue;
    bytes[at] = 0x30;
    folded++;
  }
  return folded;
}

export const withDigitsFolded = (text: string): string => text.replace(/[0-9]/g, '0');
