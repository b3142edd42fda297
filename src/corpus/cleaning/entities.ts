// Decodes the entities of HTML: numbers, and the names that texts use. Works on strings of bytes (spans.ts).

const latin1 =
  'Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve ' +
  'Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring ' +
  'aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ' +
  'ugrave uacute ucirc uuml yacute thorn yuml';

const named = new Map<string, string>([
  ...latin1.split(' ').map((name, at) => [name, String.fromCharCode(0xc0 + at)] as const),
  ...Object.entries({
    ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ensp: ' ', emsp: ' ', thinsp: ' ', shy: '' },
    ...{ ndash: '–', mdash: '—', minus: '−', hellip: '…', bull: '•', middot: '·', prime: '′', Prime: '″' },
    ...{ lsquo: '‘', rsquo: '’', sbquo: '‚', ldquo: '“', rdquo: '”', bdquo: '„', laquo: '«', raquo: '»' },
    ...{ copy: '©', reg: '®', trade: '™', deg: '°', euro: '€', pound: '£', cent: '¢', yen: '¥', sect: '§', para: '¶' },
    ...{
      plusmn: '±',
      frac12: '½',
      frac14: '¼',
      frac34: '¾',
      sup2: '²',
      sup3: '³',
      micro: 'µ',
      iexcl: '¡',
      iquest: '¿',
    },
    ...{ larr: '←', rarr: '→', uarr: '↑', darr: '↓', zwj: '\u200d', zwnj: '\u200c', lrm: '', rlm: '' },
  }),
]);

const entity = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}\d{0,2}));/gi;

/** Unknown names stay; characters that do not exist become U+FFFD, control characters a space. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(entity, (whole, decimal?: string, hexadecimal?: string, name?: string) => {
    const character = name === undefined ? characterOf(Number(decimal ?? `0x${hexadecimal}`)) : named.get(name);
    return character === undefined ? whole : Buffer.from(character).toString('latin1');
  });
}

function characterOf(code: number): string {
  if (code < 0x20 || code === 0x7f) return ' ';
  return code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? '\ufffd' : String.fromCodePoint(code);
}
