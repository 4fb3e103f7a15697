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
 * @param files the fields that are files.
 * @throws a `TypeError` that names the field if its value cannot be sent.
 * @internal
 */
export async function toFormData(fields: object, files: readonly string[]): Promise<FormData> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (files.includes(name)) form.append(name, await toFile(name, value));
    else form.append(name, typeof value === "object" ? JSON.stringify(value) : String(value));
  }
  return form;
}

async function toFile(field: string, upload: unknown): Promise<File> {
  const named = isNamed(upload) ? upload : { content: upload };
  const { content, filename, contentType } = named as { content: unknown } & Partial<NamedUpload>;
  const part = await toPart(field, content);
  const name = baseName(filename ?? (content instanceof File ? content.name : ""));
  const type = contentType ?? (part instanceof Blob && part.type !== "" ? part.type : "application/octet-stream");
  return new File([part], name, { type });
}

async function toPart(field: string, content: unknown): Promise<BlobPart> {
  if (content instanceof Blob || content instanceof ArrayBuffer) return content;
  if (ArrayBuffer.isView(content)) return content as Uint8Array<ArrayBuffer>;
  if (isAsyncIterable(content)) {
    const parts: BlobPart[] = [];
    for await (const piece of content) parts.push(piece as BlobPart);
    return new Blob(parts);
  }
  // Not every runtime lets a loop read a stream.
  if (content instanceof ReadableStream) return new Response(content).blob();
  throw new TypeError(
    `\`${field}\` must be a File, a Blob, bytes or a stream, or an object with such \`content\` and a \`filename\`.`,
  );
}

function isNamed(upload: unknown): upload is NamedUpload {
  return typeof upload === "object" && upload !== null && "content" in upload;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

/** The name without its folders: they tell of the sender's machine, and a careless server might follow them. */
function baseName(name: string): string {
  return name.replace(/^.*[\\/]/s, "") || "file";
}
