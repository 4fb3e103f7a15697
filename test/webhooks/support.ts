import { createHmac } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { type WebhookRefusal, WebhookVerificationError } from "../../src/herobrain/webhooks.js";

export const secret = "whsec_swordfish";
export const header = "x-herobrain-signature";

/** What the vendor shows of a delivery, with a word that is no ASCII. */
export const payload = {
  event: "memory.created",
  data: {
    id: "mem_abc123def456",
    content: "Met with Søren about Q4 goals 🎯",
    type: "episodic",
    tenantId: "user_12345",
    createdAt: "2025-11-19T10:00:00Z",
  },
  metadata: { request_id: "req_1234567890", timestamp: "2025-11-19T10:00:01Z", version: "v1" },
};
export const body = JSON.stringify(payload);

/** The oracle: node:crypto, which nothing under test uses. */
export function hmac(
  bytes: string | Uint8Array,
  key: string | Uint8Array = secret,
  encoding: "hex" | "base64" = "hex",
) {
  return createHmac("sha256", key).update(bytes).digest(encoding);
}

/** The headers of a good delivery. */
export function signed(bytes: string | Uint8Array = body, key: string | Uint8Array = secret): Record<string, string> {
  return { [header]: hmac(bytes, key) };
}

/** The error with which a promise is rejected; fails if it is not. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("Nothing was refused.");
}

/** Why a delivery is refused; fails if it is taken, or anything else goes wrong. */
export async function refusal(promise: Promise<unknown>): Promise<WebhookRefusal> {
  const error = await failure(promise);
  if (error instanceof WebhookVerificationError) return error.reason;
  throw error;
}

/** Starts a server on a free port of the local host. It ends with the test. @returns its URL. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Bytes in chunks, so that they are sent without a length. */
export function chunked(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

/** A POST to a server, as a vendor sends it. */
export function post(url: string, content: BodyInit | null = body, headers: Record<string, string> = signed()) {
  return fetch(url, { method: "POST", body: content, headers, duplex: "half" } as RequestInit);
}
