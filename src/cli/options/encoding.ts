// The encoding of the text of a corpus (--encoding), and what is said where it seems to be another one.

import { counted } from '../../base/format-numbers.ts';
import type { CountedWords } from '../../corpus/count-words.ts';
import { type EncodingName, encodingNames, encodingTitle, findEncoding } from '../../corpus/encoding/encodings.ts';
import { type CommandContext, warn } from '../context.ts';
import { type Kind, refuse } from './kinds.ts';
import { option } from './option.ts';

const encodings: Kind<EncodingName | undefined> = {
  parse(given, flag) {
    const found = findEncoding(given);
    if (found === undefined) return refuse(flag, given, `one of ${encodingNames.join(', ')}`);
    return found === 'utf-8' ? undefined : found;
  },
  words: encodingNames,
  isHarmless: true,
};

export const encoding = option({
  flags: '--encoding <name>',
  text: 'encoding of the text, if not UTF-8: euc-kr (CP949), shift_jis, gbk, latin1 ...',
  takes: encodings,
  shown: 'utf-8',
});

const MUCH_INVALID = 1e-3; // of the bytes: in a text of UTF-8, no accident
const ANY_INVALID = 10; // bytes, where no word has a letter beyond ASCII

/** Says so if the text seems to have another encoding than that in which it was read. */
export function warnInvalidBytes(context: CommandContext, { vocabulary, dropped, source }: CountedWords): void {
  const { invalidBytes } = dropped;
  const { bytes, encoding: given, looksLike } = source;
  const isMuch = invalidBytes > MUCH_INVALID * bytes;
  if (given !== undefined) {
    if (isMuch) warn(context, `${counted(invalidBytes, 'character')} cannot be read as ${given}: check --encoding`);
    return;
  }
  const isAscii = () => vocabulary.words.every((word) => /^[\0-\x7f]*$/.test(word));
  if (!isMuch && (invalidBytes < ANY_INVALID || !isAscii())) return;
  const share = (100 * invalidBytes) / bytes;
  const shown = share >= 0.1 ? `${share.toFixed(1)} % of the bytes` : counted(invalidBytes, 'byte');
  const verb = share < 0.1 && invalidBytes === 1 ? 'is' : 'are';
  const guess = looksLike as EncodingName | undefined;
  const title = guess === undefined ? 'has another encoding' : `is ${encodingTitle(guess)}`;
  const advice = `If the text ${title}: --encoding ${guess ?? 'NAME'}`;
  warn(context, `${shown} ${verb} not valid UTF-8; words with them are garbled. ${advice}`);
}
