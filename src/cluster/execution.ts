// Runs one plan on the server. An execution outlives the connection that started it: when the connection breaks, its
// answers go on, after the last one that arrived, on another (ReattachExecute).
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { throwIfAborted } from '../base/errors.ts';
import {
  type ExecuteResponse,
  INTERRUPT_OPERATION,
  type Plan,
  type SparkService,
  type Stage,
  type Who,
} from './protocol/messages.ts';
import { isBroken, type RpcError } from './spark-errors.ts';

export interface RunOptions {
  signal?: AbortSignal | undefined;
  /** The stages of the job at work, every two seconds. */
  onStages?: ((stages: readonly Stage[]) => void) | undefined;
  /** Each time the connection broke, once until it is there again: why. */
  onReattach?: ((why: string) => void) | undefined;
}

export interface Connection {
  service: SparkService;
  who: Who;
  /** What was thrown, as an error of a call. */
  rpcError(error: unknown): RpcError;
  /** Where the session has its files. */
  onSession(serverSideSessionId: string): void;
}

const MOST_ATTEMPTS = 8; // without any answer in between
const pauses = Array.from({ length: MOST_ATTEMPTS }, (_, at) => Math.min(10_000, 50 * 3 ** (at + 1))); // milliseconds
export const SECONDS_OF_TRYING = Math.round(pauses.reduce((sum, pause) => sum + pause, 0) / 1000);
const PATIENCE = 5000; // milliseconds for the server to end what was interrupted

type Trying = Pick<Connection, 'rpcError'>;

/**
 * Waits before attempt `attempt` (from 0) after `error`; throws it where trying again is of no use. Throws
 * `interrupted`.
 */
async function pauseAfter(
  error: unknown,
  attempt: number,
  { rpcError }: Trying,
  { signal, onReattach }: RunOptions,
): Promise<void> {
  throwIfAborted(signal);
  const failure = rpcError(error);
  if (!isBroken(failure) || attempt >= MOST_ATTEMPTS) throw error;
  if (attempt === 0) onReattach?.(failure.rawMessage);
  await sleep(pauses[attempt], undefined, signal && { signal }).catch(() => {});
  throwIfAborted(signal);
}

/** A call that does no harm when it arrives twice: again, when the connection breaks. */
export async function tryingAgain<T>(trying: Trying, call: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      await pauseAfter(error, attempt, trying, { signal });
    }
  }
}

/**
 * The answers to a plan. When the signal fires, the operation is interrupted on the server. Throws what `service`
 * throws, and `interrupted`.
 */
export async function* execute(
  connection: Connection,
  plan: Plan,
  runOptions: RunOptions = {},
): AsyncGenerator<ExecuteResponse> {
  const { service, who, onSession } = connection;
  const { signal, onStages } = runOptions;
  throwIfAborted(signal);
  const operationId = randomUUID();
  const stopped = new AbortController();
  const stop = async () => {
    const timer = setTimeout(() => stopped.abort(), PATIENCE);
    const what = {
      interruptType: INTERRUPT_OPERATION,
      interrupt: { case: 'operationId', value: operationId },
    } as const;
    await service.interrupt({ ...who, ...what }, { timeoutMs: PATIENCE }).catch(() => {});
    timer.unref();
  };
  signal?.addEventListener('abort', stop, { once: true });
  const requestOptions = [{ requestOption: { case: 'reattachOptions', value: { reattachable: true } } }];
  const start = () =>
    service.executePlan({ ...who, operationId, plan, tags: ['w2v'], requestOptions }, { signal: stopped.signal });
  let lastResponseId: string | undefined;
  let attempt = 0;
  let stream = start();
  try {
    for (;;) {
      try {
        let hasAnswered = false;
        for await (const response of stream) {
          const { responseId, responseType } = response;
          // An empty message, or the last one again, is no progress, though it comes without an end.
          if (responseId === '' ? responseType.case !== undefined : responseId !== lastResponseId) {
            attempt = 0;
            hasAnswered = true;
          }
          if (responseId !== '') lastResponseId = responseId;
          onSession(response.serverSideSessionId);
          if (responseType.case === 'resultComplete') return;
          if (responseType.case === 'executionProgress') onStages?.(responseType.value.stages);
          else yield response;
        }
        // Spark ends a stream after two minutes and goes on in the next.
        if (!hasAnswered) throw new Error('the server ended the stream before the end of the result');
      } catch (error) {
        await pauseAfter(error, attempt++, connection, runOptions);
      }
      const options = { signal: stopped.signal };
      stream =
        lastResponseId === undefined
          ? start() // it may not have arrived; an operation of the same id runs once only
          : service.reattachExecute({ ...who, operationId, lastResponseId }, options);
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    const release = { case: 'releaseAll', value: {} } as const;
    await service.releaseExecute({ ...who, operationId, release }, { timeoutMs: PATIENCE }).catch(() => {});
  }
}
