/** Headers as `fetch` takes them, or by name. As a value, `null` leaves a header out that would be sent otherwise. */
export type HeadersInput = HeadersInit | Readonly<Record<string, string | null | undefined>>;

/**
 * Merges headers, later ones over earlier ones. A `null` stays in the result, so that it can leave a header out that
 * is added elsewhere.
 *
 * @throws a `TypeError` for what HTTP does not allow (RFC 9110, 5.5). It names the header and not its value, which
 *   `Headers` itself would print.
 */
export function mergeHeaders(...all: readonly (HeadersInput | undefined)[]): Record<string, string | null> {
  const merged: Record<string, string | null> = {};
  for (const headers of all) {
    const given: Record<string, string | null> = {};
    for (const [name, value] of entriesOf(headers)) {
      if (value === undefined) continue;
      const key = name.toLowerCase();
      const earlier = given[key];
      given[key] =
        value === null || typeof earlier !== "string" ? check(key, value) : `${earlier}, ${check(key, value)}`;
    }
    Object.assign(merged, given);
  }
  return merged;
}

function entriesOf(headers: HeadersInput | undefined): Iterable<readonly [string, string | null | undefined]> {
  if (headers === undefined) return [];
  if (headers instanceof Headers) return headers.entries();
  return Array.isArray(headers) ? (headers as [string, string][]) : Object.entries(headers);
}

function check(name: string, value: string | null): string | null {
  if (value === null) return null;
  try {
    new Headers([[name, value]]);
  } catch {
    throw new TypeError(`The header ${JSON.stringify(name)} has a name or a value that HTTP does not allow.`);
  }
  return value;
}
