// The methods of a comparison as sentences for a paper: texts with their SHA-256, settings, engines, seeds, and what is
// repeatable; and whom to cite, as BibTeX.
import { byteSize, counted, thousands } from '../base/format-numbers.ts';
import type { ComparisonDocument, RouteDocument } from './comparison-document.ts';

/** The sentences of the methods, in order: the text, each route, the scores. */
export function methodsSentences(document: ComparisonDocument): string[] {
  const { corpus, routes, settings, version } = document;
  const seeds = typeof settings.seeds === 'number' && settings.seeds > 1 ? settings.seeds : 1;
  const ofSeeds =
    seeds > 1 ? `seeds ${settings.seed} to ${Number(settings.seed) + seeds - 1}` : `seed ${settings.seed}`;
  const first =
    corpus === null
      ? [`Files of word vectors were compared with w2v ${version} (${ofSeeds}).`]
      : [
          `Word vectors were made and compared with w2v ${version} (${ofSeeds}).`,
          `The text was ${textOf(corpus)}, with ${thousands(corpus.vocabulary)} different words${ofWords(settings)}.`,
        ];
  const scores = 'Word pairs are scored by Spearman’s correlation, analogies by accuracy';
  const missing = settings.missing === 'zero' ? 'counted as 0 and as wrong' : 'left out';
  return [
    ...first,
    ...routes.map((route, at) => routeSentence(route, routes.slice(0, at))),
    ...repeatSentences(routes),
    `${scores}, each with a 95 % bootstrap interval; items with words that a route lacks are ${missing}.`,
  ];
}

/** How the words of the text were found and chosen, as far as the settings say it. */
function ofWords(settings: Record<string, unknown>): string {
  const { tokenizer, minCount } = settings;
  const parts = settingsOf({ tokenizer, minCount });
  return parts.length === 0 ? '' : `, by ${listed(parts.reverse())}`;
}

/** A sentence for the head of a report that names the routes which another run would change; none without any. */
export function notRepeatable(routes: readonly RouteDocument[]): string[] {
  const names = routes.filter(({ repeatable }) => repeatable === false).map(({ name }) => name);
  return names.length === 0 ? [] : [`Not repeatable: ${listed(names)} (trained by threads that race).`];
}

function routeSentence(
  { name, kind, title, words, dimensions, settings, engine, madeFrom }: RouteDocument,
  before: readonly RouteDocument[],
): string {
  if (kind === 'thesaurus') return `${name} is ${title}.`;
  const described = settingsOf(settings);
  const how = described.length === 0 ? '' : ` with ${listed(described)}`;
  const ofEngine =
    engine === undefined || kind === 'count' || madeFrom?.command === 'count' ? '' : `, on the engine ${engine}`;
  if (kind !== 'file') return `${name} was made${how}${ofEngine}.`;
  const size = `${counted(words, 'word')}${dimensions === undefined ? '' : ` x ${thousands(dimensions)}`}`;
  if (madeFrom === undefined) return `${name} (${size}) has no manifest that says how it was made.`;
  const { version, command, parts } = madeFrom;
  const weighted = parts?.map(({ file, part, weight }) => `${file ?? part} (weight ${Number(weight.toPrecision(3))})`);
  if (weighted && command === 'combine') {
    return `${name} (${size}) was combined by w2v ${version} from ${listed(weighted)}.`;
  }
  const said = before.find((one) => one.madeFrom?.sha256 === madeFrom.sha256 && one.madeFrom.command !== 'combine');
  const text = said ? `the text of ${said.name}` : textOf(madeFrom);
  const combining = weighted ? `, combining ${listed(weighted)}` : '';
  return `${name} (${size}) was made by w2v ${version} ${command} from ${text}${combining}${how}${ofEngine}.`;
}

/** One sentence for the routes that another run makes the same, and one for those that it does not. */
function repeatSentences(routes: readonly RouteDocument[]): string[] {
  const named = (value: boolean) => routes.filter(({ repeatable }) => repeatable === value).map(({ name }) => name);
  const [same, other] = [named(true), named(false)];
  const sentences: string[] = [];
  if (same.length > 0) {
    const why = 'the same text, settings and seed give the same vectors on one version of Node and kind of processor';
    sentences.push(`Repeatable: ${listed(same)}; ${why}.`);
  }
  if (other.length > 0) {
    const why = 'several threads update the same rows, so another run gives slightly different vectors';
    sentences.push(`Not repeatable: ${listed(other)}; ${why}.`);
  }
  return sentences;
}

/** `a, b and c` */
function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

function textOf({ files, bytes, tokens, sha256 }: { files: string[]; bytes: number; tokens: number; sha256: string }) {
  const [one = 'a text', ...others] = files;
  const named = others.length === 0 ? one : `${one} and ${counted(others.length, 'other file')}`;
  return `${named} (${byteSize(bytes)}, ${thousands(tokens)} occurrences, SHA-256 ${sha256})`;
}

type Phrase = (value: string | number, settings: Record<string, unknown>) => string | undefined;

/** What a paper says of a setting, in this order; what has no line here is in the report's list of settings. */
const phrases: Record<string, Phrase> = {
  model: (model) => (model === 'cbow' ? 'CBOW' : 'skip-gram'),
  method: (method) => ({ svd: 'PPMI and a truncated SVD', ppmi: 'PPMI', counts: 'co-occurrence counts' })[method],
  loss: (loss) => ({ hs: 'hierarchical softmax', softmax: 'the softmax over all words' })[loss],
  negative: (negative, { loss = 'ns' }) => (loss === 'ns' ? counted(Number(negative), 'negative sample') : undefined),
  dim: (dim) => `${thousands(Number(dim))} dimensions`,
  window: (window) => `a window of ${counted(Number(window), 'word')}`,
  weighting: (weighting) => `${weighting} weights of distance`,
  minCount: (least) => `a minimum count of ${least}`,
  sample: (sample) => (Number(sample) === 0 ? 'no subsampling' : `subsampling at ${sample}`),
  epochs: (epochs) => counted(Number(epochs), 'epoch'),
  learningRate: (rate) => `a learning rate that falls from ${rate}`,
  negativeExponent: (exponent) => `a noise distribution to the power ${exponent}`,
  cds: (cds) => `context distribution smoothing ${cds}`,
  shift: (shift) => (Number(shift) === 1 ? undefined : `PPMI shifted by log ${shift}`),
  eig: (eig) => `singular values to the power ${eig}`,
  subwords: (range) => `subwords of ${String(range).replace('..', ' to ')} characters`,
  shares: (shares) => `cosines shared by ${String(shares)}`,
  tokenizer: (name) => `the tokenizer ${name}`,
  center: () => 'the mean of all vectors subtracted',
  seed: (seed) => `seed ${seed}`,
};

function settingsOf(settings: Record<string, unknown>): string[] {
  return Object.entries(phrases).flatMap(([name, phrase]) => {
    const value = Object.hasOwn(settings, name) ? settings[name] : undefined;
    const isSaid = typeof value === 'string' || typeof value === 'number' || value === true;
    return isSaid ? (phrase(value as string | number, settings) ?? []) : [];
  });
}

/** BibTeX of w2v and of the papers whose methods are compared; title, authors and year as in CITATION.cff. */
export function bibtex({ version, routes }: Pick<ComparisonDocument, 'version' | 'routes'>): string {
  const isCounted = ({ kind, madeFrom }: RouteDocument) => kind === 'count' || madeFrom?.command === 'count';
  const isTrained = ({ kind, madeFrom }: RouteDocument) => kind === 'predict' || madeFrom?.command === 'train';
  const entries = [
    `@software{w2v,
  author = {{The w2v authors}},
  title = {w2v},
  version = {${version}},
  year = {2026}
}`,
  ];
  if (routes.some(isTrained)) {
    entries.push(`@misc{mikolov2013efficient,
  author = {Mikolov, Tomas and Chen, Kai and Corrado, Greg and Dean, Jeffrey},
  title = {Efficient Estimation of Word Representations in Vector Space},
  year = {2013},
  eprint = {1301.3781},
  archivePrefix = {arXiv}
}`);
  }
  if (routes.some(isCounted)) {
    entries.push(`@article{levy2015improving,
  author = {Levy, Omer and Goldberg, Yoav and Dagan, Ido},
  title = {Improving Distributional Similarity with Lessons Learned from Word Embeddings},
  journal = {Transactions of the Association for Computational Linguistics},
  volume = {3},
  pages = {211--225},
  year = {2015}
}`);
  }
  return entries.join('\n\n');
}
