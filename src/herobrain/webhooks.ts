/**
 * Receives what HeroBrain delivers to a webhook, on any server with web standards.
 *
 * What is known of the signatures: the header `x-herobrain-signature` (documented, docs/getting-started) and the secret,
 * which is the one that the webhook was created with (documented, API Reference). **The algorithm, the encoding and the
 * bytes that are signed are not in the released documentation.** Earlier editions name HMAC-SHA256 (api-quickstart) over
 * the body, in hexadecimal digits (guides/webhooks), and these are the defaults here. If they are wrong, deliveries are
 * refused and none is let through that should not be.
 *
 * Nothing is documented against replays: no header carries a time. `metadata.request_id` stands in the signed body, so
 * an event that comes twice can be known by it.
 */

import type { WebhookEvent } from "../../generated/herobrain/client.js";
import type { RawBody } from "../../runtime/webhooks/body.js";
import type { WebhookHeaders } from "../../runtime/webhooks/headers.js";
import { type OptionalSchemeOptions, readScheme } from "../../runtime/webhooks/scheme.js";
import { readSecrets, type WebhookSecret, type WebhookSecrets } from "../../runtime/webhooks/secrets.js";
import { signDelivery } from "../../runtime/webhooks/sign.js";
import { verifyDelivery } from "../../runtime/webhooks/verify.js";
import { type ExpressHandler, toExpressHandler } from "../webhooks/express.js";
import { type FetchHandler, toFetchHandler } from "../webhooks/fetch.js";
import { type HonoHandler, toHonoHandler } from "../webhooks/hono.js";
import { type NodeHandler, toNodeHandler } from "../webhooks/node.js";
import type { WebhookHandlerOptions } from "../webhooks/options.js";
import { receiver } from "../webhooks/receiver.js";
import { asUnknown, type UnknownWebhookEvent } from "../webhooks/unknown-event.js";

export type {
  ApiKeyCreatedEvent,
  ApiKeyRevokedEvent,
  MemoryCreatedEvent,
  MemoryDeletedEvent,
  MemoryUpdatedEvent,
  SearchPerformedEvent,
  WebhookEvent,
} from "../../generated/herobrain/client.js";
export * from "../../runtime/webhooks/public.js";
export type * from "../webhooks/public.js";
export type { UnknownWebhookEvent } from "../webhooks/unknown-event.js";

/**
 * How HeroBrain signs. Every option has a default; they are there because the vendor leaves the scheme open.
 *
 * - `header`: `x-herobrain-signature` (documented, docs/getting-started).
 * - `encoding`: `hex` (inferred: earlier edition, guides/webhooks).
 * - `prefix`: none (inferred: none is mentioned anywhere).
 * - `timestamp`: none (inferred: none is mentioned anywhere; the signature is over the body alone).
 */
export interface WebhookOptions extends OptionalSchemeOptions {}

/** What a handler needs: secrets, `onEvent`, and {@link WebhookOptions} where they differ from the defaults. */
export interface HandlerOptions extends WebhookOptions, WebhookHandlerOptions<WebhookEvent> {}

const defaults: OptionalSchemeOptions = { header: "x-herobrain-signature", encoding: "hex" };

// A record and no list, so that the compiler misses a name that the description gains.
const known: Record<WebhookEvent["event"], true> = {
  "memory.created": true,
  "memory.updated": true,
  "memory.deleted": true,
  "search.performed": true,
  "api_key.created": true,
  "api_key.revoked": true,
};

/**
 * Verifies a delivery and gives its event. The signature is compared in constant time, with every secret.
 *
 * Of the body it is checked that it is a JSON object. Its fields are not held against the description, and an event with
 * an unknown name is no error: see {@link unknownEvent}.
 *
 * @param rawBody the body as it was received, before any JSON parser.
 * @param headers the request's headers.
 * @param secrets the webhook's secret, or all that are valid while one replaces another.
 * @param options how HeroBrain signs, where that differs from the defaults.
 * @throws {WebhookVerificationError} (as a rejection) when the delivery is refused; `reason` says why.
 * @throws {TypeError} (as a rejection) when an argument is wrong: a parsed body, an empty secret, no secret.
 * @see the API Reference, Webhooks, for the payload
 * @example
 * const event = await verify(await request.text(), request.headers, secret);
 * if (event.event === "memory.created") console.log(event.data.content);
 */
export async function verify(
  rawBody: RawBody,
  headers: WebhookHeaders,
  secrets: WebhookSecrets,
  options?: WebhookOptions,
): Promise<WebhookEvent> {
  const event = await verifyDelivery(readScheme(options, defaults), rawBody, headers, readSecrets(secrets));
  return event as unknown as WebhookEvent;
}

/**
 * Makes the headers that a delivery of this body would have. For tests and mocks.
 *
 * @param rawBody the body exactly as it will be sent.
 * @param secret the webhook's secret.
 * @param options how HeroBrain signs, where that differs from the defaults.
 * @returns headers by name in lower case: the signature, `content-type`, and the time if one is configured.
 * @throws {TypeError} (as a rejection) when an argument is wrong.
 * @example
 * await fetch(url, { method: "POST", body, headers: await sign(body, secret) });
 */
export async function sign(
  rawBody: RawBody,
  secret: WebhookSecret,
  options?: WebhookOptions,
): Promise<Record<string, string>> {
  return signDelivery(readScheme(options, defaults), rawBody, secret);
}

/**
 * Tells an event that the description does not know from those it does. `WebhookEvent` has only the six documented names,
 * so that `switch` narrows it; one that the vendor adds later arrives under that type all the same, and so does a trial
 * delivery (`webhooks.test`), whose payload is not documented.
 *
 * @returns the event as an open object if its name is unknown or missing, otherwise `undefined`.
 */
export function unknownEvent(event: WebhookEvent): UnknownWebhookEvent | undefined {
  return asUnknown(event, known);
}

/**
 * Makes a listener for `createServer` of `node:http`. It answers every path, so it looks at none.
 *
 * Answers 200 when `onEvent` is through, 401 to what is not signed rightly, 400 to a body that is no JSON object, 405 to
 * other methods than POST, 413 to a body over `maxBytes`, and 500 if `onEvent` throws; never with a body. Only the 200 is
 * documented (docs/getting-started), in a sample; what HeroBrain does after other answers is not. An earlier edition
 * counts a delivery as failed after 5 seconds (guides/webhooks), so long work is better put into a queue.
 *
 * @throws {TypeError} when the options cannot be used, such as an empty secret.
 * @example
 * createServer(nodeHandler({ secrets, onEvent: (event) => queue.add(event) })).listen(3000);
 */
export function nodeHandler(options: HandlerOptions): NodeHandler {
  return toNodeHandler(receiver(readScheme(options, defaults), options));
}

/**
 * Makes a handler for a route of Express 4 or 5; it answers like {@link nodeHandler}. It reads the raw body itself, so it
 * has to come before `express.json()`, or behind `express.raw({ type: () => true })`. Behind `express.json()` it works
 * only if that keeps the bytes: `express.json({ verify: (req, res, bytes) => { req.rawBody = bytes; } })`; otherwise
 * `onError` gets a `TypeError` that says so, and the delivery a 500.
 *
 * @throws {TypeError} when the options cannot be used, such as an empty secret.
 * @example
 * app.post("/webhooks/herobrain", expressHandler({ secrets, onEvent }));
 * app.use(express.json());
 */
export function expressHandler(options: HandlerOptions): ExpressHandler {
  return toExpressHandler(receiver(readScheme(options, defaults), options));
}

/**
 * Makes a handler for a route of Hono; it answers like {@link nodeHandler}. No middleware may have read the body before.
 *
 * @throws {TypeError} when the options cannot be used, such as an empty secret.
 * @example
 * app.post("/webhooks/herobrain", honoHandler({ secrets, onEvent }));
 * app.post("/on/workers", (c) => honoHandler({ secrets: c.env.WEBHOOK_SECRET, onEvent })(c));
 */
export function honoHandler(options: HandlerOptions): HonoHandler {
  return toHonoHandler(receiver(readScheme(options, defaults), options));
}

/**
 * Makes a handler for servers that speak the fetch standard, such as Workers, Deno, Bun and the route handlers of
 * Next.js; it answers like {@link nodeHandler}.
 *
 * @throws {TypeError} when the options cannot be used, such as an empty secret.
 * @example
 * export default { fetch: (request, env) => fetchHandler({ secrets: env.WEBHOOK_SECRET, onEvent })(request) };
 */
export function fetchHandler(options: HandlerOptions): FetchHandler {
  return toFetchHandler(receiver(readScheme(options, defaults), options));
}
