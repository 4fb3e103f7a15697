/**
 * The value at a JSON pointer (RFC 6901), or `undefined` if there is none.
 *
 * @param pointer such as `/errors/0/code`; the empty string is the whole value.
 */
export function valueAt(value: unknown, pointer: string): unknown {
  if (pointer === "") return value;
  let current = value;
  for (const token of pointer.slice(1).split("/")) {
    const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
    // Only own members count: "constructor" or "length" in a pointer must not find what the language put there.
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, key)) return undefined;
    if (Array.isArray(current) && !/^(0|[1-9]\d*)$/.test(key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}

/** The non-empty string at a JSON pointer, or `undefined`. */
export function stringAt(value: unknown, pointer: string | undefined): string | undefined {
  const found = pointer === undefined ? undefined : valueAt(value, pointer);
  return typeof found === "string" && found !== "" ? found : undefined;
}
