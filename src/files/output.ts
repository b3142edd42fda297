// The type of an output file: a path, and a function that writes its bytes to a sink.

/** Writes bytes in order. The caller may reuse `bytes` after the promise resolves. */
export interface ByteSink {
  write(bytes: Uint8Array): Promise<void>;
}

export interface OutputFile {
  path: string;
  content(sink: ByteSink): Promise<void>;
}
