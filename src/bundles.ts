import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "./package-root.js";

const folder = join(packageRoot, "generated");

/** An API was asked for that there is no description of. */
export class UnknownApiError extends Error {
  override readonly name = "UnknownApiError";

  /**
   * @param api the name that was asked for.
   * @param known the names there are.
   */
  constructor(
    readonly api: string,
    readonly known: readonly string[],
  ) {
    super(`There is no API named "${api}". Known: ${known.join(", ")}.`);
  }
}

/** The names of the APIs this package describes, in alphabetical order. */
export function listApis(): string[] {
  return readdirSync(folder)
    .filter((api) => existsSync(join(folder, api, "openapi.json")))
    .sort();
}

/**
 * Reads the bundled OpenAPI description of an API. Every call returns a new object, which the caller may change.
 *
 * @param api a name from {@link listApis}.
 * @throws UnknownApiError if there is no such API.
 */
export function readBundle(api: string): object {
  const known = listApis();
  if (!known.includes(api)) throw new UnknownApiError(api, known);
  return JSON.parse(readFileSync(join(folder, api, "openapi.json"), "utf8"));
}
