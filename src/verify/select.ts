import type { Description, Operation } from "../testing/index.js";
import { matchesAny } from "./globs.js";
import type { Settings } from "./options.js";
import { UnknownNameError } from "./unknown-name.js";

/** An operation that is not verified, with the reason. */
export interface LeftOutOperation {
  readonly operationId: string;
  readonly reason: string;
}

/** Whether sending an operation changes nothing: it says so itself, or else its method does. */
export function isRead({ operation, method }: Operation): boolean {
  const stated = operation["x-retry-safe"];
  return typeof stated === "boolean" ? stated : method === "GET" || method === "HEAD";
}

/** Whether an operation may end the credential, or the server: it has to come last. */
export function isParting({ operation, path }: Operation): boolean {
  return /log-?out|sign-?out|revoke|shut-?down|restart|apply/i.test(`${String(operation["x-sdk"] ?? "")} ${path}`);
}

/**
 * Which operations are verified, and why the others are not.
 *
 * @throws Error if a glob or a tag selects nothing, with what there is.
 */
export function selectOperations(
  { api, operations }: Description,
  settings: Pick<Settings, "only" | "skip" | "tags" | "write">,
): { selected: Operation[]; leftOut: LeftOutOperation[] } {
  const { only = [], skip = [], tags = [], write } = settings;
  const ids = operations.map(({ operationId }) => operationId);
  for (const glob of [...only, ...skip]) {
    if (ids.some((id) => matchesAny([glob], id))) continue;
    throw new SelectionError(`No operation of ${api} is called "${glob}".`, glob, ids);
  }
  const known = [...new Set(operations.flatMap(tagsOf))];
  for (const tag of tags) {
    if (!known.includes(tag)) throw new SelectionError(`No operation of ${api} has the tag "${tag}".`, tag, known);
  }
  const selected: Operation[] = [];
  const leftOut: LeftOutOperation[] = [];
  for (const operation of operations) {
    const { operationId } = operation;
    const chosen =
      (only.length === 0 || matchesAny(only, operationId)) &&
      (tags.length === 0 || tagsOf(operation).some((tag) => tags.includes(tag))) &&
      !matchesAny(skip, operationId);
    if (!chosen) leftOut.push({ operationId, reason: "not selected" });
    else if (!write && !isRead(operation)) leftOut.push({ operationId, reason: "can change something: needs --write" });
    else selected.push(operation);
  }
  return { selected, leftOut };
}

/** A glob or a tag that selects nothing. */
export class SelectionError extends UnknownNameError {
  override readonly name = "SelectionError";
}

function tagsOf({ operation }: Operation): string[] {
  const { tags } = operation as { tags?: unknown };
  return Array.isArray(tags) ? tags.map(String) : [];
}
