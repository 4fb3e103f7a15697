import type { OperationDeclaration } from "../mock/state/declaration.js";
import { hasMembers } from "../mock/state/values.js";
import type { Operation } from "../testing/index.js";
import type { Thing } from "./things.js";

/** Whether a list leaves a thing out whatever is asked, as its `x-state` says; see `specs/README.md`. */
export function isLeftOut({ operation }: Operation, thing: Thing): boolean {
  const { hide = [] } = (operation["x-state"] ?? {}) as OperationDeclaration;
  return hide.some(({ when, unless, given }) => !unless && !given && hasMembers(thing, when));
}
