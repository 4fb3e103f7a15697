/** `apiKeys` or `api-keys` or `listApiKeys` in PascalCase: `ApiKeys`, `ApiKeys`, `ListApiKeys`. */
export function pascalCase(name: string): string {
  return name.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

/** A name as a property key: bare where it may be, quoted where it must be. */
export function propertyKey(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** A TypeScript union of string literals. */
export function literalUnion(values: readonly string[]): string {
  return values.map((value) => JSON.stringify(value)).join(" | ");
}
