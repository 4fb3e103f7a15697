/**
 * All bytes of a body. A `Response` would read them too, but in Chromium it rejects with a `TypeError` of its own and not
 * with what the body broke with.
 *
 * @internal
 */
export async function readBytes(body: ReadableStream<Uint8Array>): Promise<ReturnType<typeof Uint8Array.of>> {
  const reader = body.getReader();
  const pieces: BlobPart[] = [];
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    pieces.push(next.value as Uint8Array<ArrayBuffer>);
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}
