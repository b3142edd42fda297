// The client of Spark Connect against a server of the test's own: what it sends, and every way that it can go wrong.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { crc32 } from 'node:zlib';
import { Code, ConnectError } from '@connectrpc/connect';
import { int32, tableFromArrays, tableToIPC } from '@uwdata/flechette';
import { afterEach, describe, expect, it } from 'vitest';
import { W2vError } from '../../src/base/errors.ts';
import { artifactRequests } from '../../src/cluster/artifacts.ts';
import type { ArtifactsRequest, Who } from '../../src/cluster/protocol/messages.ts';
import { parseRemote } from '../../src/cluster/remote.ts';
import { openSession, type SparkSession } from '../../src/cluster/session.ts';
import { asW2vError, type RpcError, writtenError } from '../../src/cluster/spark-errors.ts';
import { probe } from '../../src/cluster/way.ts';
import { has } from '../requirements.ts';
import { type FakeServer, type Methods, startFake, startProxy } from './fake-server.ts';

const bin = fileURLToPath(new URL('../../bin/w2v.js', import.meta.url));
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const version = { analyzePlan: () => ({ result: { case: 'sparkVersion', value: { version: '4.3.0' } } }) };
const released = { releaseExecute: () => ({}), releaseSession: () => ({}) };

async function open(methods: Methods, through?: (server: FakeServer) => Promise<FakeServer>): Promise<SparkSession> {
  const server = await startFake({ ...version, ...released, ...methods });
  const near = through ? await through(server) : server;
  closing.push(server.close, ...(through ? [near.close] : []));
  const session = await openSession(parseRemote(`sc://127.0.0.1:${near.port}`, 'me'));
  closing.push(session.close);
  return session;
}

/** Numbers from `from` to before `to`, as Spark sends rows. */
function numbers(from: number, to: number): Uint8Array {
  const n = Int32Array.from({ length: to - from }, (_, at) => from + at);
  return tableToIPC(tableFromArrays({ n }, { types: { n: int32() } }), { format: 'stream' })!;
}

const answer = (responseId: string, responseType: object) => ({
  responseId,
  serverSideSessionId: 'folder',
  responseType,
});
const relation = { relType: { case: 'sql', value: { query: 'again' } } };
const first = answer('1', { case: 'sqlCommandResult', value: { relation } });
const complete = (id: string) => answer(id, { case: 'resultComplete', value: {} });
const batch = (id: string, from: number, to: number) =>
  answer(id, { case: 'arrowBatch', value: { rowCount: BigInt(to - from), data: numbers(from, to) } });

const isCommand = ({ plan }: { plan: { opType: { case: string } } }) => plan.opType.case === 'command';

describe('a query', () => {
  it('gives the rows, tells of the stages, and releases what it ran', async () => {
    const released: string[] = [];
    const session = await open({
      async *executePlan(request: { plan: { opType: { case: string } }; operationId: string }) {
        if (isCommand(request)) yield first;
        else {
          const stage = { stageId: 0n, numTasks: 4n, numCompletedTasks: 3n, inputBytesRead: 9n, done: false };
          yield answer('1', { case: 'executionProgress', value: { stages: [stage], numInflightTasks: 1n } });
          yield batch('2', 0, 3);
        }
        yield complete('3');
      },
      releaseExecute({ operationId }: { operationId: string }) {
        released.push(operationId);
        return {};
      },
    });
    const done: bigint[] = [];
    const onStages = (stages: readonly { numCompletedTasks: bigint }[]) => void done.push(stages[0].numCompletedTasks);
    expect(await session.rows('select 1', { onStages })).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }]);
    expect([done, session.artifactFolder(), new Set(released).size]).toEqual([[3n], 'folder', 2]);
  });

  it('goes on where it was when the connection is cut, three times', async () => {
    let proxy: Awaited<ReturnType<typeof startProxy>>;
    const asked: (string | undefined)[] = [];
    const never = (signal: AbortSignal) => new Promise((resolve) => signal.addEventListener('abort', resolve));
    const session = await open(
      {
        async *executePlan(request: { plan: { opType: { case: string } } }, { signal }: { signal: AbortSignal }) {
          if (isCommand(request)) {
            yield first;
            yield complete('2');
            return;
          }
          yield batch('b0', 0, 2);
          setTimeout(() => proxy.cut(), 50);
          await never(signal);
        },
        async *reattachExecute({ lastResponseId }: { lastResponseId?: string }, { signal }: { signal: AbortSignal }) {
          asked.push(lastResponseId);
          const next = Number(lastResponseId!.slice(1)) + 1;
          yield batch(`b${next}`, 2 * next, 2 * next + 2);
          if (next === 3) yield complete('end');
          else {
            setTimeout(() => proxy.cut(), 50);
            await never(signal);
          }
        },
      },
      async (server) => {
        proxy = await startProxy(server.port);
        return proxy;
      },
    );
    const broken: string[] = [];
    const rows = await session.rows('select', { onReattach: (why) => void broken.push(why) });
    expect(rows.map(({ n }) => n)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect([asked, broken.length]).toEqual([['b0', 'b1', 'b2'], 3]);
  });

  it('that is stopped is interrupted on the server', async () => {
    const interrupted: string[] = [];
    let end = () => {};
    const session = await open({
      async *executePlan({ operationId }: { operationId: string }) {
        await new Promise<void>((resolve) => {
          end = resolve;
        });
        expect(interrupted).toEqual([operationId]);
        throw new ConnectError('[OPERATION_CANCELED] Operation has been canceled.', Code.Internal);
      },
      interrupt: ({ interrupt }: { interrupt: { value: string } }) => {
        interrupted.push(interrupt.value);
        setTimeout(end, 10);
        return { interruptedIds: [interrupt.value] };
      },
    });
    const controller = new AbortController();
    setTimeout(() => controller.abort('SIGINT'), 50);
    const stopped = session.rows('select', { signal: controller.signal });
    await expect(stopped).rejects.toMatchObject({ code: 'interrupted' });
    expect(interrupted).toHaveLength(1);
  });

  it('an error of Spark is not tried again', async () => {
    let times = 0;
    const session = await open({
      // biome-ignore lint/correctness/useYield: it fails before any answer
      async *executePlan() {
        times++;
        throw new ConnectError('[PARSE_SYNTAX_ERROR] near TRANSFORM', Code.Internal, {
          'grpc-status-details-bin': 'AA',
        });
      },
    });
    await expect(session.rows('select')).rejects.toMatchObject({ code: 'engine-unavailable' });
    expect(times).toBe(1);
    // Where scripts are refused, the way is SQL.
    expect(await probe(session, 'node')).toMatchObject({ refused: { code: 'engine-unavailable' } });
  });
});

describe('files', () => {
  it('arrive in chunks with their checksums', async () => {
    const received = new Map<string, Buffer>();
    const session = await open({
      async addArtifacts(requests: AsyncIterable<{ payload: { case: string; value: never } }>) {
        let name = '';
        for await (const { payload } of requests) {
          const { case: kind, value } = payload as unknown as ArtifactsRequest['payload'];
          const pieces: [string, { data: Uint8Array; crc: bigint }][] = [];
          if (kind === 'batch')
            pieces.push(...value.artifacts.map((one) => [one.name, one.data] as [string, typeof one.data]));
          else if (kind === 'beginChunk') {
            name = value.name;
            pieces.push([name, value.initialChunk]);
          } else pieces.push([name, value]);
          for (const [of, { data, crc }] of pieces) {
            expect(Number(crc)).toBe(crc32(data));
            received.set(of, Buffer.concat([received.get(of) ?? Buffer.alloc(0), data]));
          }
        }
        const artifacts = [...received.keys()].map((one) => ({ name: one, isCrcSuccessful: true }));
        return { serverSideSessionId: 'there', artifacts };
      },
    });
    const large = Buffer.from(Array.from({ length: 2_500_000 }, (_, at) => (at * 31) % 251));
    await session.addArtifacts([
      { name: 'files/small', data: Buffer.from('small') },
      { name: 'files/large', data: large },
    ]);
    expect(received.get('files/small')!.toString()).toBe('small');
    expect(received.get('files/large')!.equals(large)).toBe(true);
    expect(session.artifactFolder()).toBe('there');
  });

  it('are sent again when the connection breaks', async () => {
    let times = 0;
    const session = await open({
      async addArtifacts(requests: AsyncIterable<unknown>) {
        for await (const _ of requests);
        if (++times < 3) throw new ConnectError('gone', Code.Unavailable);
        return { serverSideSessionId: 'x', artifacts: [{ name: 'files/a', isCrcSuccessful: true }] };
      },
    });
    await session.addArtifacts([{ name: 'files/a', data: Buffer.from('a') }]);
    expect(times).toBe(3);
  });

  it('that arrive damaged are an error', async () => {
    const session = await open({
      async addArtifacts(requests: AsyncIterable<unknown>) {
        for await (const _ of requests);
        return { serverSideSessionId: 'x', artifacts: [{ name: 'files/a', isCrcSuccessful: false }] };
      },
    });
    const sent = session.addArtifacts([{ name: 'files/a', data: Buffer.from('a') }]);
    await expect(sent).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: expect.stringContaining('damaged'),
    });
  });

  it('the checksum is the one of zip', async () => {
    const artifacts = [
      { name: 'digits', data: Buffer.from('123456789') },
      { name: 'empty', data: new Uint8Array(0) },
    ];
    const requests = [];
    for await (const request of artifactRequests(artifacts, {} as Who)) requests.push(request);
    const batchOf = (name: string, crc: bigint) => ({
      payload: { case: 'batch', value: { artifacts: [{ name, data: { crc } }] } },
    });
    expect(requests).toMatchObject([batchOf('digits', 0xcbf43926n), batchOf('empty', 0n)]);
  });
});

describe('a server that will not do', () => {
  const opened = (port: number, more = '') => openSession(parseRemote(`sc://127.0.0.1:${port}${more}`, 'me'));

  it('is a closed port', async () => {
    const server = await startFake({});
    await server.close();
    await expect(opened(server.port)).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: expect.stringMatching(/no Spark Connect server answers at sc:\/\/127.0.0.1:\d+: .*ECONNREFUSED/),
    });
  });

  it('speaks HTTP/1, as the UI of Spark does', async () => {
    const server = createHttpServer((_, answer) => answer.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const run = await asynchronously([bin, 'vocab', '/x', '--on', `sc://127.0.0.1:${port}`], {});
    const encrypted = await asynchronously([bin, 'vocab', '/x', '--on', `sc://127.0.0.1:${port}/;use_ssl=true`], {});
    server.close();
    const [message, hint, ...more] = run.stderr.trim().split('\n');
    expect([run.status, message, hint, more]).toEqual([
      ...[4, expect.stringContaining('no Spark Connect server answers'), expect.stringMatching(/^hint: /), []],
    ]);
    expect(encrypted.stderr).toMatch(/: it does not encrypt\nhint: leave out use_ssl=true/);
  });

  it.each([
    [
      'old',
      () => ({ result: { case: 'sparkVersion', value: { version: '3.5.1' } } }),
      /runs Spark 3\.5\.1: expected 4\.0/,
    ],
    [
      'no Spark at all',
      () => Promise.reject(new ConnectError('unknown service', Code.Unimplemented)),
      /is not a Spark Connect/,
    ],
    [
      'one that wants a token',
      () => Promise.reject(new ConnectError('no token', Code.Unauthenticated)),
      /refuses: no token/,
    ],
    ['one that forbids', () => Promise.reject(new ConnectError('no', Code.PermissionDenied)), /refuses: no/],
  ])('is %s', async (_, analyzePlan, message) => {
    const server = await startFake({ ...released, analyzePlan });
    closing.push(server.close);
    await expect(opened(server.port)).rejects.toMatchObject({
      ...{ code: 'engine-unavailable', message: expect.stringMatching(message) },
    });
  });
});

it.each([
  [
    '[PATH_NOT_FOUND] Path does not exist: file:/no/such. SQLSTATE: 42K03',
    'file-missing',
    /the cluster has no file:\/no\/such$/,
  ],
  [
    'java.lang.ClassNotFoundException: Class org.apache.hadoop.fs.s3a.S3AFileSystem not found',
    'engine-unavailable',
    /the cluster has no connector for s3a:\/\/$/,
  ],
  ['No FileSystem for scheme "gs"', 'engine-unavailable', /the cluster has no connector for gs:\/\/$/],
  ['java.net.UnknownHostException: nohost', 'engine-unavailable', /the cluster cannot find the host nohost$/],
  ['Job aborted: java.io.IOException: No space left on device', 'engine-unavailable', /disk of the cluster is full/],
  [
    'org.apache.hadoop.security.AccessControlException: Permission denied: user=x',
    'file-unreadable',
    /the cluster refused/,
  ],
  [
    'Subprocess exited with status 127. Error: /bin/bash: line 1: exec: node: not found',
    'engine-unavailable',
    /cannot run Node/,
  ],
  [
    'Total size of serialized results is larger than spark.driver.maxResultSize (1024.0 MiB)',
    'engine-unavailable',
    /maxResultSize/,
  ],
  [
    '[PARSE_SYNTAX_ERROR] Syntax error\n\nJVM stacktrace: x',
    'engine-unavailable',
    /^Spark at sc:\/\/h:1: \[PARSE_SYNTAX_ERROR\] Syntax error$/,
  ],
])('of Spark, %s is %s', (rawMessage, code, message) => {
  const details = [{ type: 'google.rpc.ErrorInfo' }];
  const error = asW2vError({ code: 13, rawMessage, details, metadata: new Headers() } as RpcError, 'sc://h:1');
  expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
});

describe('what a server writes in place of the error of a worker', () => {
  const written = (value: unknown) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `w2v-error:${Buffer.from(text).toString('base64')}:`;
  };
  const errorOf = (rawMessage: string) =>
    asW2vError({ code: 3, rawMessage, details: [], metadata: new Headers() } as RpcError, 'sc://h:1');

  it('is taken where a worker may have written it', () => {
    const error = errorOf(writtenError(new W2vError('not-text', 'a NUL byte', 'give text')));
    expect(error).toMatchObject({ code: 'not-text', message: 'a NUL byte', hint: 'give text' });
  });

  it.each([
    [['nonsense', 'message', 'hint']],
    [['interrupted', 'message', 'hint']],
    [['__proto__', 'message', 'hint']],
    [['usage', 5, 'hint']],
    [['usage', 'message']],
    [[1, 2, 3]],
    ['{no'],
    [null],
    [{}],
  ])('%j is no such error', (value) => {
    expect(errorOf(written(value))).toMatchObject({
      code: 'engine-unavailable',
      message: "the cluster sent an error that w2v's worker did not write",
    });
  });
});

describe('a server that', () => {
  it('answers with empty messages is given up, after pauses', async () => {
    let calls = 0;
    const empty = async function* () {
      calls++;
      yield {};
    };
    const session = await open({ executePlan: empty, reattachExecute: empty });
    const signal = AbortSignal.timeout(1500);
    const why: string[] = [];
    await expect(session.rows('select', { signal, onReattach: (text) => void why.push(text) })).rejects.toThrow();
    expect([calls <= 4, why]).toEqual([true, ['the server ended the stream before the end of the result']]);
  });

  it('repeats the token, or a key in a header, is quoted without them', async () => {
    const said = 'bad token open-sesame of team-secret';
    const server = await startFake({
      ...released,
      analyzePlan: () => Promise.reject(new ConnectError(said, Code.Unauthenticated)),
    });
    closing.push(server.close);
    const remote = `sc://127.0.0.1:${server.port}/;token=open-sesame;x-key=team-secret;use_ssl=false`;
    const error = await openSession(parseRemote(remote, 'me')).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: expect.stringContaining('refuses: bad token *** of ***') });
    expect(inspect(error, { depth: 9 })).not.toMatch(/sesame|team-secret/);
  });
});

const openssl = has('openssl version');
describe.skipIf(!openssl)(`encryption${openssl ? '' : ' (skipped: no openssl here)'}`, () => {
  it('a server with a certificate of its own, which wants a token', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'w2v-test-'));
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name)) as [string, string];
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2'];
    execFileSync('openssl', [...request, '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'], {
      stdio: 'pipe',
    });
    const tls = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
    const seen: (string | null)[] = [];
    const analyzePlan = (_: never, { requestHeader }: { requestHeader: Headers }) => {
      seen.push(requestHeader.get('authorization'), requestHeader.get('x-team'));
      return Promise.reject(new ConnectError('who are you?', Code.Unauthenticated));
    };
    const server = await startFake({ ...released, analyzePlan }, tls);
    closing.push(server.close);
    const on = `sc://localhost:${server.port}/;token=open-sesame;x-team=nlp`;
    const run = (environment: object) => asynchronously([bin, 'vocab', '/x', '--on', on], environment);
    const trusted = await run({ NODE_EXTRA_CA_CERTS: cert });
    expect([trusted.status, seen]).toEqual([4, ['Bearer open-sesame', 'nlp']]);
    expect(trusted.stderr).toContain('refuses: who are you?');
    const untrusted = await run({});
    expect(untrusted.status).toBe(4);
    expect(untrusted.stderr).toMatch(/certificate.*\n.*NODE_EXTRA_CA_CERTS/);
    expect(trusted.stderr + untrusted.stderr).not.toContain('sesame');
    rmSync(folder, { recursive: true });
  });
});

/** The server is in this process, so it must not wait. */
async function asynchronously(args: string[], environment: object): Promise<{ status: number | null; stderr: string }> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { status, stderr };
}
