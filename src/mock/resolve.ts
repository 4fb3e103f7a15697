import { type JsonObject, objectOf } from "./json.js";

/** Follows a reference into the description itself; a bundle has no others. A value that is none stays as it is. */
export function resolve(root: JsonObject, value: unknown): JsonObject {
  const { $ref } = objectOf(value);
  if (typeof $ref !== "string") return objectOf(value);
  const steps = $ref.replace(/^#\//, "").split("/");
  const keys = steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  return objectOf(keys.reduce<unknown>((node, key) => objectOf(node)[key], root));
}
