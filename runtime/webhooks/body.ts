import type { Bytes } from "./bytes.js";
import { copyBytes, type TextOrBytes } from "./bytes.js";
import { WebhookVerificationError } from "./error.js";

/**
 * The body of a delivery exactly as it was received. Text stands for its bytes in UTF-8. A body that was parsed and
 * written as JSON again has other bytes, in its spaces, escapes or numbers, and does not verify.
 */
export type RawBody = TextOrBytes;

/**
 * The body's bytes, copied.
 *
 * @throws {TypeError} when it is anything but text or bytes, such as the object that a JSON parser made of it.
 * @internal
 */
export function readRawBody(rawBody: RawBody): Bytes {
  const bytes = copyBytes(rawBody);
  if (bytes) return bytes;
  throw new TypeError(
    "rawBody has to be the body as it was received: a string, a Uint8Array or an ArrayBuffer. " +
      "A parsed body is of no use, since the signature is over the bytes; take them before a JSON parser does.",
  );
}

/** Parses a body whose signature is right. @internal */
export function parseBody(bytes: Uint8Array): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    // The engine's own error quotes the body, so it is not the cause of this one.
    throw new WebhookVerificationError("malformed-body", "The body is not JSON in UTF-8.");
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new WebhookVerificationError("malformed-body", "The body is JSON, but not an object.");
}
