/** A JSON object nothing is known of yet. */
export type JsonObject = Record<string, unknown>;

/** Whether a value is an object with named members: no array, not null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as an object, or an empty one if it is something else. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
