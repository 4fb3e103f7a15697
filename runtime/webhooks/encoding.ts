import type { Bytes } from "./bytes.js";
/** How a signature is written: RFC 4648, section 8 (in either case) or section 4 (padded). */
export type SignatureEncoding = "hex" | "base64";

// A SHA-256 has 32 bytes. In base64 its last character carries two bits that belong to nothing; decoders ignore them,
// so they have to be zero here, or a signature with another last character would pass.
const shapes: Record<SignatureEncoding, RegExp> = {
  hex: /^[0-9a-f]{64}$/i,
  base64: /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/,
};

/** In words, what a signature looks like. @internal */
export const looks: Record<SignatureEncoding, string> = {
  hex: "64 hexadecimal digits",
  base64: "44 characters of base64",
};

/** The bytes of a digest; `undefined` if the text is no SHA-256 in this encoding. @internal */
export function decodeDigest(text: string, encoding: SignatureEncoding): Bytes | undefined {
  if (!shapes[encoding].test(text)) return undefined;
  return encoding === "hex"
    ? Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
    : Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** A digest as text; hexadecimal digits are small. @internal */
export function encodeDigest(digest: ArrayBuffer, encoding: SignatureEncoding): string {
  const bytes = new Uint8Array(digest);
  return encoding === "hex"
    ? Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
    : btoa(String.fromCharCode(...bytes));
}
