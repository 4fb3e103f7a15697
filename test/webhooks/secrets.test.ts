import { expect, test, vi } from "vitest";
import { fetchHandler, sign, verify, type WebhookSecrets } from "../../src/herobrain/webhooks.js";
import { body, failure, payload, refusal, secret, signed } from "./support.js";

test("during a rotation a delivery is taken with the old secret and with the new one, in any order", async () => {
  for (const secrets of [
    ["new", "old"],
    ["old", "new"],
  ]) {
    expect(await verify(body, signed(body, "old"), secrets)).toEqual(payload);
    expect(await verify(body, signed(body, "new"), secrets)).toEqual(payload);
    expect(await refusal(verify(body, signed(body, "other"), secrets))).toBe("wrong-signature");
  }
});

test("after a rotation the old secret opens nothing", async () => {
  expect(await refusal(verify(body, signed(body, "old"), ["new"]))).toBe("wrong-signature");
});

test("every secret is tried, even after one has fitted, so that time does not tell which one it was", async () => {
  const verdict = vi.spyOn(crypto.subtle, "verify");
  try {
    await verify(body, signed(body, "first"), ["first", "second", "third"]);
    expect(verdict).toHaveBeenCalledTimes(3);
  } finally {
    verdict.mockRestore();
  }
});

test("a secret may be bytes, a part of a larger buffer, or text that is not ASCII", async () => {
  const bytes = Uint8Array.from({ length: 48 }, (_, index) => 255 - index);
  const part = bytes.subarray(8, 40);
  expect(await verify(body, signed(body, part), part)).toEqual(payload);
  expect(await verify(body, signed(body, part), bytes.buffer.slice(8, 40))).toEqual(payload);
  expect(await verify(body, signed(body, part), Buffer.from(part))).toEqual(payload);
  expect(await refusal(verify(body, signed(body, bytes), part))).toBe("wrong-signature");
  expect(await verify(body, signed(body, "Schlüssel"), "Schlüssel")).toEqual(payload);
});

test("a secret longer than a block of SHA-256 is not cut", async () => {
  const long = "k".repeat(100);
  expect(await verify(body, signed(body, long), long)).toEqual(payload);
  expect(await refusal(verify(body, signed(body, long), `${long}k`))).toBe("wrong-signature");
});

test.each<[string, unknown]>([
  ["the empty string, which an unset environment variable turns into", ""],
  ["no bytes", new Uint8Array()],
  ["an empty list", []],
  ["an empty one among others", [secret, ""]],
  ["undefined", undefined],
  ["null", null],
  ["a missing one among others", [secret, undefined]],
  ["a number", 12345],
  ["an object", { secret }],
  ["a list in a list", [[secret]]],
])("%s is a TypeError as a secret, even for a delivery that was signed with it", async (_, secrets) => {
  const given = secrets as WebhookSecrets;
  expect(await failure(verify(body, signed(body, ""), given))).toBeInstanceOf(TypeError);
  expect(() => fetchHandler({ secrets: given, onEvent: () => {} })).toThrow(TypeError);
});

test.each<[string, unknown]>([
  ["empty", ""],
  ["a list", [secret]],
  ["missing", undefined],
])("nothing is signed with a secret that is %s", async (_, given) => {
  expect(await failure(sign(body, given as string))).toBeInstanceOf(TypeError);
});
