import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { allowOrigin } from "./cors.js";
import type { Answer } from "./problems.js";
import { isJson } from "./requests.js";

/** Node frames the answer itself, and an example of a compressed answer is not compressed. */
const dropped = new Set(["connection", "content-encoding", "content-length", "keep-alive", "transfer-encoding"]);

/** Some clients take no more than 8 KiB of headers in all, so half of that is for what Prism found, in characters. */
const violationsLimit = 4096;

/**
 * Sends an answer.
 *
 * @throws if a header's example cannot be a header's value; nothing has been sent then.
 */
export function writeAnswer(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const headers = toHeaders(answer.headers);
  const bodiless = answer.status === 204 || answer.status === 304;
  const payload = bodiless ? undefined : encode(answer.body, String(headers["content-type"] ?? ""));
  if (payload === undefined) delete headers["content-type"];
  else headers["content-type"] = concreteType(headers["content-type"]);
  if (!bodiless) headers["content-length"] = Buffer.byteLength(payload ?? "");
  if (answer.violations?.length) headers["sl-violations"] = violationsHeader(answer.violations);
  allowOrigin(request, headers);
  response.writeHead(answer.status, headers);
  response.end(request.method === "HEAD" ? undefined : payload);
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
  // Bytes without an example: Prism makes up JSON for lack of a schema.
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

function violationsHeader(violations: NonNullable<Answer["violations"]>): string {
  const json = JSON.stringify(violations.slice(0, 10));
  const ascii = json.replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return ascii.length <= violationsLimit ? ascii : JSON.stringify(violations.slice(0, 1)).slice(0, violationsLimit);
}
