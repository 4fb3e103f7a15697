import { WebhookVerificationError } from "../../runtime/webhooks/error.js";
import type { WebhookHeaders } from "../../runtime/webhooks/headers.js";
import type { Scheme } from "../../runtime/webhooks/scheme.js";
import { readSecrets } from "../../runtime/webhooks/secrets.js";
import { verifyDelivery } from "../../runtime/webhooks/verify.js";
import { type Answer, answerTo } from "./answer.js";
import type { WebhookHandlerOptions } from "./options.js";

/** A request as every server has it. */
export interface IncomingDelivery {
  readonly method: string | undefined;
  readonly headers: WebhookHeaders;
  /** Reads the raw body, which may have as many bytes as given. Called once at most. */
  readonly read: (maxBytes: number) => Promise<Uint8Array>;
}

/** Takes a delivery and tells how to answer it; never rejects. */
export type Receiver = (delivery: IncomingDelivery) => Promise<Answer>;

/**
 * What every handler does with a request, whatever server it came from.
 *
 * @throws {TypeError} when the secrets or the limit cannot be used: at once, and not with the first delivery.
 */
export function receiver<Event>(scheme: Scheme, options: WebhookHandlerOptions<Event>): Receiver {
  const { onEvent, onRefused, onError = printError, maxBytes = 1024 * 1024 } = options;
  const secrets = readSecrets(options.secrets);
  if (typeof onEvent !== "function") throw new TypeError("The option onEvent has to be a function.");
  if (typeof maxBytes !== "number" || !(maxBytes >= 0)) {
    throw new TypeError("The option maxBytes has to be a number of bytes, 0 or more.");
  }

  const fail = async (error: unknown): Promise<Answer> => {
    await report(() => onError(error));
    return answerTo("failed");
  };

  return async ({ method, headers, read }) => {
    if (method !== "POST") return answerTo("wrong-method");
    let event: Record<string, unknown>;
    try {
      event = await verifyDelivery(scheme, await read(maxBytes), headers, secrets);
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) return fail(error);
      await report(() => onRefused?.(error));
      return answerTo(error.reason);
    }
    try {
      // The shapes are the description's word; a delivery is not held against them, so that new fields do no harm.
      await onEvent(event as Event);
      return answerTo("taken");
    } catch (error) {
      return fail(error);
    }
  };
}

/** The sender gets its answer even if the listener fails, which has nobody left to tell. */
async function report(tell: () => unknown): Promise<void> {
  try {
    await tell();
  } catch {}
}

function printError(error: unknown): void {
  console.error("A webhook's delivery could not be handled:", error);
}
