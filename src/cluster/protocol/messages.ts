// The types of Spark Connect's messages, as far as w2v uses them (descriptor.ts has their description for protobuf). A
// field of which one of several is given is `{ case, value }`, as in @bufbuild/protobuf.

/** What a request may have; in a query, `read`, `project` or `sql`. */
export type Relation =
  | { relType: { case: 'sql'; value: { query: string } } }
  | { relType: { case: 'localRelation'; value: { data?: Uint8Array } } }
  | { relType: { case: 'project'; value: { input: Relation; expressions: Expression[] } } }
  | {
      relType: {
        case: 'read';
        value: {
          readType: {
            case: 'dataSource';
            value: { format: string; paths: string[]; options: Record<string, string> };
          };
        };
      };
    };

export interface Expression {
  exprType: { case: 'expressionString'; value: { expression: string } };
}

export type Command =
  | { commandType: { case: 'sqlCommand'; value: { input: Relation } } }
  | { commandType: { case: 'createDataframeView'; value: { input: Relation; name: string; replace: boolean } } };

export interface Plan {
  opType: { case: 'root'; value: Relation } | { case: 'command'; value: Command };
}

/** Every request names its session. */
export interface Who {
  sessionId: string;
  userContext: { userId: string; userName: string };
  clientType: string;
}

export interface Stage {
  stageId: bigint;
  numTasks: bigint;
  numCompletedTasks: bigint;
  inputBytesRead: bigint;
  done: boolean;
}

export interface ExecuteResponse {
  responseId: string;
  serverSideSessionId: string;
  responseType:
    | { case: 'arrowBatch'; value: { rowCount: bigint; data: Uint8Array } }
    | { case: 'sqlCommandResult'; value: { relation?: Relation } }
    | { case: 'executionProgress'; value: { stages: Stage[]; numInflightTasks: bigint } }
    | { case: 'resultComplete'; value: object }
    | { case: undefined; value?: undefined };
}

interface Chunk {
  data: Uint8Array;
  crc: bigint;
}

export interface ArtifactsRequest extends Who {
  payload:
    | { case: 'batch'; value: { artifacts: { name: string; data: Chunk }[] } }
    | { case: 'beginChunk'; value: { name: string; totalBytes: bigint; numChunks: bigint; initialChunk: Chunk } }
    | { case: 'chunk'; value: Chunk };
}

interface CallOptions {
  signal?: AbortSignal;
  timeoutMs?: number;
}

/** SparkConnectService, as @connectrpc/connect calls it. */
export interface SparkService {
  executePlan(
    request: Who & { operationId: string; plan: Plan; tags: string[]; requestOptions: object[] },
    options?: CallOptions,
  ): AsyncIterable<ExecuteResponse>;
  reattachExecute(
    request: Who & { operationId: string; lastResponseId?: string },
    options?: CallOptions,
  ): AsyncIterable<ExecuteResponse>;
  releaseExecute(
    request: Who & { operationId: string; release: { case: 'releaseAll'; value: object } },
    options?: CallOptions,
  ): Promise<unknown>;
  releaseSession(request: Who, options?: CallOptions): Promise<unknown>;
  interrupt(
    request: Who & { interruptType: number; interrupt: { case: 'operationId'; value: string } },
    options?: CallOptions,
  ): Promise<{ interruptedIds: string[] }>;
  addArtifacts(
    requests: AsyncIterable<ArtifactsRequest>,
    options?: CallOptions,
  ): Promise<{ serverSideSessionId: string; artifacts: { name: string; isCrcSuccessful: boolean }[] }>;
  analyzePlan(
    request: Who & {
      analyze: { case: 'sparkVersion'; value: object } | { case: 'inputFiles'; value: { plan: Plan } };
    },
    options?: CallOptions,
  ): Promise<{
    result: { case: 'sparkVersion'; value: { version: string } } | { case: 'inputFiles'; value: { files: string[] } };
  }>;
}

/** InterruptRequest.InterruptType */
export const INTERRUPT_OPERATION = 3;
