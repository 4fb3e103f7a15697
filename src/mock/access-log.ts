import type { IncomingMessage, ServerResponse } from "node:http";

/** One request and what became of it. Holds no header and no body, and neither credentials nor tokens. */
export interface AccessEntry {
  /** When the request arrived. */
  time: Date;
  method: string;
  /** Path and query, with the values of parameters masked that are named like a secret. */
  path: string;
  /** The status of the answer; 499 if it was not sent to its end, be it for the client or for a fault. */
  status: number;
  /** From the arrival to the end of the answer, in milliseconds. */
  durationMs: number;
  /** The API, if the path begins with one. */
  api?: string;
  /** The operation, if one was found. */
  operationId?: string;
  /** Why the request was refused or failed, in short parts; empty otherwise. */
  reasons: string[];
  /** What was thrown, if the mock itself failed. */
  error?: unknown;
}

/** What the handling of a request adds to its entry. */
export type AccessNotes = Pick<AccessEntry, "reasons"> & {
  api?: string;
  operation?: { iid?: string; path: string };
  /** The fault that the answer was given, as it was asked for. */
  fault?: string;
  error?: unknown;
};

/** Calls back once, when an answer is complete or its client has gone. */
export function logAccess(
  request: IncomingMessage,
  response: ServerResponse,
  notes: AccessNotes,
  onAccess: (entry: AccessEntry) => void,
): void {
  const time = new Date();
  const start = performance.now();
  response.once("close", () => {
    const complete = response.writableFinished;
    const { api, operation, error, fault } = notes;
    const broken = complete ? [] : ["the client closed the connection"];
    const reasons = [...(fault === undefined ? broken : [`fault: ${fault}`]), ...notes.reasons];
    onAccess({
      time,
      method: request.method ?? "GET",
      path: maskSecrets(request.url ?? "/", operation?.path),
      status: complete ? response.statusCode : 499,
      durationMs: performance.now() - start,
      ...(api === undefined ? {} : { api }),
      ...(operation?.iid === undefined ? {} : { operationId: operation.iid }),
      reasons,
      ...(error === undefined ? {} : { error }),
    });
  });
}

/**
 * Masks the values of query parameters that are named like a secret, and of such path parameters.
 *
 * @param target a request's target, as received.
 * @param template the path of its operation, if known; it may lack segments at its beginning.
 */
export function maskSecrets(target: string, template = ""): string {
  const [path = "", ...queries] = target.split("?");
  const names = template.split("/").reverse();
  const masked = path.split("/").reverse();
  for (const [index, name] of names.entries()) {
    if (/\{[^}]*(token|secret|password)[^}]*\}/i.test(name)) masked[index] = "***";
  }
  const query = queries.join("?").replace(/([^&=]+)=([^&]*)/g, (pair, name) => (isSecret(name) ? `${name}=***` : pair));
  return masked.reverse().join("/") + (queries.length > 0 ? `?${query}` : "");
}

function isSecret(name: string): boolean {
  let decoded = name;
  try {
    decoded = decodeURIComponent(name);
  } catch {
    // The name cannot hide anything in an encoding that no server can read either.
  }
  return /token|key|secret|password/i.test(decoded);
}
