import { parseBody, type RawBody, readRawBody } from "./body.js";
import type { Bytes } from "./bytes.js";
import { decodeDigest, looks } from "./encoding.js";
import { WebhookVerificationError } from "./error.js";
import { valuesOf, type WebhookHeaders } from "./headers.js";
import type { Scheme } from "./scheme.js";
import { importKey, type SecretBytes } from "./secrets.js";
import { signedBytes } from "./signed-bytes.js";
import { checkAge, readTimestamp } from "./timestamp.js";

/**
 * Verifies a delivery, and only then reads it.
 *
 * @returns the body, a JSON object of which nothing else is known.
 * @throws {WebhookVerificationError} when it is refused, {@link TypeError} when the body is not raw.
 * @internal
 */
export async function verifyDelivery(
  scheme: Scheme,
  rawBody: RawBody,
  headers: WebhookHeaders,
  secrets: readonly SecretBytes[],
): Promise<Record<string, unknown>> {
  const body = readRawBody(rawBody);
  const signature = readSignature(scheme, headers);
  const timestamp = scheme.timestamp && readTimestamp(scheme.timestamp, headers);
  if (!(await isSignedByAny(secrets, signature, signedBytes(scheme, body, timestamp)))) {
    throw new WebhookVerificationError(
      "wrong-signature",
      "The signature does not fit. Another secret made it, or the body is not what was signed, byte for byte.",
    );
  }
  // After the signature, so that "too-old" means a real delivery that was held back or sent again.
  if (scheme.timestamp && timestamp !== undefined) checkAge(scheme.timestamp, timestamp);
  return parseBody(body);
}

function readSignature({ header, encoding, prefix }: Scheme, headers: WebhookHeaders): Bytes {
  const [text, ...more] = valuesOf(headers, header);
  if (text === undefined) throw new WebhookVerificationError("no-signature", `The delivery has no header ${header}.`);
  // Whoever adds a second signature must not be able to choose which of them is looked at.
  const digest =
    more.length === 0 && text.startsWith(prefix) ? decodeDigest(text.slice(prefix.length), encoding) : undefined;
  if (digest) return digest;
  const expected = prefix === "" ? looks[encoding] : `"${prefix}" and ${looks[encoding]}`;
  throw new WebhookVerificationError(
    "malformed-signature",
    `The header ${header} is not ${expected}. If the sender writes it otherwise, set the options encoding and prefix.`,
  );
}

/**
 * WebCrypto compares in constant time. Every secret is tried, so that the time does not tell which one fits either.
 */
async function isSignedByAny(secrets: readonly SecretBytes[], signature: Bytes, signed: Bytes): Promise<boolean> {
  const verdicts = await Promise.all(
    secrets.map(async (secret) => crypto.subtle.verify("HMAC", await importKey(secret, "verify"), signature, signed)),
  );
  return verdicts.includes(true);
}
