import type { Description, Operation } from "../../testing/index.js";

/** An operation that a request is for, and the values in its path, percent-decoded. */
export interface Match {
  readonly operation: Operation;
  readonly values: ReadonlyMap<string, string>;
}

/**
 * Makes the function that finds the operation of a request. Of several that match, that with the fewest parameters in its
 * path is meant: "concrete" before "templated" (OpenAPI 3.2, Paths Object, "Path Templating Matching").
 */
export function operationFinder({ operations }: Description): (method: string, path: string) => Match | undefined {
  const candidates = operations
    .map((operation) => ({ operation, names: namesIn(operation.path), pattern: patternOf(operation.path) }))
    .sort((a, b) => a.names.length - b.names.length);
  return (method, path) => {
    for (const { operation, names, pattern } of candidates) {
      const found = operation.method === method.toUpperCase() ? pattern.exec(path) : null;
      if (found)
        return { operation, values: new Map(names.map((name, index) => [name, decoded(found[index + 1] ?? "")])) };
    }
    return undefined;
  };
}

/** A pattern for the paths of a template, each value a group. */
export function patternOf(template: string, end = "$"): RegExp {
  const pieces = template.split(/\{[^}]+\}/).map((piece) => piece.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${pieces.join("([^/]+)")}${end}`);
}

function namesIn(template: string): string[] {
  return [...template.matchAll(/\{([^}]+)\}/g)].map(([, name = ""]) => name);
}

/** A text whose percent signs are none of the encoding stays as it is. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
