import { readBytes } from "./bytes.js";
import { baseName } from "./filenames.js";

/** The part of a file that a `206` carries (RFC 9110, 14.4). */
export interface ContentRange {
  /** The first byte, from 0. */
  readonly first: number;
  /** The last byte. */
  readonly last: number;
  /** The length of the whole file in bytes; `undefined` if the server does not know it. */
  readonly size: number | undefined;
}

/**
 * A body of bytes that comes as it is read. It can be read once, by one of its methods or through `body`; one that is not
 * read keeps its connection until {@link Download.cancel}.
 */
export class Download {
  /** The bytes. Empty if there are none, as when the file has not changed. */
  readonly body: ReadableStream<Uint8Array>;
  /** 200, 206 for a range, or 304 if the file is the one that `If-None-Match` names. */
  readonly status: number;
  /** The media type, as it was sent. */
  readonly contentType: string | undefined;
  /** The number of bytes, where the server tells it beforehand. */
  readonly size: number | undefined;
  /** The name that the server gives the file, without folders. */
  readonly filename: string | undefined;
  /** Which part of the file this is; `undefined` if it is all of it. */
  readonly range: ContentRange | undefined;
  /** The version of the file, for `If-None-Match`. */
  readonly etag: string | undefined;

  readonly #ended: AbortController;

  /** @param ended ends the request. @internal */
  constructor(response: Response, body: ReadableStream<Uint8Array> | undefined, ended: AbortController) {
    const { headers, status } = response;
    this.body = body ?? (new Blob().stream() as ReadableStream<Uint8Array>);
    this.status = status;
    this.contentType = headers.get("content-type") ?? undefined;
    this.size = lengthOf(headers);
    this.filename = filenameOf(headers.get("content-disposition") ?? "");
    this.range = rangeOf(headers.get("content-range") ?? "");
    this.etag = headers.get("etag") ?? undefined;
    this.#ended = ended;
  }

  /** All bytes. */
  async bytes(): Promise<ReturnType<typeof Uint8Array.of>> {
    return readBytes(this.body);
  }

  /** All bytes as text in UTF-8. */
  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }

  /** All bytes as a `Blob` of the answer's media type. */
  async blob(): Promise<Blob> {
    return new Blob([await this.bytes()], { type: this.contentType ?? "" });
  }

  /** Gives up what has not been read, and frees the connection. Whoever is reading gets an {@link ApiAbortError}. */
  async cancel(): Promise<void> {
    // A body that is being read, or has been, cannot be cancelled by anybody but its reader.
    if (this.body.locked) this.#ended.abort();
    else await this.body.cancel();
  }
}

/** A compressed body is shorter on its way than when it is read. */
function lengthOf(headers: Headers): number | undefined {
  const length = headers.get("content-length");
  return length !== null && /^\d{1,15}$/.test(length) && !headers.has("content-encoding") ? Number(length) : undefined;
}

/** The name in a `Content-Disposition` (RFC 6266, 4.3), the extended form before the plain one. */
function filenameOf(disposition: string): string | undefined {
  const names = new Map<string, string>();
  // What looks like a parameter within quotes is none, so they are read one after another.
  for (const [, key = "", quoted, bare = ""] of disposition.matchAll(
    /;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^";]*))/g,
  )) {
    names.set(key.toLowerCase(), quoted?.replace(/\\(.)/g, "$1") ?? bare);
  }
  const extended = /^utf-8'[^']*'(.+)$/i.exec(names.get("filename*")?.trim() ?? "")?.[1];
  const name = decode(extended) ?? names.get("filename");
  return name === undefined ? undefined : baseName(name.replace(/\p{Cc}/gu, "").trim());
}

function decode(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function rangeOf(header: string): ContentRange | undefined {
  const [, first, last, size] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/.exec(header) ?? [];
  if (first === undefined) return undefined;
  return { first: Number(first), last: Number(last), size: size === "*" ? undefined : Number(size) };
}
