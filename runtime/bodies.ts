/** Reads the pieces of a body, as the reader of a stream does. @internal */
export interface BodyReader {
  read(): Promise<ReadableStreamReadResult<Uint8Array>>;
  cancel(reason?: unknown): Promise<void>;
}

/** Gives back the connection of an answer that nobody will read. @internal */
export function discardBody(response: Response): void {
  response.body?.cancel().catch(() => {});
}

/** What a reader reads, as a stream for whoever wants one. @internal */
export function streamOf(reader: BodyReader): ReadableStream<Uint8Array> {
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    try {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    } catch (cause) {
      controller.error(cause);
    }
  };
  // Nothing is read ahead, so the idle time runs only while the reader waits.
  return new ReadableStream<Uint8Array>({ pull, cancel: (reason) => reader.cancel(reason) }, { highWaterMark: 0 });
}

/** The same answer with another body. @internal */
export function withBody(response: Response, body: ReadableStream<Uint8Array> | null): Response {
  const { status, statusText, headers, url, redirected } = response;
  const copy = new Response(body as BodyInit | null, { status, statusText, headers });
  // The constructor has no way to set these two.
  return Object.defineProperties(copy, { url: { value: url }, redirected: { value: redirected } });
}
