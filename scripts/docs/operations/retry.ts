import { STATUS_CODES } from "node:http";
import { isRetryableStatus, isSafe, retryPolicy } from "../../../runtime/retry.js";
import type { Method } from "../../clients/model.js";
import type { OpenApiDocument } from "../../openapi.js";

/** When the client of an API sends an operation again by itself, in a sentence or two. */
export function retryRule(document: OpenApiDocument, { placed }: Method): string {
  const { "x-client": facts } = document;
  const { operation, method } = placed;
  const { attempts, maxDelayMs, jitterMs } = retryPolicy(facts?.retry);
  const safe = isSafe(method.toUpperCase(), operation["x-retry-safe"]);
  const refused = facts?.retryRefused !== false;
  const times = `up to ${attempts} attempts in all`;
  const wait = `The wait is the server's if it names one of at most ${maxDelayMs / 1000} s${jitterMs > 0 ? `, plus up to ${jitterMs} ms` : ""}; else it is random and grows.`;
  if (safe) {
    const why = method === "get" || method === "head" ? "It only reads" : "It only reads, although it is a POST";
    return `${why}: the client sends it again after a connection error, a timeout before the answer, or ${listed(safe, refused)}, ${times}. ${wait}`;
  }
  const why = method === "get" ? "Although it is a GET, it changes something" : "It may change something";
  if (!refused) return `${why}: the client never sends it again by itself.`;
  return `${why}: the client sends it again after ${listed(safe, refused)} alone, since a request over the limit was not acted on, ${times}. ${wait}`;
}

/** The statuses after which something is sent again. */
function listed(safe: boolean, refused: boolean): string {
  const statuses = Object.keys(STATUS_CODES)
    .map(Number)
    .filter((status) => isRetryableStatus(status, safe, refused));
  return statuses.length === 1 ? String(statuses[0]) : `${statuses.slice(0, -1).join(", ")} or ${statuses.at(-1)}`;
}

/** Whether the client sends an operation again after a status. */
export function isSentAgain(document: OpenApiDocument, { placed }: Method, status: number): boolean {
  const safe = isSafe(placed.method.toUpperCase(), placed.operation["x-retry-safe"]);
  return isRetryableStatus(status, safe, document["x-client"]?.retryRefused !== false);
}
