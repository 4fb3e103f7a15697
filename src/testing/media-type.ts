/** A media type or range, in parts; everything but the values of parameters is in lower case. */
export interface MediaType {
  readonly type: string;
  readonly subtype: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * Reads a media type or media range (RFC 9110 sections 8.3.1 and 12.5.1).
 *
 * @returns its parts, or `undefined` if it is none.
 */
export function parseMediaType(text: string): MediaType | undefined {
  const essence = /^\s*([^\s/;]+)\/([^\s/;]+)\s*(?:;|$)/.exec(text);
  if (!essence) return undefined;
  const parameters = new Map<string, string>();
  for (const [, name = "", quoted, plain = ""] of text.matchAll(/;\s*([^\s=;]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g)) {
    parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, "$1") ?? plain);
  }
  return { type: String(essence[1]).toLowerCase(), subtype: String(essence[2]).toLowerCase(), parameters };
}

/**
 * Picks the documented media type that a received one falls under, the most specific one if there are several
 * (OpenAPI 3.2, Media Type Object). A documented parameter has to be there; a received one that is not documented is no
 * contradiction, as `charset=utf-8` often comes along.
 */
export function matchMediaType<Documented extends { mediaType: string }>(
  documented: readonly Documented[],
  received: string,
): Documented | undefined {
  const actual = parseMediaType(received);
  if (!actual) return undefined;
  const ranked = documented.flatMap((candidate) => {
    const range = parseMediaType(candidate.mediaType);
    return range && covers(range, actual) ? [{ candidate, rank: specificity(range) }] : [];
  });
  return ranked.sort((a, b) => b.rank - a.rank)[0]?.candidate;
}

/** Whether a media type says that the body is one JSON value. */
export function isJson(mediaType: string): boolean {
  const parsed = parseMediaType(mediaType);
  return parsed !== undefined && (parsed.subtype === "json" || parsed.subtype.endsWith("+json"));
}

/** Whether a media type says that the body is text in some form that JSON is not. */
export function isText(mediaType: string): boolean {
  return parseMediaType(mediaType)?.type === "text";
}

function covers(range: MediaType, actual: MediaType): boolean {
  const suffix = range.subtype.startsWith("*+") ? range.subtype.slice(1) : undefined;
  const subtype = suffix === undefined ? matches(range.subtype, actual.subtype) : actual.subtype.endsWith(suffix);
  return (
    matches(range.type, actual.type) &&
    subtype &&
    [...range.parameters].every(([name, value]) => actual.parameters.get(name)?.toLowerCase() === value.toLowerCase())
  );
}

function matches(range: string, actual: string): boolean {
  return range === "*" || range === actual;
}

function specificity(range: MediaType): number {
  const type = range.type === "*" ? 0 : 100;
  return type + (range.subtype.startsWith("*") ? 0 : 10) + range.parameters.size;
}
