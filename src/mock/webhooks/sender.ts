import type { MockedApi } from "../mocked-api.js";
import type { Webhook } from "./list.js";
import { loadSigner, type Sign, type SignatureOptions } from "./signer.js";
import { readTarget } from "./target.js";

/** Where and when webhooks are sent. */
export interface WebhookOptions {
  /** The address that all of them are sent to. */
  to: string;
  /** Signs them; without it they are not signed. */
  secret?: string | undefined;
  /** How they are signed, for all the APIs, where that is not what the API's entry point for webhooks takes by default. */
  signature?: SignatureOptions | undefined;
  /** Sends one after another of all the webhooks, so many milliseconds apart; by default none is sent without a cause. */
  everyMs?: number | undefined;
  /** Whether `to` may be on another machine; false by default. */
  allowRemote?: boolean | undefined;
}

/** A webhook that was sent, or could not be. */
export interface Delivery {
  time: Date;
  api: string;
  event: string;
  /** Where it was sent to. */
  to: string;
  /** Whether it was signed. */
  signed: boolean;
  /** What the receiver answered; missing if it could not be reached. */
  status?: number;
  /** Why the receiver could not be reached. */
  error?: string;
  durationMs: number;
}

/** Sends the webhooks of the APIs. */
export interface WebhookSender {
  /** Where they are sent to. */
  to: string;
  /** The APIs whose webhooks are not signed although there is a secret, as too little is known of their signatures. */
  unsigned: string[];
  /** Sends what an operation causes, if it causes anything. */
  after(api: string, operationId: string | undefined): void;
  /**
   * Sends one.
   *
   * @param payload what to send in place of the example.
   * @returns what came of it; undefined if there is no such webhook.
   */
  send(api: string, event: string, payload?: unknown): Promise<Delivery | undefined>;
  /** Sends nothing any more, and gives up what is being sent. */
  close(): void;
}

/** How long a receiver may take, in milliseconds. */
const patience = 10_000;

/**
 * @param onDelivery called after every delivery.
 * @throws WebhookTargetError if the address cannot be used; TypeError if the secret or the signature cannot.
 */
export async function createSender(
  apis: ReadonlyMap<string, MockedApi>,
  options: WebhookOptions,
  onDelivery: (delivery: Delivery) => void,
): Promise<WebhookSender> {
  const { href: to } = readTarget(options.to, options.allowRemote ?? false);
  const all = [...apis.values()].flatMap(({ name, webhooks }) => webhooks.map((webhook) => ({ api: name, webhook })));
  const signers = await loadSigners(new Set(all.map(({ api }) => api)), options);
  const closed = new AbortController();
  let turn = 0;
  let busy = false;
  const next = async () => {
    // A slow receiver must not get them in another order.
    if (busy) return;
    busy = true;
    const { api, webhook } = all[turn++ % all.length]!;
    await deliver(api, webhook);
    busy = false;
  };
  const timer = options.everyMs !== undefined && all.length > 0 ? setInterval(next, options.everyMs) : undefined;

  async function deliver(api: string, { event, example }: Webhook, payload = example): Promise<Delivery> {
    const start = performance.now();
    const sign = signers.get(api);
    const about = { time: new Date(), api, event, to, signed: sign !== undefined };
    const result = await post(to, JSON.stringify(payload), sign, closed.signal);
    const delivery = { ...about, ...result, durationMs: performance.now() - start };
    if (!closed.signal.aborted) onDelivery(delivery);
    return delivery;
  }

  return {
    to,
    unsigned:
      options.secret === undefined ? [] : [...new Set(all.map(({ api }) => api))].filter((api) => !signers.has(api)),
    after(api, operationId) {
      for (const one of all) {
        if (one.api === api && operationId !== undefined && one.webhook.cause === operationId)
          void deliver(api, one.webhook);
      }
    },
    async send(api, event, payload) {
      const found = all.find((one) => one.api === api && one.webhook.event === event);
      return found && deliver(api, found.webhook, payload);
    },
    close() {
      clearInterval(timer);
      closed.abort();
    },
  };
}

async function loadSigners(
  apis: Iterable<string>,
  { secret, signature = {} }: WebhookOptions,
): Promise<Map<string, Sign>> {
  const signers = new Map<string, Sign>();
  if (secret === undefined) return signers;
  for (const api of apis) {
    const sign = await loadSigner(api, secret, signature);
    if (sign) signers.set(api, sign);
  }
  return signers;
}

async function post(
  to: string,
  body: string,
  sign: Sign | undefined,
  closed: AbortSignal,
): Promise<Pick<Delivery, "status" | "error">> {
  try {
    const headers = { "content-type": "application/json", "user-agent": "agent-apis-mock", ...(await sign?.(body)) };
    const signal = AbortSignal.any([closed, AbortSignal.timeout(patience)]);
    // Followed, a redirect would lead to an address that nobody has allowed.
    const response = await fetch(to, { method: "POST", body, headers, signal, redirect: "manual" });
    await response.body?.cancel();
    return { status: response.status };
  } catch (error) {
    const { message, cause } = error as Error;
    return { error: cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : message };
  }
}
