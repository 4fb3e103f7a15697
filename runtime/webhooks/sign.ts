import { type RawBody, readRawBody } from "./body.js";
import { encodeDigest } from "./encoding.js";
import type { Scheme } from "./scheme.js";
import { importKey, readSecrets, type WebhookSecret } from "./secrets.js";
import { signedBytes } from "./signed-bytes.js";
import { writeTimestamp } from "./timestamp.js";

/**
 * Makes the headers that a sender adds to a body.
 *
 * @returns the headers by name in lower case: the content type, the signature, and the time if the scheme has one.
 * @throws {TypeError} when the secret is empty, or the body is neither text nor bytes.
 * @internal
 */
export async function signDelivery(
  scheme: Scheme,
  rawBody: RawBody,
  secret: WebhookSecret,
): Promise<Record<string, string>> {
  const [bytes] = readSecrets([secret]);
  const timestamp = scheme.timestamp && writeTimestamp(scheme.timestamp);
  const signed = signedBytes(scheme, readRawBody(rawBody), timestamp);
  const digest = await crypto.subtle.sign("HMAC", await importKey(bytes!, "sign"), signed);
  return {
    "content-type": "application/json",
    ...(scheme.timestamp && timestamp !== undefined ? { [scheme.timestamp.header]: timestamp } : {}),
    [scheme.header]: scheme.prefix + encodeDigest(digest, scheme.encoding),
  };
}
