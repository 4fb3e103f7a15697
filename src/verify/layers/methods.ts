import type { Case, Description, Operation } from "../../testing/index.js";
import { pointerTo } from "../../testing/json.js";
import { validCase } from "../cases-for-run.js";
import { authorizationFor, type Run, report } from "../context.js";
import type { Exchange } from "../exchange.js";
import type { Observation } from "../finding.js";
import type { Task } from "./task.js";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** Each path with the methods that are not documented for it; without `write` only GET, since nobody knows what they do. */
export function methodTasks(run: Run): Task[] {
  const paths = new Map(run.selected.map((operation) => [operation.path, operation]));
  return [...paths.values()].map((operation) => ({
    operationId: operation.operationId,
    priority: 2,
    run: () => tryMethods(run, operation),
  }));
}

async function tryMethods(run: Run, operation: Operation): Promise<void> {
  const base = await validCase(run, operation);
  const authorization = authorizationFor(run, operation);
  if (!base || !authorization) return;
  const documented = methodsAt(run.description, base.path);
  for (const method of METHODS) {
    if (documented.has(method) || (method !== "GET" && !run.settings.write)) continue;
    const { operationId, path, query, headers, cookies } = base;
    const bare = {
      operationId,
      path,
      query,
      headers,
      cookies,
      pointer: operation.place.pointer,
      evidence: base.evidence,
    };
    const made: Case = { ...bare, id: `${operationId}: ${method}`, kind: "negative", method, expect: "client-error" };
    const exchange = await run.sender.send(made, { label: `${method} instead of ${operation.method}`, authorization });
    report(run, operation, made, exchange, judgeMethod(operation, method, documented, exchange));
  }
}

/** What the description has for a concrete path: more than one template can match it. */
function methodsAt({ operations }: Description, path: string): Set<string> {
  const matching = operations.filter((operation) => {
    const escaped = operation.path.replace(/[\\^$.*+?()[\]|]/g, "\\$&").replace(/\{[^}]+\}/g, "[^/]+");
    return new RegExp(`^${escaped}$`).test(path);
  });
  return new Set(matching.map(({ method }) => method));
}

function judgeMethod(
  { operationId, place, path }: Operation,
  method: string,
  documented: ReadonlySet<string>,
  { answer }: Exchange,
): Observation[] {
  if (!answer) return [];
  const { status, headers } = answer;
  const about = { operationId, pointer: pointerTo("/paths", path), evidence: place.evidence, received: String(status) };
  const methods = [...documented].join(", ");
  if (status === 500) {
    return [{ ...about, check: "server-error", message: `The server failed over ${method}.`, expected: "405" }];
  }
  if (status < 300) {
    const message = `${method} is not documented for this path, but was answered with success.`;
    return [{ ...about, check: "method-accepted", message, expected: `4xx; documented are ${methods}` }];
  }
  if (status !== 405) return [];
  const allow = headers.get("allow");
  const allowed = new Set((allow ?? "").split(",").map((one) => one.trim().toUpperCase()));
  if (allow === null) {
    const message = "A 405 has to say in Allow what is allowed (RFC 9110, 15.5.6).";
    return [{ ...about, check: "allow-header", location: "Allow", message, expected: methods }];
  }
  if ([...documented].every((one) => allowed.has(one))) return [];
  const message = "Allow leaves out a method that is documented.";
  return [
    { ...about, check: "allow-header", fault: "F201", location: "Allow", message, expected: methods, received: allow },
  ];
}
