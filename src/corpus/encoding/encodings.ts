// The encodings of text that can be read beside UTF-8: those of TextDecoder (the Encoding Standard), under their names
// there, the names of Windows' code pages, and those of iconv.
import { usage } from '../../base/errors.ts';
import { quotable } from '../../base/printable.ts';

/** By the name in the Encoding Standard, what iconv calls it. */
const known = {
  'euc-kr': 'CP949',
  shift_jis: 'CP932',
  'euc-jp': 'EUC-JP',
  'iso-2022-jp': 'ISO-2022-JP',
  gbk: 'CP936',
  gb18030: 'GB18030',
  big5: 'BIG5',
  'utf-16le': 'UTF-16LE',
  'utf-16be': 'UTF-16BE',
  'windows-1250': 'CP1250',
  'windows-1251': 'CP1251',
  'windows-1252': 'CP1252',
  'windows-1253': 'CP1253',
  'windows-1254': 'CP1254',
  'windows-1255': 'CP1255',
  'windows-1256': 'CP1256',
  'windows-1257': 'CP1257',
  'windows-1258': 'CP1258',
  'windows-874': 'CP874',
  'iso-8859-2': 'ISO-8859-2',
  'iso-8859-7': 'ISO-8859-7',
  'koi8-r': 'KOI8-R',
  'koi8-u': 'KOI8-U',
} as const;

export type EncodingName = keyof typeof known;
export const encodingNames: readonly string[] = ['utf-8', ...Object.keys(known)];

/** Makes text of the bytes of a file. */
export interface Decoder {
  /** The text of the next bytes; a character that is not whole yet comes with the next call. */
  write(bytes: Uint8Array): string;
  /** The rest of the file. The next bytes begin another. */
  end(): string;
}

/** What people call those that are often met. */
const titles: Partial<Record<EncodingName, string>> = {
  'euc-kr': 'Korean in CP949',
  shift_jis: 'Japanese in Shift-JIS',
  'euc-jp': 'Japanese in EUC-JP',
  gbk: 'Chinese in GBK',
  big5: 'Chinese in Big5',
  'windows-1251': 'Cyrillic in windows-1251',
  'koi8-r': 'Russian in KOI8-R',
  'windows-1252': 'Latin 1 (windows-1252)',
};
export const encodingTitle = (encoding: EncodingName): string => titles[encoding] ?? encoding;

/** The command that makes UTF-8 of it. */
export function iconvCommand(encoding: EncodingName | undefined, file: string): string {
  return `iconv -f ${encoding === undefined ? 'NAME' : iconvName(encoding)} -t UTF-8 ${file} > NEW`;
}

/** What iconv calls it. */
export const iconvName = (encoding: EncodingName): string => known[encoding];

// Names in use that the Encoding Standard lacks.
const alsoCalled: Record<string, string> = {
  cp949: 'euc-kr',
  uhc: 'euc-kr',
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp950: 'big5',
};

/** Undefined for UTF-8. Throws `usage` for a name that is not known. */
export function checkEncoding(name: string | undefined): EncodingName | undefined {
  if (name === undefined) return undefined;
  const found = findEncoding(name);
  if (found !== undefined) return found === 'utf-8' ? undefined : found;
  const observed = `encoding is '${quotable(String(name))}'; it must be one of ${encodingNames.join(', ')}`;
  throw usage(observed, 'for another one convert the text: iconv -f NAME -t UTF-8 FILE > NEW');
}

/** The encoding with this name, or an alias; undefined if it is not known. */
export function findEncoding(name: unknown): EncodingName | 'utf-8' | undefined {
  if (typeof name !== 'string') return undefined;
  const lower = name.toLowerCase();
  try {
    const { encoding } = new TextDecoder(Object.hasOwn(alsoCalled, lower) ? alsoCalled[lower] : lower);
    return encodingNames.includes(encoding) ? (encoding as EncodingName | 'utf-8') : undefined;
  } catch {
    return undefined;
  }
}
