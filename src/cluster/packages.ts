// The npm packages that speak Spark's protocol. They are optional: whoever does not use a cluster does not install
// them.
import { gunzipSync } from 'node:zlib';
import type { DescService } from '@bufbuild/protobuf';
import { W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { installCommand } from '../corpus/tokenizers/package.ts';
import { descriptorSet } from './protocol/descriptor.ts';

export interface ClusterPackages {
  connect: typeof import('@connectrpc/connect');
  connectNode: typeof import('@connectrpc/connect-node');
  arrow: typeof import('@uwdata/flechette');
  service: DescService;
}

const needed = [
  '@bufbuild/protobuf@2',
  '@connectrpc/connect@2.1',
  '@connectrpc/connect-node@2.1',
  '@uwdata/flechette@2.3',
];

/**
 * Loads them, and the description of Spark's messages. Throws `engine-unavailable` with the command that installs them.
 */
export async function loadClusterPackages(): Promise<ClusterPackages> {
  try {
    const [protobuf, { FileDescriptorSetSchema }, connect, connectNode, arrow] = await Promise.all([
      import('@bufbuild/protobuf'),
      import('@bufbuild/protobuf/wkt'),
      import('@connectrpc/connect'),
      import('@connectrpc/connect-node'),
      import('@uwdata/flechette'),
    ]);
    const set = protobuf.fromBinary(FileDescriptorSetSchema, gunzipSync(Buffer.from(descriptorSet, 'base64')));
    const service = protobuf.createFileRegistry(set).getService('spark.connect.SparkConnectService')!;
    return { connect, connectNode, arrow, service };
  } catch (cause) {
    const why = quotable(String((cause as Error).message).split('\n')[0]);
    throw new W2vError(
      'engine-unavailable',
      `a Spark cluster needs npm packages that do not load: ${why}`,
      `install them: ${installCommand(...needed)}`,
      { cause },
    );
  }
}
