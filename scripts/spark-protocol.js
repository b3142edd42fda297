// Makes src/cluster/protocol/descriptor.ts from the .proto files in a published jar of Spark Connect, with the messages
// and fields that w2v uses: node scripts/spark-protocol.js .../pyspark/jars/spark-connect_2.13-4.3.0.jar
// It needs unzip, and buf, which npx fetches. protobuf's rules let other versions of Spark add fields.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';

const target = fileURLToPath(new URL('../src/cluster/protocol/descriptor.ts', import.meta.url));

const who = 'session_id user_context client_type client_observed_server_side_session_id';
const answered = 'session_id server_side_session_id';
/** Message -> its fields. Nested messages are named by their parents. */
const kept = {
  UserContext: 'user_id user_name',
  Plan: 'root command',
  ReattachOptions: 'reattachable',
  ExecutePlanRequest: `${who} operation_id plan request_options tags`,
  'ExecutePlanRequest.RequestOption': 'reattach_options',
  ExecutePlanResponse: `${answered} operation_id response_id arrow_batch sql_command_result execution_progress result_complete`,
  'ExecutePlanResponse.SqlCommandResult': 'relation',
  'ExecutePlanResponse.ArrowBatch': 'row_count data',
  'ExecutePlanResponse.ResultComplete': '',
  'ExecutePlanResponse.ExecutionProgress': 'stages num_inflight_tasks',
  'ExecutePlanResponse.ExecutionProgress.StageInfo': 'stage_id num_tasks num_completed_tasks input_bytes_read done',
  ReattachExecuteRequest: `${who} operation_id last_response_id`,
  ReleaseExecuteRequest: `${who} operation_id release_all`,
  'ReleaseExecuteRequest.ReleaseAll': '',
  ReleaseExecuteResponse: 'session_id operation_id',
  ReleaseSessionRequest: 'session_id user_context client_type',
  ReleaseSessionResponse: 'session_id',
  InterruptRequest: `${who} interrupt_type operation_id`,
  InterruptResponse: `${answered} interrupted_ids`,
  AddArtifactsRequest: `${who} batch begin_chunk chunk`,
  'AddArtifactsRequest.ArtifactChunk': 'data crc',
  'AddArtifactsRequest.SingleChunkArtifact': 'name data',
  'AddArtifactsRequest.Batch': 'artifacts',
  'AddArtifactsRequest.BeginChunkedArtifact': 'name total_bytes num_chunks initial_chunk',
  AddArtifactsResponse: `${answered} artifacts`,
  'AddArtifactsResponse.ArtifactSummary': 'name is_crc_successful',
  AnalyzePlanRequest: `${who} spark_version input_files`,
  'AnalyzePlanRequest.SparkVersion': '',
  'AnalyzePlanRequest.InputFiles': 'plan',
  AnalyzePlanResponse: `${answered} spark_version input_files`,
  'AnalyzePlanResponse.SparkVersion': 'version',
  'AnalyzePlanResponse.InputFiles': 'files',
  Relation: 'read project sql local_relation',
  SQL: 'query',
  LocalRelation: 'data',
  Read: 'data_source',
  'Read.DataSource': 'format schema options paths',
  'Read.DataSource.OptionsEntry': 'key value',
  Project: 'input expressions',
  Expression: 'expression_string',
  'Expression.ExpressionString': 'expression',
  Command: 'create_dataframe_view sql_command',
  CreateDataFrameViewCommand: 'input name is_global replace',
  SqlCommand: 'input',
};
const enums = ['InterruptRequest.InterruptType'];
const methods = 'ExecutePlan AnalyzePlan AddArtifacts Interrupt ReattachExecute ReleaseExecute ReleaseSession'.split(
  ' ',
);

function descriptorsOf(jar) {
  const folder = mkdtempSync(join(tmpdir(), 'w2v-protocol-'));
  try {
    execFileSync('unzip', ['-qo', jar, 'spark/connect/*.proto', 'google/protobuf/*.proto', '-d', folder]);
    const built = join(folder, 'set.binpb');
    const options = ['--as-file-descriptor-set', '-o', built, '--path', join(folder, 'spark')];
    execFileSync('npx', ['--yes', '@bufbuild/buf', 'build', folder, ...options], { stdio: 'inherit' });
    return fromBinary(FileDescriptorSetSchema, readFileSync(built)).file;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The message with its kept fields, or undefined. */
function pruned(message, name) {
  const nested = message.nestedType.map((inner) => pruned(inner, `${name}.${inner.name}`)).filter(Boolean);
  if (kept[name] === undefined) return undefined;
  const names = kept[name].split(' ').filter(Boolean);
  const field = names.map((wanted) => {
    const found = message.field.find((one) => one.name === wanted);
    if (!found) throw new Error(`${name} has no field ${wanted}`);
    return found;
  });
  // Fields that are not set have defaults on the prototype. `optional` of proto3 is a oneof of its own.
  const inOneof = field.filter((one) => Object.hasOwn(one, 'oneofIndex'));
  const oneofs = [...new Set(inOneof.map((one) => one.oneofIndex))].sort((a, b) => a - b);
  for (const one of inOneof) one.oneofIndex = oneofs.indexOf(one.oneofIndex);
  for (const one of field) {
    delete one.jsonName;
    delete one.options;
  }
  return Object.assign(message, {
    ...{
      field,
      nestedType: nested,
      oneofDecl: oneofs.map((index) => message.oneofDecl[index]),
      reservedRange: [],
      reservedName: [],
    },
    enumType: message.enumType.filter((inner) => enums.includes(`${name}.${inner.name}`)),
  });
}

const [jar] = process.argv.slice(2);
const files = descriptorsOf(jar).filter((file) => file.package === 'spark.connect');
const messages = files.flatMap((file) => file.messageType).map((message) => pruned(message, message.name));
const service = files.flatMap((file) => file.service).find(({ name }) => name === 'SparkConnectService');
service.method = service.method.filter(({ name }) => methods.includes(name));
const one = {
  $typeName: 'google.protobuf.FileDescriptorProto',
  ...{
    name: 'spark.proto',
    package: 'spark.connect',
    syntax: 'proto3',
    messageType: messages.filter(Boolean),
    service: [service],
  },
  ...{ dependency: [], publicDependency: [], weakDependency: [], optionDependency: [], enumType: [], extension: [] },
};
const set = toBinary(FileDescriptorSetSchema, { $typeName: 'google.protobuf.FileDescriptorSet', file: [one] });
const lines = gzipSync(set, { level: 9 })
  .toString('base64')
  .match(/.{1,116}/g);
writeFileSync(
  target,
  `// Made by scripts/spark-protocol.js from ${basename(jar)} (Apache Spark, Apache-2.0).
// The messages of Spark Connect that w2v uses: a FileDescriptorSet of protocol buffers, with gzip, in base64.

export const descriptorSet = [
${lines.map((line) => `  '${line}',`).join('\n')}
].join('');
`,
);
console.error(`${set.length} bytes`);
