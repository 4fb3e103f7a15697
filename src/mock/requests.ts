import type { IncomingMessage } from "node:http";
import { readAccept } from "./preferences.js";
import type { PrismOperation, PrismRequest } from "./prism-modules.js";
import { HttpProblem } from "./problems.js";

/** The longest request body the mock takes, in bytes: 20 MiB. */
export const bodyLimit = 20 * 1024 * 1024;

/** A body, or a header that describes it, cannot be read at all, so there is nothing to hold against a schema. */
export class MalformedRequest extends Error {
  override readonly name = "MalformedRequest";
}

/**
 * Reads a request's target.
 *
 * @throws HttpProblem, a 400, if it is no URL or its path is not percent-encoded properly.
 */
export function readTarget({ url = "/" }: IncomingMessage): URL {
  try {
    // A path that begins with two slashes would be read as a host; only a proxy's client sends a whole URL.
    const target = new URL(url.startsWith("/") ? `http://mock${url}` : url);
    decodeURIComponent(target.pathname);
    return target;
  } catch {
    throw new HttpProblem(400, "The address cannot be read. Is every % in it followed by two hexadecimal digits?");
  }
}

/**
 * Reads a request's whole body.
 *
 * @throws HttpProblem, a 413, if it is longer than {@link bodyLimit}; a 400 if the client stops before its end.
 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // Breaking out of the loop would destroy the connection before the client has read why.
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length <= bodyLimit) chunks.push(chunk);
      else chunks.length = 0;
    }
  } catch {
    throw new HttpProblem(400, "The body ended early.");
  }
  if (length <= bodyLimit) return Buffer.concat(chunks);
  throw new HttpProblem(413, `The body has ${length} bytes; the mock takes at most ${bodyLimit}.`);
}

/** The request as Prism takes it, but for its body. */
export function toPrismRequest(
  request: IncomingMessage,
  path: string,
  query: URLSearchParams,
  operation: PrismOperation,
  options: { bodyLength: number; acceptAnything: boolean },
): PrismRequest {
  return {
    method: operation.method,
    // Prism takes a bare comma in a path for a list, even where the parameter is one string.
    url: { path: path.replaceAll(",", "%2C"), query: readQuery(query) },
    headers: readHeaders(request, options),
    body: undefined,
  };
}

function readQuery(parameters: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length === 1 ? values[0]! : values];
    }),
  );
}

function readHeaders(
  { headers }: IncomingMessage,
  { bodyLength, acceptAnything }: { bodyLength: number; acceptAnything: boolean },
): Record<string, string> {
  const read: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) read[name] = String(value);
  const accept = readAccept(headers, acceptAnything);
  if (accept !== undefined) read.accept = accept;
  // Names of schemes are case-insensitive; Prism knows only this spelling of the commonest one.
  if (read.authorization) read.authorization = read.authorization.replace(/^bearer(?=\s)/i, "Bearer");
  // Prism looks at the content type only when there is a length, which a chunked body does not have.
  read["content-length"] = String(bodyLength);
  return read;
}

/**
 * Decodes a body by its content type: JSON becomes a value, anything else text. A body without a content type is taken
 * for what the operation documents first.
 *
 * @throws MalformedRequest if the body is not what its content type says, or that is no media type.
 */
export function decodeBody(raw: Buffer, contentType: string | undefined, operation: PrismOperation): unknown {
  if (contentType !== undefined && !/^\s*[\w!#$&^.+-]+\/[\w!#$&^.+-]+\s*(;|$)/.test(contentType)) {
    throw new MalformedRequest("the Content-Type header is no media type");
  }
  if (raw.length === 0) return undefined;
  const mediaType = contentType ?? operation.request?.body?.contents?.[0]?.mediaType ?? "";
  const text = raw.toString("utf8");
  if (isJson(mediaType)) return parseJson(text);
  if (/^application\/x-www-form-urlencoded\b/i.test(mediaType)) checkPercentEncoding(text);
  return text;
}

/** Whether a media type is `application/json` or one that ends in `+json`. */
export function isJson(mediaType: string): boolean {
  return /^[^;]*[/+]json\s*(;|$)/i.test(mediaType);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own message may quote the body, and a body may hold a password.
    throw new MalformedRequest("the body is not valid JSON");
  }
}

function checkPercentEncoding(text: string): void {
  try {
    decodeURIComponent(text);
  } catch {
    throw new MalformedRequest("the form has a % that is not followed by two hexadecimal digits");
  }
}
