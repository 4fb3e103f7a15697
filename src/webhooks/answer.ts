import type { WebhookRefusal } from "../../runtime/webhooks/error.js";

/** What a delivery is answered with. There is no body: a stranger is not told what was wrong. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

const statuses: Record<WebhookRefusal | "taken" | "wrong-method" | "failed", number> = {
  taken: 200,
  "malformed-body": 400,
  "no-signature": 401,
  "malformed-signature": 401,
  "wrong-signature": 401,
  "no-timestamp": 401,
  "malformed-timestamp": 401,
  "too-old": 401,
  "too-new": 401,
  "wrong-method": 405,
  "body-too-large": 413,
  failed: 500,
};

/** The answer to what became of a delivery. */
export function answerTo(outcome: keyof typeof statuses): Answer {
  return { status: statuses[outcome], headers: outcome === "wrong-method" ? { allow: "POST" } : {} };
}
