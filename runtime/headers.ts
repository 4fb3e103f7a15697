/** Headers as `fetch` takes them, or by name. As a value, `null` leaves a header out that would be sent otherwise. */
export type HeadersInput =
  | NonNullable<ConstructorParameters<typeof Headers>[0]>
  | Readonly<Record<string, string | null | undefined>>;

/**
 * Merges headers, later ones over earlier ones. A `null` stays in the result, so that it can leave a header out that
 * is added elsewhere.
 *
 * @throws a `TypeError` for what HTTP does not allow (RFC 9110, 5.5). It names the header and not its value, which
 *   `Headers` itself would print.
 */
export function mergeHeaders(...all: readonly (HeadersInput | undefined)[]): Record<string, string | null> {
  const merged = new Map<string, string | null>();
  for (const headers of all) {
    const given = new Map<string, string | null>();
    for (const [name, value] of entriesOf(headers)) {
      if (value === undefined) continue;
      const key = name.toLowerCase();
      const earlier = given.get(key);
      given.set(key, check(key, value === null || typeof earlier !== "string" ? value : `${earlier}, ${value}`));
    }
    for (const [key, value] of given) merged.set(key, value);
  }
  // Unlike an assignment this makes a member of `__proto__` as of any other name.
  return Object.fromEntries(merged);
}

function entriesOf(headers: HeadersInput | undefined): Iterable<readonly [string, string | null | undefined]> {
  if (headers === undefined) return [];
  if (headers instanceof Headers) return headers.entries();
  return Array.isArray(headers) ? (headers as [string, string][]) : Object.entries(headers);
}

function check(name: string, value: string | null): string | null {
  if (value === null) return null;
  // As nearly all are. `Headers` judges the others.
  if (/^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\x20-\x7e]*$/.test(value)) return value;
  try {
    new Headers([[name, value]]);
  } catch {
    throw new TypeError(`The header ${JSON.stringify(name)} has a name or a value that HTTP does not allow.`);
  }
  return value;
}
