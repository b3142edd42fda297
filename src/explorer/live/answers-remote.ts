// Answers from the server that sent the page (w2v serve), from the full vectors.
import { type ErrorCode, W2vError } from '../../base/errors.ts';
import type { Answers } from '../answers.ts';
import { type BlobName, PAGE_QUESTION } from '../page-data.ts';

export interface Remote {
  answers: Answers;
  /** A long list, packed. */
  packed(name: BlobName): Promise<Uint8Array<ArrayBuffer>>;
}

/** `token`: the server's, undefined where the address of the page lacked it. */
export function remote(token: string | undefined): Remote {
  const headers: Record<string, string> = {
    Accept: PAGE_QUESTION,
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
  };
  const get = async (path: string): Promise<Response> => {
    const response = await fetch(path, { headers }).catch((cause: unknown) => {
      throw new W2vError('engine-unavailable', 'the server does not answer', 'start w2v serve again', { cause });
    });
    if (!response.ok) {
      const answer: unknown = await response.json().catch(() => undefined);
      if (isFailed(answer)) throw errorOf(answer);
      throw new W2vError('engine-unavailable', `the server answered ${response.status}`, 'start w2v serve again');
    }
    return response;
  };
  async function ask<T>(name: string, given: [name: string, value: string | number][]): Promise<T> {
    const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
    const answer: T | Failed = await (await get(`/api/${name}?${query}`)).json();
    if (isFailed(answer)) throw errorOf(answer);
    return answer;
  }
  const each = (name: string, words: readonly string[]): [string, string][] => words.map((word) => [name, word]);
  const answers: Answers = {
    nearest: (file, query, k) =>
      ask('nearest', [
        ['file', file],
        ['query', query],
        ['k', k],
      ]),
    analogy: (file, [a, b, c], k) =>
      ask('analogy', [
        ['file', file],
        ['a', a],
        ['b', b],
        ['c', c],
        ['k', k],
      ]),
    async similarities(file, pairs) {
      const parts = inParts(pairs, ([first, second]) => first.length + second.length);
      const cosines = parts.map((part) =>
        ask<(number | null)[]>('similarities', [
          ['file', file],
          ...part.flatMap(([first, second]) => [...each('a', [first]), ...each('b', [second])]),
        ]),
      );
      return (await Promise.all(cosines)).flat();
    },
    async axes(file, words, axes) {
      const parts = inParts(words, (word) => word.length);
      type Found = Awaited<ReturnType<Answers['axes']>>;
      const found = await Promise.all(
        parts.map((part) => ask<Found>('axes', [['file', file], ...each('axis', axes), ...each('word', part)])),
      );
      return {
        axes: [...axes],
        points: found.flatMap(({ points }) => points),
        missing: found.flatMap(({ missing }) => missing),
      };
    },
    association(file, { targets, attributes }) {
      const lists: [string, readonly string[]][] = [
        ['target1', targets[0]],
        ['target2', targets[1]],
        ['attribute1', attributes[0]],
        ['attribute2', attributes[1]],
      ];
      return ask('association', [['file', file], ...lists.flatMap(([name, words]) => each(name, words))]);
    },
  };
  const packed = async (name: BlobName) => new Uint8Array(await (await get(`/data/${name}`)).arrayBuffer());
  return { answers, packed };
}

const LONGEST = 1500; // characters of words in one address: at most 9 bytes each, and their names

/** Lists short enough for an address; a single empty list for no items. */
function inParts<T>(items: readonly T[], lengthOf: (item: T) => number): T[][] {
  const parts: T[][] = [];
  let left = 0;
  for (const item of items) {
    const length = lengthOf(item) + 4;
    if (length > left) {
      parts.push([]);
      left = LONGEST;
    }
    parts.at(-1)!.push(item);
    left -= length;
  }
  return parts;
}

interface Failed {
  error: { code: ErrorCode; message: string; hint: string };
}

function isFailed(answer: unknown): answer is Failed {
  return typeof answer === 'object' && answer !== null && 'error' in answer;
}

const errorOf = ({ error: { code, message, hint } }: Failed): W2vError => new W2vError(code, message, hint);
