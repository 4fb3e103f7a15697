import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../package-root.js";
import type { Exchange } from "./exchange.js";
import type { Redaction } from "./redaction.js";

/** As much is kept of a body, in characters. */
const BODY_LIMIT = 1_000_000;

/** What an entry of an archive takes of an exchange. */
export type Recorded = Omit<Exchange, "operationId" | "made">;

/** Every exchange as an HTTP Archive 1.2, for other tools; credentials and secrets are masked. */
export function har(exchanges: readonly Exchange[], redaction: Redaction): string {
  const entries = exchanges.map((exchange) => harEntry(exchange, redaction));
  return `${JSON.stringify({ log: { version: "1.2", creator: creator(), entries } }, null, 1)}\n`;
}

/** Who has written an archive. */
export function creator(): { name: string; version: string } {
  const { version } = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as { version: string };
  return { name: "agent-apis", version };
}

/** An exchange as an entry of an archive. */
export function harEntry(exchange: Recorded, redaction: Redaction) {
  const { request, answer, failure, started, durationMs, headersMs, label } = exchange;
  const url = redaction.url(request.url);
  const pairs = (all: Iterable<readonly [string, string]>) =>
    [...all].map(([name, value]) => ({ name, value: redaction.header(name, value) }));
  const type = request.headers.find(([name]) => name === "content-type")?.[1] ?? "";
  return {
    startedDateTime: started.toISOString(),
    time: durationMs,
    comment: label,
    request: {
      method: request.method,
      url,
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: pairs(request.headers),
      queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
      headersSize: -1,
      bodySize: request.body === undefined ? 0 : Buffer.byteLength(request.body),
      ...(request.body === undefined
        ? {}
        : { postData: { mimeType: type, text: redaction.request(request.body).slice(0, BODY_LIMIT) } }),
    },
    response: {
      status: answer?.status ?? 0,
      statusText: answer?.statusText ?? "",
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: answer ? pairs(answer.headers) : [],
      content: content(exchange, redaction),
      redirectURL: redaction.request(answer?.headers.get("location") ?? ""),
      headersSize: -1,
      bodySize: answer?.body.length ?? -1,
      // How the reading ended, which the format has no place for; its own fields begin with a letter.
      ...(answer ? { _end: answer.end } : {}),
      ...(failure ? { comment: failure.message } : {}),
    },
    cache: {},
    timings: { send: 0, wait: headersMs, receive: Math.max(0, durationMs - headersMs) },
  };
}

/** Text is kept as text without its secrets; of other bytes only how many there were, for secrets cannot be seen in them. */
function content({ answer }: Recorded, redaction: Redaction) {
  const mimeType = answer?.headers.get("content-type") ?? "";
  const size = answer?.body.length ?? 0;
  if (!answer || !/json|text|xml|urlencoded/i.test(mimeType)) return { size, mimeType };
  return { size, mimeType, text: redaction.body(new TextDecoder().decode(answer.body).slice(0, BODY_LIMIT)) };
}
