import type { OutgoingHttpHeaders } from "node:http";
import type { Answer } from "./problems.js";
import type { Refusals } from "./refusals.js";
import { isJson } from "./requests.js";

/** An answer as it goes over the wire, but for its framing: how long it is, and in which pieces it is sent. */
export interface Message {
  status: number;
  /** By lower-case name. */
  headers: OutgoingHttpHeaders;
  /** Undefined for an answer without a body. */
  payload: string | Buffer | undefined;
}

/** Node frames the answer itself, and an example of a compressed answer is not compressed. */
const dropped = new Set(["connection", "content-encoding", "content-length", "keep-alive", "transfer-encoding"]);

/** Some clients take no more than 8 KiB of headers in all, so half of that is for what Prism found, in characters. */
const violationsLimit = 4096;

/** Writes an answer down. */
export function toMessage({ status, headers: documented, body, violations }: Answer): Message {
  const headers = toHeaders(documented);
  const bodiless = status === 204 || status === 304;
  const payload = bodiless ? undefined : encode(body, String(headers["content-type"] ?? ""));
  if (payload === undefined) delete headers["content-type"];
  else headers["content-type"] = concreteType(headers["content-type"]);
  if (violations?.length) headers["sl-violations"] = violationsHeader(violations);
  return { status, headers, payload };
}

/** Whether a message is a stream of server-sent events. */
export function isEventStream({ headers }: Message): boolean {
  return /^text\/event-stream\s*(;|$)/i.test(String(headers["content-type"] ?? ""));
}

function toHeaders(documented: Record<string, unknown>): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {};
  for (const [written, value] of Object.entries(documented)) {
    const name = written.toLowerCase();
    if (value === null || value === undefined || dropped.has(name)) continue;
    // Cookies are the one kind of header that must not be joined with commas.
    headers[name] = Array.isArray(value) && name === "set-cookie" ? value.map(String) : String(value);
  }
  return headers;
}

function encode(body: unknown, mediaType: string): string | Buffer | undefined {
  if (body === undefined || Buffer.isBuffer(body)) return body;
  // Without an example and a schema Prism makes up JSON.
  if (body === null && !isJson(mediaType)) return "";
  if (typeof body === "string" && !isJson(mediaType)) return body;
  return JSON.stringify(body);
}

/** A description may promise `image/*`, but an answer is of one type; and texts are sent as UTF-8. */
function concreteType(documented: unknown): string {
  const type = String(documented ?? "application/json");
  if (type.startsWith("text/*")) return "text/plain; charset=utf-8";
  if (type.includes("*")) return "application/octet-stream";
  return type.startsWith("text/") && !/;\s*charset=/i.test(type) ? `${type}; charset=utf-8` : type;
}

function violationsHeader(violations: Refusals["violations"]): string {
  const json = JSON.stringify(violations.slice(0, 10));
  const ascii = json.replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return ascii.length <= violationsLimit ? ascii : JSON.stringify(violations.slice(0, 1)).slice(0, violationsLimit);
}
