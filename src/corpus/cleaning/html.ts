// `--strip html`: the text of HTML. Tags and comments go, with the contents of script and style; tags of blocks end the
// line, cells of tables become a space; entities are decoded.
import { decodeEntities } from './entities.ts';
import { contentOf, createSpanStripper, MOST_BYTES, type SpanKind, type Stage } from './spans.ts';

const blocks = new Set(
  (
    'address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 head header hr html li main nav ol option p pre section select summary table tbody tfoot thead ' +
    'title tr ul'
  ).split(' '),
);
const cells = new Set(['td', 'th', 'img', 'input']);
const contents = new Map(['script', 'style'].map((name) => [name, contentOf(name)]));

export const comment: SpanKind = {
  open: '<!--',
  inner: /(?!)()|(-->)|(?!)()/g,
  limit: MOST_BYTES,
  close: () => '',
};

/** A `<` with a letter, /, ! or ? after it, up to the next `>`; another `<` before that means that it is none. */
export function tag(close: (name: string, whole: string) => string | SpanKind): SpanKind {
  return {
    open: '<(?=[a-z/!?])',
    inner: /(?!)()|(>)|(<)/g,
    limit: 1 << 14,
    close(whole) {
      const name = /^<\/?([a-z][a-z0-9]*)/i.exec(whole)?.[1]?.toLowerCase() ?? '';
      return close(name, whole);
    },
  };
}

export function stripHtml(): Stage[] {
  const spans = createSpanStripper([
    comment,
    tag((name, whole) => {
      const isOpening = !whole.startsWith('</') && !whole.endsWith('/>');
      const content = isOpening ? contents.get(name) : undefined;
      return content ?? (blocks.has(name) ? '\n' : cells.has(name) ? ' ' : '');
    }),
  ]);
  return [{ clean: spans.strip }, { clean: decodeEntities }];
}
