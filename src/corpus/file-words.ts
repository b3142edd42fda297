// What a word may be, in one place for tokenizers and for the files that store words, here and on a cluster: a run of
// characters other than white space. White space is that of Python's str.split(): the Unicode property White_Space and
// the separators U+001C to U+001F. U+FEFF is none (JavaScript's \s has it), and may be a part of a word.

/** White space, for a class of a regular expression with the flag u. */
export const WHITE_SPACE = '\\p{White_Space}\\x1c-\\x1f';

const word = new RegExp(`^[^${WHITE_SPACE}]+$`, 'u');

export const isFileWord = (text: string): boolean => word.test(text);

const MARK = '\ufeff';

/**
 * U+FEFF at the start of a file is a byte order mark, which is no part of the text. So a file whose first word begins
 * with it gets a mark of its own before it.
 */
export const markBefore = (words: readonly string[]): string => (words[0]?.startsWith(MARK) ? MARK : '');

export const withoutMark = (text: string): string => (text.startsWith(MARK) ? text.slice(1) : text);
