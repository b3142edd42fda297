// Loads what the page starts from: its data, words and counts, and who answers.
import { setHtml } from '../../page/html.ts';
import { headingHtml } from '../body.ts';
import type { PageData, SpaceData } from '../page-data.ts';
import { strings } from '../strings.ts';
import { localAnswers } from './answers-local.ts';
import { remote } from './answers-remote.ts';
import type { App, LoadedSpace } from './app.ts';
import { blobLoader, fromPage, type LoadBlob } from './blobs.ts';

export type LoadedPage = Pick<App, 'data' | 'spaces' | 'answers' | 'blob'>;

/** Rejects where the page is damaged or the server does not answer. */
export async function loadPage(): Promise<LoadedPage> {
  const own: PageData = JSON.parse(document.getElementById('data')?.textContent ?? '');
  const server = own.answeredBy === 'server' ? remote(takeToken()) : undefined;
  const blob = blobLoader(server?.packed ?? fromPage);
  const data = own.spaces.length > 0 ? own : await loadData(blob);
  const spaces = await Promise.all(data.spaces.map((space) => loadSpace(space, blob)));
  return { data, spaces, answers: server?.answers ?? localAnswers(spaces, blob), blob };
}

/** Of a page that whoever has no token may see, and which is empty therefore. */
async function loadData(blob: LoadBlob): Promise<PageData> {
  const data: PageData = parse(await blob('page'));
  document.title = strings.title(data.spaces.map(({ name }) => name));
  setHtml(document.querySelector('h1')!, headingHtml(data));
  return data;
}

const parse = (bytes: ArrayBuffer) => JSON.parse(new TextDecoder().decode(bytes));

async function loadSpace(space: SpaceData, blob: LoadBlob): Promise<LoadedSpace> {
  const [words, counts, classes] = await Promise.all(
    [space.words, space.counts, space.classes].map((name) => name && blob(name)),
  );
  const list: string[] = parse(words as ArrayBuffer);
  const loaded: LoadedSpace = { ...space, list, rowOf: new Map(list.map((word, row) => [word, row])) };
  if (counts) loaded.countList = new Float64Array(counts);
  if (classes) loaded.classList = new Uint8Array(classes);
  return loaded;
}

const KEPT = 'w2v-token';

/** The token in the address, `#token=...`, which goes no further than this tab. */
function takeToken(): string | undefined {
  const parts = new URLSearchParams(location.hash.slice(1));
  const given = parts.get('token');
  if (given === null) return sessionStorage.getItem(KEPT) ?? undefined;
  sessionStorage.setItem(KEPT, given); // for when the page is loaded again
  parts.delete('token');
  history.replaceState(null, '', parts.size > 0 ? `#${parts}` : location.pathname);
  return given;
}
