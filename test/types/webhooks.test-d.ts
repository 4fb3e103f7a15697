import { createServer } from "node:http";
import { describe, expectTypeOf, test } from "vitest";
import * as herobrain from "../../src/herobrain/webhooks.js";
import type { MemoryType, WebhookEvent, WebhookEventType } from "../../src/herobrain.js";
import * as heycmo from "../../src/heycmo/webhooks.js";
import type { HookDelivery } from "../../src/heycmo.js";

const secrets = "secret";
const scheme: heycmo.WebhookOptions = { header: "x-signature", encoding: "hex" };

describe("HeroBrain's events", () => {
  test("are those of the client, and narrow their data by name where it is documented", async () => {
    const event = await herobrain.verify("", new Headers(), secrets);
    expectTypeOf(event).toEqualTypeOf<WebhookEvent>();
    expectTypeOf(event.event).toEqualTypeOf<WebhookEventType>();
    expectTypeOf(event.metadata.request_id).toEqualTypeOf<string>();
    if (event.event === "memory.created") {
      expectTypeOf(event.data.content).toEqualTypeOf<string>();
      expectTypeOf(event.data.type).toEqualTypeOf<MemoryType>();
    }
    if (event.event === "memory.deleted") expectTypeOf(event.data).toEqualTypeOf<{ [key: string]: unknown }>();
    // @ts-expect-error there is no such event
    event.event === "memory.read";
  });

  test("of unknown name are open objects", async () => {
    const unknown = herobrain.unknownEvent(await herobrain.verify("", {}, secrets));
    expectTypeOf(unknown).toEqualTypeOf<herobrain.UnknownWebhookEvent | undefined>();
    expectTypeOf(unknown?.event).toEqualTypeOf<unknown>();
    expectTypeOf(unknown?.anything).toEqualTypeOf<unknown>();
  });

  test("come to a handler as they come from verify", () => {
    herobrain.fetchHandler({ secrets, onEvent: (event) => void expectTypeOf(event).toEqualTypeOf<WebhookEvent>() });
  });
});

test("HeyCMO's deliveries have no field that anybody documented", async () => {
  const event = await heycmo.verify("", {}, secrets, scheme);
  expectTypeOf(event).toEqualTypeOf<HookDelivery>();
  expectTypeOf(event.event).toEqualTypeOf<unknown>();
});

test("what a vendor leaves open is required where nothing could be guessed", () => {
  // @ts-expect-error the options are required
  heycmo.verify("", {}, secrets);
  // @ts-expect-error the encoding is required
  heycmo.sign("", secrets, { header: "x-signature" });
  // @ts-expect-error header and encoding are required
  heycmo.nodeHandler({ secrets, onEvent: () => {} });
  herobrain.sign("", secrets);
  herobrain.verify("", {}, secrets, { encoding: "base64", timestamp: { header: "x-time" } });
  // @ts-expect-error a timestamp needs its header
  herobrain.verify("", {}, secrets, { timestamp: { tolerance: 60 } });
  // @ts-expect-error there is no such encoding
  herobrain.verify("", {}, secrets, { encoding: "base32" });
});

test("a parsed body, a secret of several layers and several secrets to sign with do not compile", () => {
  herobrain.verify(new Uint8Array(), { a: "b", c: ["d"], e: undefined }, ["a", new Uint8Array(), new ArrayBuffer(1)]);
  // @ts-expect-error the body has to be raw
  herobrain.verify({ event: "memory.created" }, {}, secrets);
  // @ts-expect-error a list of secrets is flat
  herobrain.verify("", {}, [["a"]]);
  // @ts-expect-error one secret signs
  herobrain.sign("", ["a", "b"]);
});

test("refusals can be told apart exhaustively", () => {
  const isForged = (reason: herobrain.WebhookRefusal): boolean => {
    switch (reason) {
      case "no-signature":
      case "malformed-signature":
      case "wrong-signature":
      case "no-timestamp":
      case "malformed-timestamp":
        return true;
      case "too-old":
      case "too-new":
      case "malformed-body":
      case "body-too-large":
        return false;
      default:
        return reason satisfies never;
    }
  };
  expectTypeOf(isForged).returns.toBeBoolean();
  expectTypeOf<heycmo.WebhookVerificationError>().toEqualTypeOf<herobrain.WebhookVerificationError>();
});

test("handlers fit where they are used", () => {
  const options = { secrets, onEvent: async () => "ignored" };
  createServer(herobrain.nodeHandler(options));
  createServer(herobrain.expressHandler(options));
  expectTypeOf(herobrain.fetchHandler(options)).toExtend<(request: Request) => Promise<Response>>();
  expectTypeOf(herobrain.honoHandler(options)).toBeCallableWith({ req: { raw: new Request("http://localhost") } });
});
