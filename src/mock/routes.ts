import type { PrismOperation } from "./prism-modules.js";

/** What a method and a path lead to. */
export type Match =
  | { kind: "operation"; operation: PrismOperation }
  /** The path exists, but not with this method. */
  | { kind: "method"; allow: string[] }
  | { kind: "none" };

interface Route {
  operation: PrismOperation;
  /** A text to be equal to, or a pattern for a segment with path parameters. */
  segments: (string | RegExp)[];
}

/**
 * Finds operations by method and path. `HEAD` leads to the operation of `GET` unless it has one of its own. Of several
 * paths that match, one with more literal segments at its beginning wins: `/memories/search` before `/memories/{id}`.
 */
export function createRoutes(operations: readonly PrismOperation[]): (method: string, path: string) => Match {
  const routes = operations.map((operation) => ({ operation, segments: operation.path.split("/").map(toSegment) }));
  routes.sort(bySpecificity);

  return (method, path) => {
    const segments = path.split("/").map(decodeURIComponent);
    const found = routes.filter((route) => matches(route, segments)).map(({ operation }) => operation);
    const methods = new Set(found.map((operation) => operation.method.toUpperCase()));
    if (methods.has("GET")) methods.add("HEAD");
    if (methods.size === 0) return { kind: "none" };
    const operation =
      found.find((one) => one.method.toUpperCase() === method) ??
      (method === "HEAD" ? found.find((one) => one.method === "get") : undefined);
    return operation ? { kind: "operation", operation } : { kind: "method", allow: [...methods, "OPTIONS"] };
  };
}

/** A path parameter matches at least one character: an empty id is a client's bug, and no server takes it for an id. */
function toSegment(template: string): string | RegExp {
  const literals = template.split(/\{[^}]*\}/);
  if (literals.length === 1) return template;
  const escaped = literals.map((literal) => literal.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${escaped.join("(.+)")}$`, "s");
}

function matches({ segments }: Route, path: readonly string[]): boolean {
  if (segments.length !== path.length) return false;
  return path.every((part, index) => {
    const segment = segments[index]!;
    return typeof segment === "string" ? segment === part : segment.test(part);
  });
}

function bySpecificity(a: Route, b: Route): number {
  for (const [index, segment] of a.segments.entries()) {
    const difference = Number(typeof segment !== "string") - Number(typeof b.segments[index] !== "string");
    if (difference !== 0) return difference;
  }
  return 0;
}
