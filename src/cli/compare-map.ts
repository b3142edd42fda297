// The page of w2v map for two routes of a comparison (w2v compare --map), and the link to it in the report.
import path from 'node:path';
import { usage } from '../base/errors.ts';
import type { Route } from '../compare/routes-comparison.ts';
import { textFormOf } from '../corpus/asked-form.ts';
import type { Vectors } from '../evaluate/similarity-measure.ts';
import { explorerPage } from '../explorer/page.ts';
import type { FileStamp } from '../files/side-file.ts';
import { countsOf, type Manifest } from '../formats/manifest.ts';
import type { ExplorerLink } from '../report/comparison-document.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import type { CommandContext } from './context.ts';
import { countsIn, makePage, type OpenedFile } from './explorer-files.ts';
import { VECTOR_ROOM } from './options/explorer.ts';

/** What is known of a file of vectors besides the vectors. */
export interface KnownFile {
  /** From before it was read. */
  stamp: FileStamp | undefined;
  manifest: Manifest | undefined;
}

export interface RouteMapOptions {
  seed: number;
  wordnet?: string | undefined;
  quiet: boolean;
  /** Of the routes that are files, by their path. */
  known: ReadonlyMap<string, KnownFile>;
  /** Of routes from a corpus: its words. */
  vocabulary?: { words: string[]; counts: Float64Array } | undefined;
}

type DenseRoute = Route & { vectors: WordVectors };

/** The first and the last route with dense vectors. Throws `usage` if there are fewer than two. */
export function mappedRoutes(routes: readonly Route[]): [DenseRoute, DenseRoute] {
  const dense = routes.filter((route): route is DenseRoute => isDense(route.vectors));
  const [first, last] = [dense[0], dense.at(-1)];
  if (first !== undefined && last !== undefined && first !== last) return [first, last];
  const observed = `--map shows two files of dense vectors, and ${dense.length === 0 ? 'none' : 'only one'} of these is dense`;
  throw usage(observed, 'make dense ones (w2v count --method svd), or leave out --map');
}

const isDense = (vectors: Vectors | undefined): vectors is WordVectors =>
  vectors !== undefined && 'dimensions' in vectors;

/** The page as HTML. Throws as making it does. */
export async function mapOfRoutes(
  context: CommandContext,
  routes: readonly [DenseRoute, DenseRoute],
  { seed, wordnet, quiet, known, vocabulary }: RouteMapOptions,
): Promise<string> {
  const files = routes.map(({ name, vectors, facts }): OpenedFile => {
    const isFile = facts.kind === 'file' && facts.file !== undefined;
    const { stamp, manifest } = (isFile ? known.get(facts.file!) : undefined) ?? {};
    return {
      name,
      path: isFile ? facts.file! : '-',
      vectors: { ...vectors, source: name },
      counts: vocabulary ? countsIn(vocabulary, vectors.words) : countsOf(manifest, vectors),
      stamp,
      textForm: manifest && textFormOf(manifest.options),
    };
  });
  const options = { seed, quiet, ...(wordnet !== undefined && { wordnet }) };
  const room = { answeredBy: 'page', vectorBytes: VECTOR_ROOM / files.length } as const;
  const { data, blobs, firstWords } = await makePage(context, files, options, room);
  return explorerPage(data, { blobs, firstWords });
}

/** Where the report finds the page: its address from the report's folder. */
export function explorerLink(page: string, report: string | undefined, routes: readonly [Route, Route]): ExplorerLink {
  const folder = report === undefined || report === '-' ? '.' : path.dirname(report);
  const address = path.relative(folder, page).split(path.sep).map(encodeURIComponent).join('/');
  return { page: address, routes: [routes[0].name, routes[1].name] };
}
