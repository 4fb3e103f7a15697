import type { IncomingMessage } from "node:http";
import { type Answer, HttpProblem } from "./problems.js";
import { readBody } from "./requests.js";
import type { Site } from "./sites.js";
import type { WebhookSender } from "./webhooks/sender.js";

/** Below this, after an API's prefix, is what belongs to the mock and not to the API. */
export const controlPath = "/_mock";

/**
 * Answers a request to the mock itself: `GET /_mock/webhooks` lists an API's webhooks, and `POST /_mock/webhooks/<event>`
 * sends one, with the JSON of the request's body in place of the example if there is a body. Of a stateful mock,
 * `GET /_mock/state` counts what an API keeps, and `POST /_mock/reset` puts it back as it was at the start.
 *
 * @param sender what sends them; undefined if the mock was not told where to.
 * @returns undefined if the path is not one of these.
 */
export async function answerControl(
  request: IncomingMessage,
  site: Site,
  sender: WebhookSender | undefined,
): Promise<Answer | undefined> {
  const { path } = site;
  if (path !== controlPath && !path.startsWith(`${controlPath}/`)) return undefined;
  const [, , kind, name, ...more] = path.split("/").map(decodeURIComponent);
  if (kind === "webhooks" && more.length === 0) return answerWebhooks(request, site, name, sender);
  if ((kind === "state" || kind === "reset") && name === undefined) return answerState(request, site, kind);
  const known = ["webhooks", "state", "reset"].map((one) => `${controlPath}/${one}`);
  throw new HttpProblem(404, `The mock has ${known.join(", ")} here, and nothing else.`);
}

function answerState(request: IncomingMessage, { api }: Site, kind: "state" | "reset"): Answer {
  requireMethod(request, kind === "state" ? "GET" : "POST");
  if (!api.state) throw new HttpProblem(409, "The mock keeps nothing: start it with --stateful.");
  if (kind === "reset") api.state.reset();
  return { status: 200, headers: {}, body: { collections: api.state.counts() } };
}

async function answerWebhooks(
  request: IncomingMessage,
  { api }: Site,
  event: string | undefined,
  sender: WebhookSender | undefined,
): Promise<Answer> {
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
