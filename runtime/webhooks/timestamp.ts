import { WebhookVerificationError } from "./error.js";
import { checkHeaderName, valuesOf, type WebhookHeaders } from "./headers.js";

/** A time that is signed together with the body, so that a delivery cannot be sent again much later. */
export interface WebhookTimestampOptions {
  /** The header with the time, a whole number since 1970-01-01 UTC, in any case. */
  header: string;
  /** What stands between the time and the body where they are signed. `"."` by default, as Stripe and others have it. */
  separator?: string | undefined;
  /** What the number counts. Seconds by default. */
  unit?: "seconds" | "milliseconds" | undefined;
  /** How far the time may lie in the past or in the future, in seconds. 300 by default; `Infinity` takes any. */
  tolerance?: number | undefined;
  /** The present in milliseconds since 1970, for tests. `Date.now` by default. */
  now?: (() => number) | undefined;
}

/** {@link WebhookTimestampOptions}, checked and complete. @internal */
export interface TimestampScheme {
  readonly header: string;
  readonly separator: string;
  readonly unit: "seconds" | "milliseconds";
  readonly tolerance: number;
  readonly now: () => number;
}

/** @throws {TypeError} when an option makes no sense. @internal */
export function readTimestampScheme(options: WebhookTimestampOptions): TimestampScheme {
  const { separator = ".", unit = "seconds", tolerance = 300, now = Date.now } = options;
  if (typeof separator !== "string") throw new TypeError("The option timestamp.separator has to be a string.");
  if (unit !== "seconds" && unit !== "milliseconds") {
    throw new TypeError('The option timestamp.unit has to be "seconds" or "milliseconds".');
  }
  // NaN would compare as neither too old nor too new.
  if (typeof tolerance !== "number" || !(tolerance >= 0)) {
    throw new TypeError("The option timestamp.tolerance has to be a number of seconds, 0 or more.");
  }
  if (typeof now !== "function") throw new TypeError("The option timestamp.now has to be a function.");
  return { header: checkHeaderName("timestamp.header", options.header), separator, unit, tolerance, now };
}

/** The time as it was sent, since that text is what was signed. @internal */
export function readTimestamp(scheme: TimestampScheme, headers: WebhookHeaders): string {
  const [text, ...more] = valuesOf(headers, scheme.header);
  if (text === undefined) {
    throw new WebhookVerificationError("no-timestamp", `The delivery has no header ${scheme.header}.`);
  }
  if (more.length === 0 && /^\d{1,16}$/.test(text)) return text;
  throw new WebhookVerificationError("malformed-timestamp", `The header ${scheme.header} is not one whole number.`);
}

/** Refuses a time outside of the tolerance. @internal */
export function checkAge({ unit, tolerance, now }: TimestampScheme, timestamp: string): void {
  const seconds = Number(timestamp) / (unit === "seconds" ? 1 : 1000);
  const age = now() / 1000 - seconds;
  const far = `more than ${tolerance} s`;
  if (age > tolerance) throw new WebhookVerificationError("too-old", `The delivery was signed ${far} ago.`);
  if (-age > tolerance) throw new WebhookVerificationError("too-new", `The delivery's time is ${far} in the future.`);
}

/** The present as the header has it. @internal */
export function writeTimestamp({ unit, now }: TimestampScheme): string {
  return String(Math.floor(now() / (unit === "seconds" ? 1000 : 1)));
}
