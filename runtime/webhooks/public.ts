// What every entry point for webhooks exports beside its API's own names.
export type { RawBody } from "./body.js";
export type { SignatureEncoding } from "./encoding.js";
export { type WebhookRefusal, WebhookVerificationError } from "./error.js";
export type { WebhookHeaders } from "./headers.js";
export type { WebhookSecret, WebhookSecrets } from "./secrets.js";
export type { WebhookTimestampOptions } from "./timestamp.js";
