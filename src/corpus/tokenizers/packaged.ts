// The tokenizers of single languages, each from a package with its dictionary inside that runs offline.
// docs/languages.md says which others were tried.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FoundPackage, findPackage } from './package.ts';
import { isWord, type Segmenter } from './segment.ts';

export const packagedNames = ['korean', 'japanese', 'chinese'] as const;
type PackagedName = (typeof packagedNames)[number];

interface Packaged {
  name: string;
  /** Characters in a piece, from what the package is fast with. */
  longest: number;
  /** Loads the dictionary. */
  open(found: FoundPackage): Promise<(piece: string) => string[]>;
}

const packages: Record<PackagedName, Packaged> = {
  /** Morphemes: 한국에서 -> 한국 에서, 갔다 -> 가 았 다. */
  korean: {
    name: 'garu-ko',
    longest: 60,
    async open({ folder, load }) {
      // Started here, because the package passes its WebAssembly in a form that it warns of on standard error.
      const wasm = (await load('garu-ko/pkg/garu_wasm.js')) as {
        default(options: { module_or_path: Uint8Array }): Promise<unknown>;
      };
      await wasm.default({ module_or_path: await readFile(join(folder, 'pkg', 'garu_wasm_bg.wasm')) });
      const { Garu } = (await load('garu-ko')) as {
        Garu: { load(): Promise<{ tokenize(text: string): string[] }> };
      };
      const garu = await Garu.load();
      return (piece) => garu.tokenize(piece);
    },
  },

  /** Morphemes of IPADIC: 行きました -> 行き まし た. */
  japanese: {
    name: '@patdx/kuromoji',
    longest: 200,
    async open({ folder, load }) {
      interface Kuromoji {
        TokenizerBuilder: new (options: {
          loader: unknown;
        }) => { build(): Promise<{ tokenize(text: string): { surface_form: string }[] }> };
      }
      const { TokenizerBuilder } = (await load('@patdx/kuromoji')) as Kuromoji;
      const { default: Loader } = (await load('@patdx/kuromoji/node')) as {
        default: new (options: { dic_path: string }) => unknown;
      };
      const tokenizer = await new TokenizerBuilder({ loader: new Loader({ dic_path: join(folder, 'dict') }) }).build();
      // It loses the letter after one beyond U+FFFF, so these are tokens of their own.
      return (piece) =>
        piece
          .split(/([\u{10000}-\u{10ffff}]+)/u)
          .flatMap((part, i) =>
            i % 2 === 1
              ? part
              : part === ''
                ? []
                : tokenizer.tokenize(part).map(({ surface_form: surface }) => surface),
          );
    },
  },

  /** Words of jieba's dictionary, and new ones by its hidden Markov model. */
  chinese: {
    name: '@node-rs/jieba',
    longest: 1000,
    async open({ load }) {
      const { Jieba } = (await load('@node-rs/jieba')) as {
        Jieba: { withDict(dict: Uint8Array): { cut(text: string, hmm: boolean): string[] } };
      };
      const { dict } = (await load('@node-rs/jieba/dict')) as { dict: Uint8Array };
      const jieba = Jieba.withDict(dict);
      return (piece) => jieba.cut(piece, true);
    },
  },
};

/** Throws `engine-unavailable` where the package that the tokenizer needs is missing; others need none. */
export function findPackaged(tokenizer: string): void {
  const needed = packagedNames.find((each) => each === tokenizer);
  if (needed !== undefined) findPackage(needed, packages[needed].name);
}

const opened = new Map<PackagedName, Promise<(piece: string) => string[]>>(); // a dictionary takes a second to load

/** Throws `engine-unavailable` where the package is missing or does not load. */
export async function packagedSegmenter(tokenizer: PackagedName): Promise<{ segmenter: Segmenter; package: string }> {
  const { name, longest, open } = packages[tokenizer];
  const found = findPackage(tokenizer, name);
  const opening = opened.get(tokenizer) ?? found.start(() => open(found));
  opened.set(tokenizer, opening);
  opening.catch(() => opened.delete(tokenizer)); // it may be installed by the next time
  const split = await opening;
  return { segmenter: { longest, segment: (piece) => split(piece).filter(isWord) }, package: found.package };
}
