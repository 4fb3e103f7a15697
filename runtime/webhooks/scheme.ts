import type { SignatureEncoding } from "./encoding.js";
import { checkHeaderName } from "./headers.js";
import { readTimestampScheme, type TimestampScheme, type WebhookTimestampOptions } from "./timestamp.js";

/** How deliveries are signed. The signature is an HMAC-SHA256 (RFC 2104) in any case. */
export interface WebhookSchemeOptions {
  /** The header with the signature, in any case. */
  header: string;
  /** How the signature is written. */
  encoding: SignatureEncoding;
  /** What stands before the signature in its header, such as `sha256=`. None by default. */
  prefix?: string | undefined;
  /**
   * Where the time of a delivery stands, if it is signed together with the body. By default none is expected: the
   * signature is over the body alone, and a delivery that somebody has recorded verifies for ever.
   */
  timestamp?: WebhookTimestampOptions | undefined;
}

/** {@link WebhookSchemeOptions} for a vendor of whom so much is known that every one has a default. */
export type OptionalSchemeOptions = {
  [Option in keyof WebhookSchemeOptions]?: WebhookSchemeOptions[Option] | undefined;
};

/** {@link WebhookSchemeOptions}, checked and complete. @internal */
export interface Scheme {
  readonly header: string;
  readonly encoding: SignatureEncoding;
  readonly prefix: string;
  readonly timestamp: TimestampScheme | undefined;
}

/**
 * Checks the options of a scheme.
 *
 * @param options what the caller says.
 * @param defaults what holds for an option that the caller leaves out.
 * @throws {TypeError} when one is missing or makes no sense.
 * @internal
 */
export function readScheme(options: OptionalSchemeOptions = {}, defaults: OptionalSchemeOptions = {}): Scheme {
  const encoding = options.encoding ?? defaults.encoding;
  const prefix = options.prefix ?? defaults.prefix ?? "";
  const timestamp = options.timestamp ?? defaults.timestamp;
  if (encoding !== "hex" && encoding !== "base64") {
    throw new TypeError('The option encoding has to be "hex" or "base64".');
  }
  if (typeof prefix !== "string") throw new TypeError("The option prefix has to be a string.");
  return {
    header: checkHeaderName("header", options.header ?? defaults.header),
    encoding,
    prefix,
    timestamp: timestamp === undefined ? undefined : readTimestampScheme(timestamp),
  };
}
