// Removes what stands between an opening and an end, also over many lines: tags, comments, templates, tables. Text is a
// string of bytes (Latin-1): markup is ASCII, and the bytes of other characters pass unchanged. Every byte is scanned a
// fixed number of times, so that time is linear whatever the text is.

/** A kind of span. The regular expressions never match across a line end. */
export interface SpanKind {
  /** Source of a regular expression without groups. */
  open: string;
  /**
   * Inside, flags `g`: group 1 is a further opening of the same kind, group 2 the end, group 3 means: no span after
   * all.
   */
  inner: RegExp;
  /** A span without an end within so many bytes, or in its file, is no span: these bytes stay as they are. */
  limit: number;
  /** What takes the place of a span; or the kind of the span that begins after it, such as the content of a tag. */
  close(span: string): string | SpanKind;
}

export interface SpanStripper {
  /** The text without spans, as far as it is known; `last`: the file ends here. The next text then begins a file. */
  strip(text: string, last: boolean): string;
}

export const MOST_BYTES = 1 << 18;

/** The first kind whose opening matches counts. */
export function createSpanStripper(kinds: readonly SpanKind[]): SpanStripper {
  const opening = new RegExp(kinds.map(({ open }) => `(${open})`).join('|'), 'gim');
  let pending = ''; // from the opening of `kind` on
  let kind: SpanKind | undefined;
  let depth = 0;
  let scanned = 0; // bytes of `pending` that hold no end

  function strip(text: string, last: boolean): string {
    const work = pending + text;
    let out = '';
    let start = 0; // of the span
    let at = 0; // all before is done
    let cursor = scanned;
    for (;;) {
      if (kind === undefined) {
        opening.lastIndex = at;
        const found = opening.exec(work);
        if (found === null) {
          pending = '';
          scanned = 0;
          return out + work.slice(at);
        }
        start = found.index;
        out += work.slice(at, start);
        kind = kinds[found.slice(1).findIndex((group) => group !== undefined)];
        depth = 1;
        cursor = start + found[0].length;
      }
      const limit: number = start + kind.limit;
      const { inner } = kind;
      inner.lastIndex = cursor;
      let found = inner.exec(work);
      while (found !== null && found[3] === undefined && found.index < limit) {
        depth += found[1] === undefined ? -1 : 1;
        if (depth === 0) break;
        found = inner.exec(work);
      }
      if (found === null && work.length < limit && !last) {
        pending = work.slice(start);
        scanned = pending.length;
        return out;
      }
      if (found !== null && found.index < limit && found[3] === undefined) {
        at = found.index + found[0].length;
        const put: string | SpanKind = kind.close(work.slice(start, at));
        if (typeof put === 'string') {
          out += put;
          kind = undefined;
        } else {
          kind = put;
          start = at;
          cursor = at;
          depth = 1;
        }
        continue;
      }
      at = Math.min(found !== null && found[3] !== undefined ? found.index : limit, limit, work.length);
      out += work.slice(start, at);
      kind = undefined;
    }
  }

  return {
    strip(text, last) {
      const out = strip(text, last);
      if (last) {
        pending = '';
        scanned = 0;
        kind = undefined;
      }
      return out;
    },
  };
}

/** The content of the tag `name`, with its end: removed. */
export function contentOf(name: string): SpanKind {
  return { open: '', inner: new RegExp(`(?!)()|(</${name}[ \\t]*>)|(?!)()`, 'gi'), limit: MOST_BYTES, close: () => '' };
}

/**
 * A step of cleaning: text in, text out. Texts are strings of bytes (Latin-1) of whole lines, or of parts of long lines
 * (cleaning.ts).
 */
export interface Stage {
  /** `last`: the file ends here, and with it everything that was open. */
  clean(text: string, last: boolean): string;
  /** What it counts, where that is not the bytes it takes away. */
  count?(): number;
}

/** Regular expressions for strings of bytes: `\s` would match 0xA0, which is a part of other characters. */
export const bytesOf = (text: string): string => Buffer.from(text).toString('latin1');
