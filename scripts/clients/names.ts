import { type Operation, pointerTokens, type Reference, type Schema } from "../openapi.js";

/** `apiKeys` or `api-keys` or `listApiKeys` in PascalCase: `ApiKeys`, `ApiKeys`, `ListApiKeys`. */
export function pascalCase(name: string): string {
  return name.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

/** `mcp-session-id` or `tenant_id` in camelCase: `mcpSessionId`, `tenantId`. */
export function camelCase(name: string): string {
  const joined = name.replace(/[^A-Za-z0-9]+([A-Za-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
  return joined.replace(/^[A-Z]+(?=$|[A-Z][a-z])|^[A-Z]/, (start) => start.toLowerCase());
}

/** A name as a property key: bare where it may be, quoted where it must be. */
export function propertyKey(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** A TypeScript union of string literals. */
export function literalUnion(values: readonly string[]): string {
  return values.map((value) => JSON.stringify(value)).join(" | ");
}

/**
 * The type expression of a schema: the exported name of a component, a list of such, or else the place in the generated
 * types.
 */
export function typeOf(node: Schema | Reference | undefined, place: string): string {
  const name = nameOf(node);
  if (name) return name;
  const items = node && "type" in node && node.type === "array" ? nameOf(node.items as Schema | Reference) : undefined;
  return items ? `${items}[]` : place;
}

function nameOf(node: Schema | Reference | undefined): string | undefined {
  return node && "$ref" in node && typeof node.$ref === "string" ? componentName(node.$ref) : undefined;
}

/** `Memory` of `#/components/schemas/Memory`. */
export function componentName(ref: string): string | undefined {
  const [section, kind, name] = pointerTokens(ref.slice(1));
  return section === "components" && kind === "schemas" && name ? pascalCase(name) : undefined;
}

/** `MemoriesResource` of `["memories"]`. */
export function className(resource: readonly string[]): string {
  return `${resource.map(pascalCase).join("")}Resource`;
}

/** The error for an operation that no method can be made for. */
export function cannot(operation: Operation, why: string): Error {
  return new Error(`No client method can be made for ${operation.operationId}: ${why}.`);
}
