import { type OpenApiDocument, type Reference, resolve, type Schema } from "../../openapi.js";

/** Whether a value may have a secret anywhere in it, so that a sample must not print it whole. */
export function holdsSecret(
  document: OpenApiDocument,
  node: Schema | Reference | undefined,
  path: readonly Schema[] = [],
): boolean {
  if (!node) return false;
  const schema = resolve<Schema>(document, node);
  if (schema["x-sensitive"] === true) return true;
  if (path.includes(schema)) return false;
  const { properties = {}, items, allOf = [], oneOf = [], anyOf = [], contentSchema } = schema;
  const inner = [...Object.values(properties), ...allOf, ...oneOf, ...anyOf, ...(items ? [items] : [])];
  const content = contentSchema as Schema | Reference | undefined;
  return [...inner, ...(content ? [content] : [])].some((one) => holdsSecret(document, one, [...path, schema]));
}
