import type { Bytes } from "./bytes.js";
import { copyBytes, type TextOrBytes } from "./bytes.js";

/** What signs deliveries. Text stands for its bytes in UTF-8; a secret that is given in base64 or hex is decoded before. */
export type WebhookSecret = TextOrBytes;

/** One secret, or all that are valid at the moment: while one replaces another, both are. */
export type WebhookSecrets = WebhookSecret | readonly WebhookSecret[];

/** A key for HMAC-SHA256. @internal */
export type SecretBytes = Bytes;

/**
 * The secrets' bytes.
 *
 * @throws {TypeError} when there is none, or one is empty: anybody can sign with an empty secret, and it is what an
 *   environment variable that is not set often turns into.
 * @internal
 */
export function readSecrets(secrets: WebhookSecrets): SecretBytes[] {
  const all: readonly unknown[] = Array.isArray(secrets) ? secrets : [secrets];
  if (all.length === 0) throw new TypeError("secrets is an empty list, so no delivery could be verified.");
  return all.map((secret) => {
    const bytes = copyBytes(secret);
    if (!bytes) throw new TypeError("A webhook's secret has to be a string, a Uint8Array or an ArrayBuffer.");
    if (bytes.length === 0) throw new TypeError("A webhook's secret is empty. Is its environment variable set?");
    return bytes;
  });
}

/** A secret as WebCrypto takes it. @internal */
export function importKey(secret: SecretBytes, use: "sign" | "verify"): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, [use]);
}
