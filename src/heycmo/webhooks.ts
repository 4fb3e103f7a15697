/**
 * Receives what HeyCMO delivers to a webhook, on any server with web standards.
 *
 * What is known of the signatures: they are HMAC-SHA256 with the webhook's secret, over the payload (documented, For AI
 * agents, Webhooks). **The header, its encoding, the exact bytes that are signed, a protection against replays and where
 * the secret comes from are not documented**, in any edition. So `header` and `encoding` have no defaults here: a guess
 * would refuse every delivery without a hint, and one look at a delivery tells both. The other parts default to what the
 * sentence says: the signature is over the body, as it was sent, and over nothing else.
 *
 * Nothing is documented about the payload either, not even a field that names the event. A delivery is a JSON object
 * (inferred), all of whose fields are unknown.
 */

import type { WebhookEvent } from "../../generated/heycmo/client.js";
import type { RawBody } from "../../runtime/webhooks/body.js";
import type { WebhookHeaders } from "../../runtime/webhooks/headers.js";
import { readScheme, type WebhookSchemeOptions } from "../../runtime/webhooks/scheme.js";
import { readSecrets, type WebhookSecret, type WebhookSecrets } from "../../runtime/webhooks/secrets.js";
import { signDelivery } from "../../runtime/webhooks/sign.js";
import { verifyDelivery } from "../../runtime/webhooks/verify.js";
import { type ExpressHandler, toExpressHandler } from "../webhooks/express.js";
import { type FetchHandler, toFetchHandler } from "../webhooks/fetch.js";
import { type HonoHandler, toHonoHandler } from "../webhooks/hono.js";
import { type NodeHandler, toNodeHandler } from "../webhooks/node.js";
import type { WebhookHandlerOptions } from "../webhooks/options.js";
import { receiver } from "../webhooks/receiver.js";

export type { HookDelivery, WebhookEvent } from "../../generated/heycmo/client.js";
export * from "../../runtime/webhooks/public.js";
export type {
  ExpressHandler,
  ExpressRequest,
  FetchHandler,
  HonoContext,
  HonoHandler,
  NodeHandler,
  NodeRequest,
  NodeResponse,
} from "../webhooks/public.js";

/**
 * How HeyCMO signs. Look at one delivery for what is required here.
 *
 * - `header`: required, since none is documented.
 * - `encoding`: required, since none is documented: `hex` is 64 characters long, `base64` 44.
 * - `prefix`: none (inferred: none is mentioned).
 * - `timestamp`: none (inferred: "payloads" are what is signed).
 */
export interface WebhookOptions extends WebhookSchemeOptions {}

/** What a handler needs: secrets, `onEvent` and {@link WebhookOptions}. */
export interface HandlerOptions extends WebhookOptions, WebhookHandlerOptions<WebhookEvent> {}

/**
 * Verifies a delivery and gives its payload, an object of unknown fields. The signature is compared in constant time,
 * with every secret. Of the body it is checked that it is a JSON object.
 *
 * @param rawBody the body as it was received, before any JSON parser.
 * @param headers the request's headers.
 * @param secrets the webhook's secret, or all that are valid while one replaces another.
 * @param options how HeyCMO signs.
 * @throws {WebhookVerificationError} (as a rejection) when the delivery is refused; `reason` says why.
 * @throws {TypeError} (as a rejection) when an argument is wrong: a parsed body, an empty secret, no secret, no header.
 * @see For AI agents, Webhooks, for the algorithm
 * @example
 * const scheme: WebhookOptions = { header: "x-what-the-delivery-has", encoding: "hex" };
 * const event = await verify(await request.text(), request.headers, secret, scheme);
 */
export async function verify(
  rawBody: RawBody,
  headers: WebhookHeaders,
  secrets: WebhookSecrets,
  options: WebhookOptions,
): Promise<WebhookEvent> {
  return verifyDelivery(readScheme(options), rawBody, headers, readSecrets(secrets));
}

/**
 * Makes the headers that a delivery of this body would have. For tests and mocks.
 *
 * @param rawBody the body exactly as it will be sent.
 * @param secret the webhook's secret.
 * @param options how HeyCMO signs.
 * @returns headers by name in lower case: the signature, `content-type`, and the time if one is configured.
 * @throws {TypeError} (as a rejection) when an argument is wrong.
 * @example
 * await fetch(url, { method: "POST", body, headers: await sign(body, secret, scheme) });
 */
export async function sign(
  rawBody: RawBody,
  secret: WebhookSecret,
  options: WebhookOptions,
): Promise<Record<string, string>> {
  return signDelivery(readScheme(options), rawBody, secret);
}

/**
 * Makes a listener for `createServer` of `node:http`. It answers every path, so it looks at none.
 *
 * Answers 200 when `onEvent` is through, 401 to what is not signed rightly, 400 to a body that is no JSON object, 405 to
 * other methods than POST, 413 to a body over `maxBytes`, and 500 if `onEvent` throws; never with a body. Which answer
 * HeyCMO expects, how long it waits and whether it repeats a delivery is not documented.
 *
 * @throws {TypeError} when the options cannot be used, such as an empty secret.
 * @example
 * createServer(nodeHandler({ ...scheme, secrets, onEvent: (event) => queue.add(event) })).listen(3000);
 */
export function nodeHandler(options: HandlerOptions): NodeHandler {
  return toNodeHandler(receiver(readScheme(options), options));
}

/**
 * Makes a handler for a route of Express 4 or 5; it answers like {@link nodeHandler}. It reads the raw body itself, so it
 * has to come before `express.json()`, or behind `express.raw({ type: () => true })`. Behind `express.json()` it works
 * only if that keeps the bytes: `express.json({ verify: (req, res, bytes) => { req.rawBody = bytes; } })`; otherwise
 * `onError` gets a `TypeError` that says so, and the delivery a 500.
 *
 * @throws {TypeError} when the options cannot be used, such as an empty secret.
 * @example
 * app.post("/webhooks/heycmo", expressHandler({ ...scheme, secrets, onEvent }));
 * app.use(express.json());
 */
export function expressHandler(options: HandlerOptions): ExpressHandler {
  return toExpressHandler(receiver(readScheme(options), options));
}

/**
 * Makes a handler for a route of Hono; it answers like {@link nodeHandler}. No middleware may have read the body before.
 *
 * @throws {TypeError} when the options cannot be used, such as an empty secret.
 * @example
 * app.post("/webhooks/heycmo", honoHandler({ ...scheme, secrets, onEvent }));
 * app.post("/on/workers", (c) => honoHandler({ ...scheme, secrets: c.env.WEBHOOK_SECRET, onEvent })(c));
 */
export function honoHandler(options: HandlerOptions): HonoHandler {
  return toHonoHandler(receiver(readScheme(options), options));
}

/**
 * Makes a handler for servers that speak the fetch standard, such as Workers, Deno, Bun and the route handlers of
 * Next.js; it answers like {@link nodeHandler}.
 *
 * @throws {TypeError} when the options cannot be used, such as an empty secret.
 * @example
 * export default { fetch: (request, env) => fetchHandler({ ...scheme, secrets: env.WEBHOOK_SECRET, onEvent })(request) };
 */
export function fetchHandler(options: HandlerOptions): FetchHandler {
  return toFetchHandler(receiver(readScheme(options), options));
}
