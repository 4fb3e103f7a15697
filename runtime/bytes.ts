import type { BodyReader } from "./bodies.js";

/**
 * All bytes of a body. A `Response` would read them too, but in Chromium it rejects with a `TypeError` of its own and not
 * with what the body broke with.
 *
 * @internal
 */
export async function readBytes(body: ReadableStream<Uint8Array>): Promise<ReturnType<typeof Uint8Array.of>> {
  return join(await readPieces(body.getReader()));
}

const utf8 = new TextDecoder();

/** All bytes as text in UTF-8. @internal */
export async function readText(reader: BodyReader): Promise<string> {
  const pieces = await readPieces(reader);
  // Most answers come in one piece, which needs no copy.
  return utf8.decode(pieces.length === 1 ? pieces[0] : await join(pieces));
}

async function readPieces(reader: BodyReader): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    pieces.push(next.value as Uint8Array<ArrayBuffer>);
  }
  return pieces;
}

async function join(pieces: readonly BlobPart[]): Promise<ReturnType<typeof Uint8Array.of>> {
  return new Uint8Array(await new Blob([...pieces]).arrayBuffer());
}
