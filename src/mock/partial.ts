import type { IncomingHttpHeaders } from "node:http";
import type { Message } from "./message.js";

/** Gives the documented message with a status, or undefined if none is described. */
export type Documented = (status: number) => Promise<Message | undefined>;

/**
 * Answers a conditional request, or one for a part (RFC 9110, sections 13 and 14): 304 to an `If-None-Match` that has the
 * answer's `ETag`, and 206 or 416 to a `Range` of bytes, each only where the description has it. Of several ranges in one
 * request none is honoured, which HTTP allows.
 *
 * @param message the whole answer, a 200; or a 206 that was asked for outright, of all the bytes.
 */
export async function asConditionsSay(
  headers: IncomingHttpHeaders,
  message: Message,
  documented: Documented,
): Promise<Message> {
  if (message.status === 200 && isKnown(headers["if-none-match"], message.headers.etag)) {
    const fresh = await documented(304);
    if (fresh) return { ...fresh, headers: { ...fresh.headers, etag: message.headers.etag } };
  }
  if (message.status !== 200 && message.status !== 206) return message;
  const bytes = Buffer.from(message.payload ?? "");
  const asked = appliesTo(headers["if-range"], message) ? readRange(headers.range, bytes.length) : undefined;
  const whole = message.status === 206 && bytes.length > 0 ? { first: 0, last: bytes.length - 1 } : undefined;
  const range = asked ?? whole;
  if (range === undefined) return message;
  const partial = message.status === 206 ? message : await documented(206);
  if (!partial) return message;
  if (range === "outside") {
    const refusal = (await documented(416)) ?? { status: 416, headers: {}, payload: "" };
    return { ...refusal, headers: { ...refusal.headers, "content-range": `bytes */${bytes.length}` } };
  }
  const { first, last } = range;
  return {
    status: 206,
    // Those of the whole too, as its media type and its ETag are those of the part.
    headers: { ...partial.headers, ...message.headers, "content-range": `bytes ${first}-${last}/${bytes.length}` },
    payload: bytes.subarray(first, last + 1),
  };
}

/** Weak comparison, which is right for `If-None-Match` (RFC 9110, section 8.8.3.2). */
function isKnown(condition: string | undefined, etag: unknown): boolean {
  if (condition === undefined || etag === undefined) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, "");
  return condition.trim() === "*" || condition.split(",").some((tag) => opaque(tag) === opaque(String(etag)));
}

/** `If-Range` compares strongly, so a weak ETag never matches (RFC 9110, section 13.1.5). */
function appliesTo(condition: string | string[] | undefined, { headers }: Message): boolean {
  if (condition === undefined) return true;
  if (String(condition).startsWith("W/")) return false;
  return condition === headers.etag || condition === headers["last-modified"];
}

/** The one range of a `Range` header; undefined if there is none, or none that can be understood. */
function readRange(
  header: string | undefined,
  length: number,
): { first: number; last: number } | "outside" | undefined {
  const [, from = "", to = ""] = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? "") ?? [];
  if (from === "" && to === "") return undefined;
  if (from === "")
    return to === "0" || length === 0 ? "outside" : { first: Math.max(0, length - Number(to)), last: length - 1 };
  if (to !== "" && Number(to) < Number(from)) return undefined;
  if (Number(from) >= length) return "outside";
  return { first: Number(from), last: Math.min(to === "" ? length : Number(to), length - 1) };
}
