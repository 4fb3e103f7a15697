import { isObject, type JsonObject } from "../json.js";
import { resolve } from "../resolve.js";

/**
 * Whether a value is what a schema asks for, as far as its form goes: types, members, items, alternatives, and limits of
 * texts and numbers. Requests are validated by Prism; this tells what an answer may show of what a request has brought.
 */
export function conforms(root: JsonObject, schema: unknown, value: unknown): boolean {
  if (schema === false) return false;
  const found = resolve(root, schema);
  const list = (key: string) => (Array.isArray(found[key]) ? (found[key] as unknown[]) : undefined);
  const fits = (one: unknown) => conforms(root, one, value);
  if (found.type !== undefined && ![found.type].flat().includes(typeOf(value))) {
    if (!(Number.isInteger(value) && [found.type].flat().includes("number"))) return false;
  }
  if ("const" in found && found.const !== value) return false;
  if (list("enum")?.includes(value) === false) return false;
  if (list("allOf")?.every(fits) === false || list("anyOf")?.some(fits) === false) return false;
  if (list("oneOf") && list("oneOf")?.filter(fits).length !== 1) return false;
  if (typeof value === "string") return textFits(found, value);
  if (typeof value === "number")
    return Number(found.minimum ?? value) <= value && value <= Number(found.maximum ?? value);
  if (Array.isArray(value)) {
    const enough =
      value.length >= Number(found.minItems ?? 0) && value.length <= Number(found.maxItems ?? value.length);
    return enough && (found.items === undefined || value.every((item) => conforms(root, found.items, item)));
  }
  if (!isObject(value)) return true;
  const { properties } = found;
  const complete = list("required")?.every((name) => Object.hasOwn(value, String(name))) ?? true;
  if (!complete || !isObject(properties)) return complete;
  return Object.entries(value).every(
    ([name, member]) => !Object.hasOwn(properties, name) || conforms(root, properties[name], member),
  );
}

function textFits({ pattern, minLength, maxLength }: JsonObject, value: string): boolean {
  const length = [...value].length;
  if (length < Number(minLength ?? 0) || length > Number(maxLength ?? length)) return false;
  return typeof pattern !== "string" || new RegExp(pattern, "u").test(value);
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}
