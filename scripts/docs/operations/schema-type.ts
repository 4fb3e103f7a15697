import { componentName } from "../../clients/names.js";
import { type OpenApiDocument, type Reference, resolve, type Schema } from "../../openapi.js";

/** The type of a schema in words, short enough for one line: `string or null`, `array of Memory`, `"a" | "b"`. */
export function schemaType(document: OpenApiDocument, node: Schema | Reference | undefined): string {
  if (!node) return "any";
  const schema = resolve<Schema>(document, node);
  const name = "$ref" in node && typeof node.$ref === "string" ? componentName(node.$ref) : undefined;
  const values = literals(schema);
  if (values) return values;
  const variants = schema.oneOf ?? schema.anyOf;
  if (variants) return name ?? distinct(variants.map((variant) => schemaType(document, variant))).join(" or ");
  const types = [schema.type ?? []].flat();
  if (types.includes("array")) {
    return [`array of ${schemaType(document, schema.items)}`, ...types.filter((type) => type !== "array")].join(" or ");
  }
  if (isObject(schema, types)) {
    const others = types.filter((type) => type !== "object");
    return [name ?? "object", ...others].join(" or ");
  }
  if (types.length === 0) return schema.contentMediaType === undefined ? "any" : `bytes (${schema.contentMediaType})`;
  const format = typeof schema.format === "string" ? ` (${schema.format})` : "";
  return `${types.join(" or ")}${format}`;
}

/** The values of an enumeration, unless they are so many that they have to go into the notes. */
function literals({ const: only, enum: values }: Schema): string | undefined {
  if (only !== undefined) return JSON.stringify(only);
  if (!values || values.length > 6) return undefined;
  return values.map((value) => JSON.stringify(value)).join(" | ");
}

function isObject(schema: Schema, types: readonly string[]): boolean {
  return types.includes("object") || schema.properties !== undefined || schema.allOf !== undefined;
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
