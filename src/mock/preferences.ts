import type { IncomingHttpHeaders } from "node:http";
import { HttpProblem } from "./problems.js";

/** Which of an operation's documented answers a caller wants. */
export interface Preferences {
  /** The status. */
  code?: number;
  /** The name of the example. */
  exampleKey?: string;
  /** Make a body up from the schema instead of sending an example. */
  dynamic?: boolean;
  /** Makes what is made up repeatable. */
  seed?: string;
}

/**
 * Reads the `Prefer` header, as in `Prefer: code=429, example=burst`. Preferences the mock does not know are ignored,
 * as RFC 7240 demands.
 *
 * @throws HttpProblem, a 400, if `code` or `dynamic` has a value that cannot be one.
 */
export function readPreferences(headers: IncomingHttpHeaders): Preferences {
  const given = new Map<string, string>();
  for (const preference of String(headers.prefer ?? "").split(/[,;]/)) {
    const [name = "", ...value] = preference.split("=");
    given.set(
      name.trim().toLowerCase(),
      value
        .join("=")
        .trim()
        .replace(/^"(.*)"$/, "$1"),
    );
  }
  const code = given.get("code");
  if (code !== undefined && !/^[1-5]\d\d$/.test(code)) {
    throw new HttpProblem(400, `Prefer: code must be an HTTP status such as 429; it is "${code}".`);
  }
  const dynamic = given.get("dynamic");
  if (dynamic !== undefined && dynamic !== "true" && dynamic !== "false") {
    throw new HttpProblem(400, `Prefer: dynamic must be true or false; it is "${dynamic}".`);
  }
  const exampleKey = given.get("example");
  const seed = given.get("seed");
  return {
    ...(code === undefined ? {} : { code: Number(code) }),
    ...(exampleKey === undefined ? {} : { exampleKey }),
    ...(dynamic === undefined ? {} : { dynamic: dynamic === "true" }),
    ...(seed === undefined ? {} : { seed }),
  };
}

/**
 * The `Accept` header without the parts that are no media range, which would make Prism throw; undefined if there is
 * none. Some HTTP libraries send a bare `*`.
 *
 * @param anything also accept any other media type, as a last resort: whoever asks a stream for its 429 gets the JSON
 *   that is documented, although the client accepts event streams only.
 */
export function readAccept(headers: IncomingHttpHeaders, anything: boolean): string | undefined {
  if (headers.accept === undefined) return undefined;
  const ranges = headers.accept.split(",").map((range) => range.trim());
  const valid = ranges.filter((range) =>
    /^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+(\s*;\s*[\w-]+=("[^"]*"|[\w.!#$&^+-]+))*$/.test(range),
  );
  if (valid.length === 0) return "*/*";
  return [...valid, ...(anything ? ["*/*;q=0.001"] : [])].join(", ");
}
