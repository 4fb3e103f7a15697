/** Anything that JSON can say. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  [name: string]: Json;
}

/** The steps from a value to one of its parts: property names, and indexes of array items. */
export type Path = readonly (string | number)[];

/** Whether a value is an object with named members, and neither `null` nor an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a JSON value is an object. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return isObject(value);
}

/** Appends steps to a JSON pointer (RFC 6901). */
export function pointerTo(base: string, ...steps: Path): string {
  return base + steps.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The steps of a JSON pointer (RFC 6901), unescaped; indexes stay text. */
export function pointerSteps(pointer: string): string[] {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The part that a path leads to, or `undefined` where there is none. */
export function partAt(value: unknown, path: Path): unknown {
  let part = value;
  for (const step of path) {
    if (Array.isArray(part)) part = part[Number(step)];
    else if (isObject(part) && Object.hasOwn(part, step)) part = part[step];
    else return undefined;
  }
  return part;
}

/** A copy of a value with one part changed; a part that becomes `undefined` is taken out. */
export function withPart(value: Json, path: Path, part: Json | undefined): Json | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return part;
  if (Array.isArray(value)) {
    const items = [...value];
    const changed = withPart(items[Number(step)] ?? null, rest, part);
    if (changed === undefined) items.splice(Number(step), 1);
    else items[Number(step)] = changed;
    return items;
  }
  const members: JsonObject = isJsonObject(value) ? { ...value } : {};
  const changed = withPart(members[step] ?? null, rest, part);
  if (changed === undefined) delete members[step];
  else members[step] = changed;
  return members;
}

/** A path as people write it: `chatMessages[0].content`. */
export function readablePath(path: Path): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}

/** A value for a message: JSON, cut after `limit` characters (80 by default). */
export function brief(value: unknown, limit = 80): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > limit ? `${text.slice(0, limit)}… (${text.length} characters)` : text;
}
