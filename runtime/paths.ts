import { defaultPathSerializer } from "openapi-fetch";

/**
 * Puts path parameters into a path, percent-encoded.
 *
 * @throws a `TypeError` for a parameter that is missing, empty or climbs: the URL parser would resolve `..`, and with
 *   it the request would reach another operation with the caller's credential. Encoded forms are refused too, since
 *   servers and proxies decode before they route.
 */
export function serializePath(template: string, params: Readonly<Record<string, unknown>>): string {
  for (const [placeholder] of template.matchAll(/\{[^{}]+\}/g)) {
    const name = placeholder.slice(1, -1).replace(/^[.;]/, "").replace(/\*$/, "");
    const value = params[name];
    if (value === undefined || value === null) throw new TypeError(`The path parameter \`${name}\` is missing.`);
    const text = typeof value === "object" ? members(placeholder, name, value) : String(value);
    if (text === "") throw new TypeError(`The path parameter \`${name}\` is empty.`);
    if (climbs(text)) throw new TypeError(`The path parameter \`${name}\` must not have \`.\` or \`..\` as a segment.`);
    // Half of a surrogate pair cannot be percent-encoded.
    if (/\p{Surrogate}/u.test(text)) throw new TypeError(`The path parameter \`${name}\` is not well-formed Unicode.`);
  }
  return defaultPathSerializer(template, params);
}

/** A list or an object, as it is going to stand in the path. */
function members(placeholder: string, name: string, value: object): string {
  const texts = Object.values(value).map(String);
  // What cannot be encoded is refused like any other text of that kind.
  if (texts.some((text) => /\p{Surrogate}/u.test(text))) return texts.join();
  return defaultPathSerializer(placeholder, { [name]: value });
}

function climbs(value: string): boolean {
  let decoded = value;
  // "%252e" is "%2e" to the first that decodes it and "." to the second.
  for (let before = ""; before !== decoded; ) {
    before = decoded;
    decoded = decoded.replace(/%(25|2e|2f|5c)/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
  return decoded.split(/[/\\]/).some((segment) => segment === "." || segment === "..");
}
