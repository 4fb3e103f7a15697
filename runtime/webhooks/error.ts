/**
 * Why a delivery was refused.
 *
 * - `no-signature`, `malformed-signature`: the header is missing; it is given twice, or is no digest in the expected
 *   encoding.
 * - `wrong-signature`: none of the secrets makes this signature over these bytes.
 * - `no-timestamp`, `malformed-timestamp`: the header with the time, if one is configured, is missing; it is given
 *   twice, or is no whole number.
 * - `too-old`, `too-new`: the signature is right, but the time lies further away than the tolerance.
 * - `malformed-body`: the signature is right, but the body is not a JSON object in UTF-8; or it ended early.
 * - `body-too-large`: the body is longer than `maxBytes`. Only handlers have that limit.
 */
export type WebhookRefusal =
  | "no-signature"
  | "malformed-signature"
  | "wrong-signature"
  | "no-timestamp"
  | "malformed-timestamp"
  | "too-old"
  | "too-new"
  | "malformed-body"
  | "body-too-large";

/**
 * A delivery is not to be trusted, or cannot be read. Wrong arguments are a plain `TypeError` instead.
 *
 * Neither the message nor what `JSON.stringify` or a console prints has a secret, a signature or a part of the body in
 * it.
 */
export class WebhookVerificationError extends Error {
  /** What is wrong, for programs. */
  readonly reason: WebhookRefusal;

  static {
    // On the prototype and spelled out: a stack trace is written before a constructor's body runs, and a minifier
    // renames classes.
    Object.defineProperty(WebhookVerificationError.prototype, "name", {
      value: "WebhookVerificationError",
      configurable: true,
      writable: true,
    });
  }

  /** @internal */
  constructor(reason: WebhookRefusal, message: string) {
    super(message);
    this.reason = reason;
  }

  /** What `JSON.stringify` prints. */
  toJSON(): { name: string; message: string; reason: WebhookRefusal } {
    return { name: this.name, message: this.message, reason: this.reason };
  }
}
