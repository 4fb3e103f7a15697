import type { Oas3Decorator } from "@redocly/openapi-core";
import type { Schema } from "../openapi.js";

/** Says a schema's limits in its description, since TypeScript's types cannot express them and their JSDoc should. */
export const limitNotes: Oas3Decorator = () => ({
  Schema: {
    leave(node: object) {
      const schema = node as Schema;
      const limits = describeLimits(schema);
      if (limits)
        schema.description = [schema.description?.trimEnd(), `Limits: ${limits}.`].filter(Boolean).join("\n\n");
    },
  },
});

/** A schema's limits in words: `1 to 10,000 characters`; an empty string if it has none. */
export function describeLimits(schema: Schema): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, pattern } = schema;
  return [
    range(schema.minLength, schema.maxLength, " characters"),
    range(schema.minItems, schema.maxItems, " items"),
    range(minimum, maximum, ""),
    typeof exclusiveMinimum === "number" ? `more than ${show(exclusiveMinimum)}` : "",
    typeof exclusiveMaximum === "number" ? `less than ${show(exclusiveMaximum)}` : "",
    typeof multipleOf === "number" ? `a multiple of ${show(multipleOf)}` : "",
    typeof pattern === "string" ? `matches \`${pattern}\`` : "",
  ]
    .filter(Boolean)
    .join(", ");
}

function range(least: unknown, most: unknown, unit: string): string {
  if (typeof least === "number" && typeof most === "number") return `${show(least)} to ${show(most)}${unit}`;
  if (typeof least === "number") return `at least ${show(least)}${unit}`;
  if (typeof most === "number") return `at most ${show(most)}${unit}`;
  return "";
}

const show = (value: number) => value.toLocaleString("en-US", { maximumFractionDigits: 20 });
