import type { IncomingMessage } from "node:http";
import { type Answer, HttpProblem } from "./problems.js";
import { readBody } from "./requests.js";
import type { Site } from "./sites.js";
import type { WebhookSender } from "./webhooks/sender.js";

/** Below this, after an API's prefix, is what belongs to the mock and not to the API. */
export const controlPath = "/_mock";

/**
 * Answers a request to the mock itself: `GET /_mock/webhooks` lists an API's webhooks, and `POST /_mock/webhooks/<event>`
 * sends one, with the JSON of the request's body in place of the example if there is a body.
 *
 * @param sender what sends them; undefined if the mock was not told where to.
 * @returns undefined if the path is not one of these.
 */
export async function answerControl(
  request: IncomingMessage,
  { api, path }: Site,
  sender: WebhookSender | undefined,
): Promise<Answer | undefined> {
  if (path !== controlPath && !path.startsWith(`${controlPath}/`)) return undefined;
  const [, , kind, event, ...more] = path.split("/").map(decodeURIComponent);
  if (kind !== "webhooks" || more.length > 0) {
    throw new HttpProblem(404, `The mock has ${controlPath}/webhooks here, and nothing else.`);
  }
  requireMethod(request, event === undefined ? "GET" : "POST");
  const known = api.webhooks.map((webhook) => webhook.event);
  if (event === undefined) {
    const webhooks = api.webhooks.map(({ event, cause }) => ({ event, cause }));
    return { status: 200, headers: {}, body: { to: sender?.to, webhooks } };
  }
  if (!known.includes(event)) {
    throw new HttpProblem(404, `${api.title} has no webhook "${event}".`, { webhooks: known });
  }
  if (!sender) throw new HttpProblem(409, "The mock was not told where to send webhooks: start it with --webhooks-to.");
  const raw = await readBody(request);
  const delivery = await sender.send(api.name, event, raw.length > 0 ? readPayload(raw) : undefined);
  if (delivery?.status === undefined)
    throw new HttpProblem(502, `${sender.to} could not be reached: ${delivery?.error}.`);
  return { status: 200, headers: {}, body: delivery };
}

function requireMethod({ method }: IncomingMessage, allow: string): void {
  if (method === allow) return;
  throw new HttpProblem(405, `${method} is not understood here; ${allow} is.`, {}, { allow });
}

function readPayload(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString("utf8"));
  } catch {
    throw new HttpProblem(400, "The body is what to send, and has to be JSON.");
  }
}
