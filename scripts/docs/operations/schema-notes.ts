import type { Schema } from "../../openapi.js";

/** What a schema says of its values besides their type, each as a piece of inline Markdown. */
export function schemaNotes(schema: Schema): string[] {
  const { enum: values, default: fallback, pattern } = schema;
  const notes = [range(schema, "minimum", "maximum", ""), lengths(schema), items(schema)];
  if (Array.isArray(values) && values.length > 6) notes.push(`One of ${values.map(literal).join(", ")}.`);
  if (typeof pattern === "string") notes.push(`Pattern ${literal(pattern)}.`);
  if (fallback !== undefined) notes.push(`Default ${literal(fallback)}.`);
  return notes.filter((note) => note !== "");
}

function lengths(schema: Schema): string {
  return range(schema, "minLength", "maxLength", " characters");
}

function items(schema: Schema): string {
  return range(schema, "minItems", "maxItems", " items");
}

function range(schema: Schema, least: string, most: string, unit: string): string {
  const [from, to] = [schema[least], schema[most]];
  if (from === undefined && to === undefined) return "";
  if (to === undefined) return `At least ${counted(from, unit)}.`;
  if (from === undefined) return `At most ${counted(to, unit)}.`;
  return from === to ? `Exactly ${counted(to, unit)}.` : `${from} to ${counted(to, unit)}.`;
}

function counted(number: unknown, unit: string): string {
  return `${number}${number === 1 ? unit.replace(/s$/, "") : unit}`;
}

/** A value as code; a text without quotes. */
function literal(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const ticks = text.includes("`") ? "``" : "`";
  return text === "" ? "the empty string" : `${ticks}${text}${ticks}`;
}
