// What a file to be written is: a path, and a function that writes its bytes to a sink.

/** Takes bytes in order. The caller may reuse `bytes` once the promise is fulfilled. */
export interface ByteSink {
  write(bytes: Uint8Array): Promise<void>;
}

export interface OutputFile {
  path: string;
  content(sink: ByteSink): Promise<void>;
}
