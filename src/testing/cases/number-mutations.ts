import type { SchemaObject } from "../openapi.js";
import { typesOf } from "../schema-walk.js";
import type { Mutation } from "./mutation.js";

/** Numbers at each limit and one step beyond; numbers that are no multiple; numbers that overflow their format. */
export function numberMutations(schema: SchemaObject, value: number): Mutation[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = schema;
  const mutations: Mutation[] = [];
  const add = (kind: Mutation["kind"], keyword: string, wording: string, ...candidates: number[]) =>
    mutations.push({ kind, keyword, wording, candidates });
  const step = (limit: number) => multipleOf ?? smallStep(schema, limit);
  if (minimum !== undefined) {
    add("positive", "minimum", `is ${minimum}`, minimum);
    add("negative", "minimum", `below ${minimum}`, minimum - step(minimum));
  }
  if (maximum !== undefined) {
    if (maximum !== minimum) add("positive", "maximum", `is ${maximum}`, maximum);
    add("negative", "maximum", `above ${maximum}`, maximum + step(maximum));
  }
  if (exclusiveMinimum !== undefined) {
    add("positive", "exclusiveMinimum", `just above ${exclusiveMinimum}`, exclusiveMinimum + step(exclusiveMinimum));
    add("negative", "exclusiveMinimum", `is ${exclusiveMinimum}`, exclusiveMinimum);
  }
  if (exclusiveMaximum !== undefined) {
    add("positive", "exclusiveMaximum", `just below ${exclusiveMaximum}`, exclusiveMaximum - step(exclusiveMaximum));
    add("negative", "exclusiveMaximum", `is ${exclusiveMaximum}`, exclusiveMaximum);
  }
  if (multipleOf !== undefined) {
    add("negative", "multipleOf", `is no multiple of ${multipleOf}`, value + 1, value + multipleOf / 2);
  }
  if (format === "int32") add("negative", "format", "beyond int32", 2_147_483_648, -2_147_483_649);
  return mutations;
}

/** Beside a large limit a hundredth would be lost in rounding. */
function smallStep(schema: SchemaObject, limit: number): number {
  const types = typesOf(schema) ?? [];
  if (types.includes("integer") && !types.includes("number")) return 1;
  return Math.max(0.01, Math.abs(limit) * 1e-9);
}
