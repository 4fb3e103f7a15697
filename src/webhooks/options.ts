import type { WebhookVerificationError } from "../../runtime/webhooks/error.js";
import type { WebhookSecrets } from "../../runtime/webhooks/secrets.js";

/** What a handler of deliveries does. */
export interface WebhookHandlerOptions<Event> {
  /** The webhook's secret, or all that are valid while one replaces another. */
  secrets: WebhookSecrets;
  /**
   * Does something with a verified event. The delivery is answered when it is through: 200 if it resolves, 500 if it
   * throws. The same event may come twice, as senders repeat what they got no answer to.
   */
  onEvent: (event: Event) => unknown;
  /** Hears of deliveries that are refused. They are answered with 400, 401 or 413 in any case. */
  onRefused?: ((error: WebhookVerificationError) => unknown) | undefined;
  /**
   * Hears of everything that is answered with a 500: what `onEvent` throws, and a `TypeError` if something else has
   * read the body before. Without it, `console.error` does.
   */
  onError?: ((error: unknown) => unknown) | undefined;
  /** The longest body, in bytes; a longer one is answered with 413 and not kept. 1,048,576 (1 MiB) by default. */
  maxBytes?: number | undefined;
}
