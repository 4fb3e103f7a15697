import { camelCase, componentName, pascalCase } from "../../clients/names.js";
import type { Reference, Schema } from "../../openapi.js";

/** Whether something can be a variable as it is called. */
export function isVariable(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name) && !reserved.test(name);
}

const reserved =
  /^(default|delete|new|function|enum|import|export|package|class|switch|case|in|is|of|void|null|data|error|event)$/;

/**
 * A variable for a value of a type: `memory` for `Memory`.
 *
 * @param fallback stands in where the name would be long, taken or a word of the language.
 */
export function variableName(type: string, fallback: string, taken: readonly string[]): string {
  const name = /^[A-Z]\w*$/.test(type) && type !== "Download" ? camelCase(type) : fallback;
  // A long name says less than a plain one, since the method is beside it.
  return reserved.test(name) || taken.includes(name) || name.length > 20 ? fallback : name;
}

/** A variable for an item of a list. */
export function itemName(node: Schema | Reference | undefined, taken: readonly string[]): string {
  const name = node && "$ref" in node && typeof node.$ref === "string" ? componentName(node.$ref) : undefined;
  return variableName(pascalCase(name ?? ""), "item", taken);
}

/** `memories` of `memory`. */
export function plural(name: string): string {
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : name.endsWith("s") ? name : `${name}s`;
}
