import type { Json } from "./json.js";
import { isJson } from "./media-type.js";
import type { ParameterLocation, ParameterStyle } from "./openapi.js";

/** A name and its value, ready to be written into a URL or a header: nothing has to be encoded any more. */
export interface Pair {
  readonly name: string;
  readonly value: string;
}

/** What decides how a value is written. */
export interface Writing {
  readonly name: string;
  readonly in: ParameterLocation;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly allowReserved?: boolean;
  /** Set if the parameter is described by `content`; it is then written in that media type and not by style. */
  readonly mediaType?: string;
}

/**
 * Writes a query or cookie parameter (OpenAPI 3.2, Parameter Object, "Style Values" and "Style Examples"; RFC 6570).
 *
 * In a cookie an exploded list becomes several cookies also under the style `form`: the `&` that the specification puts
 * between them there is read by no server.
 *
 * @returns the pairs, percent-encoded; none for an empty list.
 */
export function serializePairs(parameter: Writing, value: Json): Pair[] {
  const encode = encoder(parameter);
  const name = encode(parameter.name);
  if (parameter.mediaType !== undefined) return [{ name, value: encode(inMediaType(parameter.mediaType, value)) }];
  if (parameter.style === "deepObject") return deepPairs(name, value, encode);
  if (typeof value !== "object" || value === null) return [{ name, value: encode(text(value)) }];
  const list = Array.isArray(value);
  if (parameter.explode) {
    const pairs: [string, Json][] = list ? value.map((item) => [parameter.name, item]) : Object.entries(value);
    return pairs.map(([key, item]) => ({ name: encode(key), value: encode(text(item)) }));
  }
  const pieces = list ? value : Object.entries(value).flat();
  const delimiter = { spaceDelimited: "%20", pipeDelimited: "%7C" }[parameter.style as string] ?? ",";
  return pieces.length === 0 ? [] : [{ name, value: pieces.map((piece) => encode(text(piece))).join(delimiter) }];
}

/**
 * Writes a path parameter in place of its `{name}`, percent-encoded (OpenAPI 3.2, Parameter Object, "Style Examples").
 */
export function serializePath(parameter: Writing, value: Json): string {
  const encode = encoder(parameter);
  const name = encode(parameter.name);
  if (parameter.mediaType !== undefined) return encode(inMediaType(parameter.mediaType, value));
  const { style, explode } = parameter;
  const pieces = piecesOf(value, explode, encode);
  if (style === "label") return `.${pieces.join(explode ? "." : ",")}`;
  if (style !== "matrix") return pieces.join(",");
  if (explode && Array.isArray(value)) return pieces.map((piece) => `;${name}=${piece}`).join("");
  if (explode && typeof value === "object" && value !== null) return pieces.map((piece) => `;${piece}`).join("");
  return pieces.join(",") === "" ? `;${name}` : `;${name}=${pieces.join(",")}`;
}

/** Writes a header parameter, which is always of style `simple` and never percent-encoded. */
export function serializeHeader(parameter: Writing, value: Json): string {
  if (parameter.mediaType !== undefined) return inMediaType(parameter.mediaType, value);
  return piecesOf(value, parameter.explode, (piece) => piece).join(",");
}

/** A scalar as text. */
export function text(value: Json): string {
  if (value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function piecesOf(value: Json, explode: boolean, encode: (piece: string) => string): string[] {
  if (Array.isArray(value)) return value.map((item) => encode(text(item)));
  if (typeof value !== "object" || value === null) return [encode(text(value))];
  const members = Object.entries(value).map(([key, item]) => [encode(key), encode(text(item))]);
  return explode ? members.map((member) => member.join("=")) : members.flat();
}

/** Only objects of scalars are defined for `deepObject`; what lies deeper is written as most servers read it. */
function deepPairs(name: string, value: Json, encode: (piece: string) => string): Pair[] {
  if (Array.isArray(value)) return value.flatMap((item) => deepPairs(name, item, encode));
  if (typeof value !== "object" || value === null) return [{ name, value: encode(text(value)) }];
  return Object.entries(value).flatMap(([key, item]) => deepPairs(`${name}%5B${encode(key)}%5D`, item, encode));
}

function inMediaType(mediaType: string, value: Json): string {
  return isJson(mediaType) ? JSON.stringify(value) : text(value);
}

function encoder({ in: location, style, allowReserved }: Writing): (piece: string) => string {
  if (location === "cookie" && style === "cookie") return (piece) => piece;
  const encode = (piece: string) => encodeURIComponent(piece).replace(/[!'()*]/g, percent);
  if (!allowReserved) return encode;
  // The reserved characters that mean something to a query or to its form encoding have to stay encoded.
  return (piece) =>
    encode(piece).replace(/%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/g, (code) => decodeURIComponent(code));
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
