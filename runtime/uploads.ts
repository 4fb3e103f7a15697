import type { OperationDescriptor } from "./descriptors.js";
import type { Exchange } from "./exchange.js";
import { baseName } from "./filenames.js";
import { onAbort, untilAborted } from "./signals.js";

/** The bytes of a file. A stream is read to its end before anything is sent, since many servers need to know its length. */
export type UploadContent =
  | Blob
  | ArrayBuffer
  | ArrayBufferView
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array | string>;

/** A file with a name, which content other than a `File` does not have. */
export interface NamedUpload {
  readonly content: UploadContent;
  /** The name to send, without folders; default: that of a `File`, else `file`. */
  readonly filename?: string | undefined;
  /** The media type; default: that of a `Blob`, else `application/octet-stream`. */
  readonly contentType?: string | undefined;
}

/** A file to send: a `File`, `Blob`, bytes or a stream, with or without a name. */
export type Upload = UploadContent | NamedUpload;

/**
 * Writes the fields of a call as `multipart/form-data` (RFC 7578).
 *
 * @param signal the caller's: a file can be a stream that takes its time or never ends.
 * @throws a `TypeError` that names the field if its value cannot be sent; what a stream fails with; ApiAbortError.
 * @internal
 */
export async function writeForm(
  fields: unknown,
  { files = [] }: OperationDescriptor,
  exchange: Exchange,
  signal: AbortSignal | undefined,
): Promise<FormData> {
  if (signal === undefined) return toFormData(fields ?? {}, files);
  try {
    signal.throwIfAborted();
    return await untilAborted(toFormData(fields ?? {}, files, signal), signal);
  } catch (error) {
    throw signal.aborted ? exchange.abortError(signal.reason) : error;
  }
}

async function toFormData(fields: object, files: readonly string[], signal?: AbortSignal): Promise<FormData> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    // A list becomes a part for each item (OpenAPI 3.2, Encoding Object).
    for (const item of Array.isArray(value) ? value : [value]) {
      if (files.includes(name)) form.append(name, await toFile(name, item, signal));
      else form.append(name, typeof item === "object" ? JSON.stringify(item) : String(item));
    }
  }
  return form;
}

async function toFile(field: string, upload: unknown, signal: AbortSignal | undefined): Promise<File> {
  const named = isNamed(upload) ? upload : { content: upload };
  const { content, filename, contentType } = named as { content: unknown } & Partial<NamedUpload>;
  const part = await toPart(field, content, signal);
  const name = baseName(filename ?? (content instanceof File ? content.name : "")) ?? "file";
  const type = contentType ?? (part instanceof Blob && part.type !== "" ? part.type : "application/octet-stream");
  return new File([part], name, { type });
}

async function toPart(field: string, content: unknown, signal: AbortSignal | undefined): Promise<BlobPart> {
  if (content instanceof Blob || content instanceof ArrayBuffer) return content;
  if (ArrayBuffer.isView(content)) return content as Uint8Array<ArrayBuffer>;
  const pieces = content instanceof ReadableStream ? readStream(content, signal) : content;
  if (!isAsyncIterable(pieces)) {
    throw new TypeError(
      `\`${field}\` must be a File, a Blob, bytes or a stream, or an object with such \`content\` and a \`filename\`.`,
    );
  }
  const parts: BlobPart[] = [];
  for await (const piece of pieces) {
    signal?.throwIfAborted();
    // A Blob would make text of anything else, such as "[object Object]".
    if (typeof piece !== "string" && !ArrayBuffer.isView(piece)) {
      throw new TypeError(`\`${field}\` must be a stream of bytes or strings, but it has a piece of another kind.`);
    }
    parts.push(piece as BlobPart);
  }
  return new Blob(parts);
}

/** Not every runtime lets a loop read a stream by itself, and an abort could not end such a loop while it waits. */
async function* readStream(stream: ReadableStream<unknown>, signal: AbortSignal | undefined): AsyncGenerator<unknown> {
  const reader = stream.getReader();
  const giveUp = () => void reader.cancel(signal?.reason).catch(() => {});
  const release = signal && onAbort(signal, giveUp);
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    release?.();
    giveUp();
  }
}

function isNamed(upload: unknown): upload is NamedUpload {
  return typeof upload === "object" && upload !== null && "content" in upload;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}
