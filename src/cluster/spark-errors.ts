// What goes wrong on the way to a cluster and on it, as a W2vError.
import { type ErrorCode, errorCodes, W2vError } from '../base/errors.ts';
import { printable, quotable, shortened } from '../base/printable.ts';

/** As @connectrpc/connect has it. */
export interface RpcError {
  /** A code of gRPC. */
  code: number;
  rawMessage: string;
  details: readonly { type?: string }[];
  metadata: Headers;
  cause?: unknown;
}

/** Codes of gRPC. */
export const RPC = {
  canceled: 1,
  unknown: 2,
  deadlineExceeded: 4,
  permissionDenied: 7,
  aborted: 10,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  unauthenticated: 16,
} as const;

/** A connection that breaks is any of these to connect-node or a proxy. */
const broken = new Set<number>([
  ...[RPC.canceled, RPC.unknown, RPC.deadlineExceeded, RPC.aborted, RPC.internal, RPC.unavailable],
]);

/** Whether the server itself has refused: trying again is of no use. */
export function isFromSpark({ details, metadata }: RpcError): boolean {
  return details.some(({ type }) => type === 'google.rpc.ErrorInfo') || metadata.has('grpc-status-details-bin');
}

export function isBroken(error: RpcError): boolean {
  return broken.has(error.code) && !isFromSpark(error);
}

const marker = 'w2v-error:';

/** The error as a worker writes it to standard error, whose end Spark puts into its own message. */
export function writtenError(error: W2vError): string {
  const { code, message, hint } = error;
  const text = JSON.stringify([code, message.slice(0, 600), hint.slice(0, 300)]);
  return `${marker}${Buffer.from(text).toString('base64')}:\n`;
}

/** Undefined if the message has no error of a worker. The server could have written anything there. */
function workerError(message: string): W2vError | undefined {
  const found = new RegExp(`${marker}([A-Za-z0-9+/=]+):`).exec(message)?.[1];
  if (found === undefined) return undefined;
  const [code, text, hint] = writtenParts(Buffer.from(found, 'base64').toString());
  const known = errorCodes.find((one) => one === code && one !== 'interrupted'); // only the signal here interrupts
  if (known !== undefined && typeof text === 'string' && typeof hint === 'string')
    return new W2vError(known, text, hint);
  return new W2vError('engine-unavailable', "the cluster sent an error that w2v's worker did not write", page);
}

function writtenParts(text: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(text);
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}

const page = 'docs/cluster.md says what a server needs';

/** Messages of Spark that mean something to a user, with the code, what to say and the hint. */
const known: readonly (readonly [pattern: RegExp, code: ErrorCode, observed: string, hint: string])[] = [
  [
    /\[PATH_NOT_FOUND\].*?(?:Path does not exist|path)[: ]+`?([^\s`]+?)`?\.(?:\s|$)/s,
    'file-missing',
    'the cluster has no $1',
    'give paths that the server and the executors can read, not paths on this machine',
  ],
  [
    /ClassNotFoundException: Class \S*\.fs\.(\w+)\.\w+ not found|No FileSystem for scheme "?([\w+.-]+)/,
    'engine-unavailable',
    'the cluster has no connector for $1$2://',
    'start the server with it (--packages; docs/cluster.md), or name a path of another kind',
  ],
  [
    /UnknownHostException: ([\w.-]+)/,
    'engine-unavailable',
    'the cluster cannot find the host $1',
    'check the path of the corpus',
  ],
  [
    /No space left on device|Disk quota exceeded/,
    'engine-unavailable',
    'a disk of the cluster is full',
    'free disk space on the executors (spark.local.dir, and their temporary folder)',
  ],
  [
    /Permission denied|AccessControlException|AccessDenied|INSUFFICIENT_PERMISSIONS/,
    'file-unreadable',
    'the cluster refused: $&',
    'give the user of the session the right to read the corpus and to run SQL with TRANSFORM',
  ],
  [
    /larger than spark\.driver\.maxResultSize/,
    'engine-unavailable',
    'the result is larger than spark.driver.maxResultSize allows',
    "raise it on the server, or keep fewer words ({ minCount, maxVocab }); see also 'w2v sql count'",
  ],
  [
    /(?:node|\/bin\/bash)[^\n]{0,200}(?:not found|No such file or directory|cannot execute|Permission denied)/,
    'engine-unavailable',
    'an executor cannot run Node: $&',
    "install Node 20.19 or later on all executors, or give { node: 'send' }",
  ],
];

/** Replaces what a server or a library repeats of the `secrets`. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
}

/** The error of a call as a W2vError; `address` names the server. */
export function asW2vError(error: RpcError, address: string): W2vError {
  const { code, rawMessage } = error;
  const ofWorker = workerError(rawMessage);
  if (ofWorker) return ofWorker;
  const text = rawMessage.replace(/\s*JVM stacktrace:[\s\S]*/, '').trim();
  for (const [pattern, itsCode, observed, hint] of known) {
    const match = pattern.exec(text);
    if (!match) continue;
    const said = observed.replace(/\$(\d|&)/g, (_, which) => quotable(match[which === '&' ? 0 : Number(which)] ?? ''));
    return new W2vError(itsCode, said, hint, { cause: error });
  }
  const unavailable = (observed: string, hint: string) =>
    new W2vError('engine-unavailable', observed, hint, { cause: error });
  const first = printable(shortened(text.split('\n')[0], 300));
  if (code === RPC.unauthenticated || code === RPC.permissionDenied) {
    return unavailable(`${address} refuses: ${first}`, 'check the token: sc://HOST:PORT/;token=VALUE');
  }
  if (code === RPC.unimplemented && !isFromSpark(error)) {
    return unavailable(`${address} is not a Spark Connect server: ${first}`, page);
  }
  if (isBroken(error) && /wrong version number|packet length too long|unknown protocol/i.test(rawMessage)) {
    const hint = 'leave out use_ssl=true; for a token to this machine add use_ssl=false';
    return unavailable(`no Spark Connect server answers at ${address}: it does not encrypt`, hint);
  }
  if (isBroken(error)) {
    const hint = /certificate|self.signed/i.test(rawMessage)
      ? 'name a file with the certificate of its authority: NODE_EXTRA_CA_CERTS=FILE'
      : `check the address, and that the server runs; ${page}`;
    return unavailable(`no Spark Connect server answers at ${address}: ${first}`, hint);
  }
  return unavailable(`Spark at ${address}: ${first}`, page);
}
