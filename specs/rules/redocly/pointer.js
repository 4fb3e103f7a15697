/**
 * The part of a value that a JSON Pointer (RFC 6901) leads to, or undefined where there is none.
 *
 * @param {unknown} document
 * @param {string} pointer
 */
export function valueAt(document, pointer) {
  /** @type {any} */
  let value = document;
  for (const token of pointer.split("/").slice(1)) value = value?.[token.replaceAll("~1", "/").replaceAll("~0", "~")];
  return value;
}
