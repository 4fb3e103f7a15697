import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { type RawBody, unknownEvent, verify, type WebhookEvent } from "../../src/herobrain/webhooks.js";
import { body, failure, payload, refusal, secret, signed } from "./support.js";

const bytes = new TextEncoder().encode(body);

/** Verifies a body that is signed as it is. */
const take = (content: string | Uint8Array) => verify(content, signed(content), secret);

describe("a raw body", () => {
  test.each<[string, RawBody]>([
    ["text", body],
    ["bytes", bytes],
    ["a Buffer", Buffer.from(bytes)],
    ["an ArrayBuffer", bytes.slice().buffer],
    ["a part of a larger buffer", new Uint8Array([0, ...bytes, 0]).subarray(1, -1)],
    ["shared memory", new Uint8Array(new SharedArrayBuffer(bytes.length)).fill(0)],
    ["an ArrayBuffer of another realm", runInNewContext("new Uint8Array(bytes).buffer", { bytes: [...bytes] })],
  ])("may be %s", async (name, raw) => {
    if (name === "shared memory") (raw as Uint8Array).set(bytes);
    expect(await verify(raw, signed(), secret)).toEqual(payload);
  });

  test.each<[string, unknown]>([
    ["a parsed object", payload],
    ["nothing, as without a parser in Express", undefined],
    ["null", null],
    ["an array of numbers", [...bytes]],
    ["a stream", new Response(body).body],
    ["a request", new Request("http://localhost", { method: "POST", body })],
  ])("cannot be %s: the error says what to pass instead", async (_, raw) => {
    const error = await failure(verify(raw as string, signed(), secret));
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain("as it was received");
  });

  test("is copied: what is read is what was verified, although the buffer is used again meanwhile", async () => {
    const pooled = Buffer.from(bytes);
    const event = verify(pooled, signed(), secret);
    pooled.fill(" ");
    expect(await event).toEqual(payload);
  });
});

describe("a body whose signature is right", () => {
  test.each([
    ["empty", ""],
    ["no JSON", "event=memory.created"],
    ["cut off", body.slice(0, -1)],
    ["two values", "{}{}"],
    ["a list", "[{}]"],
    ["null", "null"],
    ["a number", "1"],
    ["text", '"memory.created"'],
  ])("is refused if it is %s", async (_, content) => {
    expect(await refusal(take(content))).toBe("malformed-body");
  });

  test("is refused if it is not in UTF-8, instead of read with replacement characters", async () => {
    const latin1 = Buffer.from('{"event":"memory.created","data":{"content":"Søren"}}', "latin1");
    expect(await refusal(take(latin1))).toBe("malformed-body");
  });

  test("is read as UTF-8: two, three and four bytes a character, escapes, and U+2028", async () => {
    const content = { event: "memory.created", data: { content: "ø € 🎯 \u2028 \u0000 \ud800" } };
    expect(await take(JSON.stringify(content))).toEqual(content);
  });

  test("may be of a megabyte", async () => {
    const content = JSON.stringify({ event: "memory.created", data: { content: "é".repeat(512 * 1024) } });
    expect(await take(content)).toEqual(JSON.parse(content));
  });

  test("is not read at all before its signature is: broken JSON is refused for its signature", async () => {
    expect(await refusal(verify("{", signed("}"), secret))).toBe("wrong-signature");
  });

  test("cannot reach prototypes", async () => {
    const event = await take('{"event":"memory.created","__proto__":{"polluted":true}}');
    expect("polluted" in {}).toBe(false);
    expect(Object.getPrototypeOf(event)).toBe(Object.prototype);
  });
});

describe("an event's name", () => {
  const bundle = new URL("../../generated/herobrain/openapi.json", import.meta.url);
  const { webhooks } = JSON.parse(readFileSync(bundle, "utf8"));
  const examples = Object.entries<{ post: { requestBody: { content: Record<string, { example: object }> } } }>(
    webhooks,
  );

  test.each(examples)("%s is known: its documented example is taken as it is", async (name, { post }) => {
    const { example } = post.requestBody.content["application/json"]!;
    const event = await take(JSON.stringify(example));
    expect(event).toEqual(example);
    expect(event.event).toBe(name);
    expect(unknownEvent(event)).toBeUndefined();
  });

  test("that the vendor adds later is no error, and can be told apart", async () => {
    const added = { event: "memory.archived", data: { id: "mem_1" }, metadata: {} };
    const event = await take(JSON.stringify(added));
    expect(unknownEvent(event)).toEqual(added);
  });

  test.each(["{}", '{"event":1}', '{"event":null}', '{"event":"toString"}', '{"event":"__proto__"}'])(
    "in %s is unknown, and the delivery is taken all the same",
    async (content) => {
      const event: WebhookEvent = await take(content);
      expect(unknownEvent(event)).toEqual(JSON.parse(content));
    },
  );
});
