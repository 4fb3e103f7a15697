/** The headers of a delivery: a `Headers`, or an object such as Node's `request.headers`. Names in any case. */
export type WebhookHeaders = Pick<Headers, "get"> | Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Every value that is given for a header. `Headers` and Node join several into one, with commas.
 *
 * @param name the header's name, in lower case.
 * @throws {TypeError} when `headers` is not an object.
 * @internal
 */
export function valuesOf(headers: WebhookHeaders, name: string): readonly string[] {
  if (typeof headers !== "object" || headers === null) {
    throw new TypeError("headers has to be a Headers or an object with the headers by name.");
  }
  if (typeof headers.get === "function") {
    const value = headers.get(name);
    return typeof value === "string" ? [value] : [];
  }
  return Object.entries(headers)
    .filter(([given]) => given.toLowerCase() === name)
    .flatMap(([, value]) => value ?? []);
}

/** A header's name in lower case. @throws {TypeError} when HTTP does not allow it (RFC 9110, 5.1). @internal */
export function checkHeaderName(option: string, name: unknown): string {
  if (typeof name === "string" && /^[\w!#$%&'*+.^`|~-]+$/.test(name)) return name.toLowerCase();
  throw new TypeError(`The option ${option} has to be the name of a header.`);
}
