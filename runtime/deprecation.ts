/** That an operation is going to change or to end, as an answer tells. */
export interface Deprecation {
  /** The `operationId`; `undefined` for calls by path. */
  readonly operation: string | undefined;
  /** The HTTP method. */
  readonly method: string;
  /** The path template. */
  readonly path: string;
  /** Since when, or from when on, the operation is deprecated (RFC 9745). */
  readonly deprecated: Date | undefined;
  /** When it is expected to stop working (RFC 8594). */
  readonly sunset: Date | undefined;
  /** Where more is said (the link relations `deprecation`, `sunset` and `successor-version`). */
  readonly link: string | undefined;
}

/**
 * Reads `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and the links that go with them.
 *
 * @returns `undefined` if an answer has neither of the first two.
 */
export function readDeprecation(headers: Headers): Pick<Deprecation, "deprecated" | "sunset" | "link"> | undefined {
  const deprecation = headers.get("deprecation");
  const sunset = headers.get("sunset");
  if (deprecation === null && sunset === null) return undefined;
  return {
    deprecated: dateOf(deprecation),
    sunset: dateOf(sunset),
    link: linkOf(headers.get("link") ?? ""),
  };
}

/** A structured date (`@1688169599`), or an HTTP date as earlier drafts had it; `true` names no date. */
function dateOf(value: string | null): Date | undefined {
  const seconds = /^@(-?\d{1,12})$/.exec(value ?? "")?.[1];
  if (seconds !== undefined) return new Date(Number(seconds) * 1000);
  const at = value !== null && /^[A-Z][a-z]{2}, /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : new Date(at);
}

function linkOf(header: string): string | undefined {
  for (const [, target, parameters] of header.matchAll(/<([^<>]*)>([^<]*)/g)) {
    if (/;\s*rel="?[^";]*\b(deprecation|sunset|successor-version)\b/i.test(parameters ?? "")) return target;
  }
  return undefined;
}
