// A session on a Spark Connect server: SQL with results in Arrow, text files as views, files sent to the executors.
import type { Http2SessionManager } from '@connectrpc/connect-node';
import type { Table } from '@uwdata/flechette';
import { throwIfAborted, W2vError } from '../base/errors.ts';
import { type Artifact, artifactRequests } from './artifacts.ts';
import { type Connection, execute, type RunOptions, tryingAgain } from './execution.ts';
import { type ClusterPackages, loadClusterPackages } from './packages.ts';
import type { Command, Plan, Relation, SparkService } from './protocol/messages.ts';
import type { Remote } from './remote.ts';
import { asW2vError, RPC, type RpcError, withoutSecrets } from './spark-errors.ts';

/** Rows of a result; columns by name, whole numbers of 64 bits as BigInt. */
export type Batch = Table;

export interface SparkSession {
  address: string;
  /** Of Spark; undefined where the server does not say (Sail). */
  version: string | undefined;
  /** Runs a query, or a statement without rows. */
  query(sql: string, options?: RunOptions): AsyncGenerator<Batch>;
  /** The rows of a small result. */
  rows(sql: string, options?: RunOptions): Promise<Record<string, unknown>[]>;
  /** Makes a temporary view of a relation. */
  createView(name: string, relation: Relation, options?: RunOptions): Promise<void>;
  /** Makes a temporary view of data from here, up to some hundred thousand rows: columns of the same length. */
  createTable(name: string, columns: Record<string, readonly string[] | Int32Array>): Promise<void>;
  /** URIs of the files that a relation reads. */
  inputFiles(relation: Relation): Promise<string[]>;
  /**
   * Sends files. They lie in `artifactFolder()` below the working folder of a script. Names are used once in a session.
   */
  addArtifacts(artifacts: readonly Artifact[], options?: { signal?: AbortSignal | undefined }): Promise<void>;
  artifactFolder(): string;
  /** Ends the session with all it has on the cluster, and the connection. Never throws. */
  close(): Promise<void>;
}

const ANSWER = 20_000; // milliseconds for a server to say who it is
const GOODBYE = 5000;
const OLDEST = 4; // Spark 3.5 has another form of the commands

/**
 * Opens a session. Throws `engine-unavailable` if packages are missing, nobody answers, the server refuses, or is older
 * than Spark 4.0. All of the session throws that, `interrupted`, and W2vErrors of workers and of Spark
 * (spark-errors.ts).
 */
export async function openSession(remote: Remote, signal?: AbortSignal): Promise<SparkSession> {
  const { address, url, user, sessionId, headers } = remote;
  throwIfAborted(signal);
  const packages = await loadClusterPackages();
  const { connect, connectNode, arrow, service: description } = packages;
  const connections = openConnections(packages, url);
  const transport = connectNode.createGrpcTransport({
    baseUrl: url,
    sessionManager: connections,
    interceptors: [
      (next) => (request) => {
        for (const [name, value] of Object.entries(headers)) request.header.set(name, value);
        return next(request);
      },
    ],
  });
  const service = connect.createClient(description, transport) as unknown as SparkService;
  const who = { sessionId, userContext: { userId: user, userName: user }, clientType: 'w2v' };
  const secrets = secretsOf(headers);
  const rpcError = (error: unknown): RpcError => {
    const { code, rawMessage, details, metadata } = connect.ConnectError.from(error) as RpcError;
    return { code, rawMessage: withoutSecrets(rawMessage, secrets), details, metadata };
  };
  let folder = '';
  const connection: Connection = {
    ...{ service, who, rpcError },
    onSession(id) {
      folder = id;
    },
  };
  const translated = (error: unknown, stop?: AbortSignal) => {
    throwIfAborted(stop);
    if (error instanceof W2vError) return error;
    const failure = rpcError(error);
    const { code, message, hint } = asW2vError(failure, address);
    const cause = { code: failure.code, rawMessage: failure.rawMessage }; // headers may have secrets too
    return new W2vError(code, withoutSecrets(message, secrets), withoutSecrets(hint, secrets), { cause });
  };
  async function* run(plan: Plan, options: RunOptions = {}) {
    try {
      yield* execute(connection, plan, options);
    } catch (error) {
      throw translated(error, options.signal);
    }
  }
  const command = (value: Command): Plan => ({ opType: { case: 'command', value } });
  const tableOf = (data: Uint8Array) => arrow.tableFromIPC(new Uint8Array(data), { useBigInt: true }); // a copy is aligned

  async function versionOf(): Promise<string | undefined> {
    try {
      const analyze = { case: 'sparkVersion', value: {} } as const;
      const { result } = await service.analyzePlan(
        { ...who, analyze },
        { timeoutMs: ANSWER, ...(signal && { signal }) },
      );
      return result.case === 'sparkVersion' ? result.value.version : undefined;
    } catch (error) {
      const failure = rpcError(error);
      // Sail answers, but cannot say this.
      const answers = new Set<number>([RPC.unimplemented, RPC.internal, RPC.unknown]).has(failure.code);
      if (answers && /py4j|pyspark|not (implemented|supported)/i.test(failure.rawMessage)) return undefined;
      throw translated(error, signal);
    }
  }

  const session: Omit<SparkSession, 'version'> = {
    address,
    async *query(sql, options) {
      const input: Relation = { relType: { case: 'sql', value: { query: sql } } };
      let relation: Relation | undefined;
      for await (const { responseType } of run(
        command({ commandType: { case: 'sqlCommand', value: { input } } }),
        options,
      )) {
        if (responseType.case === 'sqlCommandResult') relation = responseType.value.relation;
      }
      if (relation === undefined) return;
      if (relation.relType.case === 'localRelation') {
        const { data } = relation.relType.value; // of a statement, which has run
        if (data?.length) yield tableOf(data);
        return;
      }
      for await (const { responseType } of run({ opType: { case: 'root', value: relation } }, options)) {
        if (responseType.case === 'arrowBatch') yield tableOf(responseType.value.data);
      }
    },
    async rows(sql, options) {
      const rows: Record<string, unknown>[] = [];
      for await (const batch of session.query(sql, options))
        rows.push(...(batch.toArray() as Record<string, unknown>[]));
      return rows;
    },
    async createView(name, input, options) {
      const value = { input, name, replace: true };
      for await (const _ of run(command({ commandType: { case: 'createDataframeView', value } }), options));
    },
    async createTable(name, columns) {
      const types = Object.entries(columns).map(([column, values]) => {
        return [column, values instanceof Int32Array ? arrow.int32() : arrow.utf8()] as const; // no dictionary
      });
      const table = arrow.tableFromArrays(columns as Record<string, string[]>, { types: Object.fromEntries(types) });
      const data = arrow.tableToIPC(table, { format: 'stream' })!;
      await session.createView(name, { relType: { case: 'localRelation', value: { data } } });
    },
    async inputFiles(relation) {
      try {
        const analyze = { case: 'inputFiles', value: { plan: { opType: { case: 'root', value: relation } } } } as const;
        const { result } = await tryingAgain(connection, () => service.analyzePlan({ ...who, analyze }), signal);
        return result.case === 'inputFiles' ? result.value.files : [];
      } catch (error) {
        throw translated(error, signal);
      }
    },
    async addArtifacts(artifacts, options = {}) {
      const { signal: stop } = options;
      try {
        // A file that has arrived may arrive again, with the same content.
        const send = () => service.addArtifacts(artifactRequests(artifacts, who), stop && { signal: stop });
        const answer = await tryingAgain(connection, send, stop);
        folder = answer.serverSideSessionId;
        const damaged = answer.artifacts.find(({ isCrcSuccessful }) => !isCrcSuccessful);
        if (!damaged) return;
        const hint = 'run it again';
        throw new W2vError('engine-unavailable', `${damaged.name} arrived damaged at ${address}`, hint);
      } catch (error) {
        throw translated(error, stop);
      }
    },
    artifactFolder: () => folder,
    async close() {
      await service.releaseSession(who, { timeoutMs: GOODBYE }).catch(() => {});
      connections.abort();
    },
  };
  try {
    const version = await versionOf();
    if (version !== undefined && Number.parseInt(version, 10) < OLDEST) {
      const hint = 'use a server of Spark 4.0 or later';
      throw new W2vError(
        'engine-unavailable',
        `${address} runs Spark ${quotableVersion(version)}: expected 4.0 or later`,
        hint,
      );
    }
    return { ...session, version };
  } catch (error) {
    connections.abort();
    throw error;
  }
}

const quotableVersion = (version: string): string => version.replace(/[^\w.-]/g, '').slice(0, 30);

const SHORTEST_SECRET = 6; // letters; a shorter value of a header may be any word of a message

/** The token, and the values of headers that the user has set, which may be keys too. */
function secretsOf({ authorization, 'user-agent': _, ...others }: Record<string, string>): string[] {
  const token = authorization === undefined ? [] : [authorization.replace(/^Bearer /, '')];
  return [...token, ...Object.values(others).filter(({ length }) => length >= SHORTEST_SECRET)];
}

/**
 * A connection that failed may fail once more, after its calls have their error and connect-node has stopped listening
 * (so with a server of HTTP/1): that error says nothing new, and without a listener it would end the process.
 */
function openConnections({ connectNode }: ClusterPackages, url: string): Http2SessionManager {
  const heard = new WeakSet<object>();
  class Connections extends connectNode.Http2SessionManager {
    override async request(...call: Parameters<Http2SessionManager['request']>) {
      const stream = await super.request(...call);
      const { session } = stream;
      if (session && !heard.has(session)) {
        heard.add(session);
        session.on('error', () => {});
      }
      return stream;
    }
  }
  return new Connections(url, { pingIntervalMs: 30_000, pingTimeoutMs: 120_000 });
}
