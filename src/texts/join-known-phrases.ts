// Joins words to the phrases of a vocabulary: `new york` becomes `new_york` where the vocabulary has it. The phrases
// file is not needed: the vocabulary has every phrase that occurred often enough for a vector.

const LONGEST = 16; // words: a vocabulary's word with more delimiters is no phrase

/** From left to right, the longest phrase that starts at a word first. */
export function knownPhraseJoiner(
  vocabulary: { readonly words: readonly string[]; has(word: string): boolean },
  delimiter: string,
): (words: readonly string[]) => readonly string[] {
  const parts = (word: string) => word.split(delimiter).length;
  let longest = 1;
  for (const word of vocabulary.words) {
    if (longest < LONGEST && word.includes(delimiter)) longest = Math.max(longest, Math.min(parts(word), LONGEST));
  }
  if (longest === 1) return (words) => words;
  return (words) => {
    const joined: string[] = [];
    for (let at = 0; at < words.length; ) {
      let taken = Math.min(longest, words.length - at);
      let word = words[at];
      for (; taken > 1; taken--) {
        const phrase = words.slice(at, at + taken).join(delimiter);
        if (!vocabulary.has(phrase)) continue;
        word = phrase;
        break;
      }
      joined.push(word);
      at += taken;
    }
    return joined;
  };
}
