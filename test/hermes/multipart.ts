import { type HermesRequest, longestBody, Refusal } from "./wire.js";

/** A part of a `multipart/form-data` body. */
export interface Part {
  readonly name: string;
  /** As it was sent; `undefined` for what is no file. */
  readonly filename: string | undefined;
  readonly type: string | undefined;
  readonly content: Buffer;
}

/** Reads a form as it came over the wire (RFC 7578). */
export function readForm({ headers, body }: HermesRequest): Part[] {
  if (body.length > longestBody) throw new Refusal(413, "File too large (max 20MB)");
  const boundary = /boundary="?([^";]+)"?/.exec(headers["content-type"] ?? "")?.[1];
  if (boundary === undefined) throw new Refusal(400, "No boundary in Content-Type");
  const parts: Part[] = [];
  const delimiter = `--${boundary}`;
  for (let at = body.indexOf(delimiter); at >= 0; ) {
    const next = body.indexOf(delimiter, at + delimiter.length);
    if (next < 0) break;
    // Between the line break that ends the delimiter and the one that begins the next.
    parts.push(readPart(body.subarray(at + delimiter.length + 2, next - 2)));
    at = next;
  }
  return parts;
}

function readPart(part: Buffer): Part {
  const end = part.indexOf("\r\n\r\n");
  const head = part.subarray(0, end).toString();
  return {
    name: /[; ]name="([^"]*)"/.exec(head)?.[1] ?? "",
    filename: /filename="([^"]*)"/.exec(head)?.[1],
    type: /^content-type: *(.*)$/im.exec(head)?.[1]?.trim(),
    content: part.subarray(end + 4),
  };
}
