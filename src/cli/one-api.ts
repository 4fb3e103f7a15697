import { listApis } from "../bundles.js";
import { UsageError } from "./errors.js";

/**
 * The API that a command line names.
 *
 * @param command what was called, for the hint.
 * @throws UsageError if none is named, or more than one. Whether it exists is not looked at.
 */
export function oneApi(command: string, [api, ...others]: readonly string[]): string {
  if (api !== undefined && others.length === 0) return api;
  throw new UsageError("One API has to be named.", `The APIs are: ${listApis().join(", ")}. See "${command} --help".`);
}
