import { expect, test } from "vitest";
import { sign, verify, type WebhookOptions, type WebhookTimestampOptions } from "../../src/herobrain/webhooks.js";
import { body, failure, header, hmac, payload, refusal, secret, signed } from "./support.js";

const sent = 1_763_546_400;

/** Verifies a delivery that was signed at `sent`, some seconds later. */
function after(seconds: number, options: Partial<WebhookTimestampOptions> = {}, headers = stamped()) {
  return verify(body, headers, secret, {
    timestamp: { header: "X-Timestamp", now: () => (sent + seconds) * 1000, ...options },
  });
}

function stamped(timestamp = String(sent), signedAs = `${timestamp}.${body}`): Record<string, string> {
  return { "x-timestamp": timestamp, [header]: hmac(signedAs) };
}

test("a delivery is taken within five minutes of its time, on either side", async () => {
  for (const seconds of [0, 1, 299, 300, -300]) expect(await after(seconds)).toEqual(payload);
});

test("a delivery that is sent again after five minutes is refused, and so is one from the future", async () => {
  expect(await refusal(after(301))).toBe("too-old");
  expect(await refusal(after(-301))).toBe("too-new");
  expect(await refusal(after(10 ** 9))).toBe("too-old");
});

test("the tolerance is in seconds; none, and an infinite one, can be had", async () => {
  expect(await after(10, { tolerance: 10 })).toEqual(payload);
  expect(await refusal(after(11, { tolerance: 10 }))).toBe("too-old");
  expect(await after(0, { tolerance: 0 })).toEqual(payload);
  expect(await refusal(after(1, { tolerance: 0 }))).toBe("too-old");
  expect(await after(10 ** 9, { tolerance: Number.POSITIVE_INFINITY })).toEqual(payload);
});

test("a replay cannot be dated anew, since its time is signed", async () => {
  const redated = { ...stamped(), "x-timestamp": String(sent + 1000) };
  expect(await refusal(after(1000, {}, redated))).toBe("wrong-signature");
});

test("a signature over the body alone is not enough where a time is expected", async () => {
  expect(await refusal(after(0, {}, { ...signed(), "x-timestamp": String(sent) }))).toBe("wrong-signature");
});

test("a forged delivery is refused for its signature, whatever its time: only a real one is too old", async () => {
  expect(await refusal(after(1000, {}, { ...stamped(), [header]: "0".repeat(64) }))).toBe("wrong-signature");
});

test("a time that is missing, given twice or no whole number is refused", async () => {
  expect(await refusal(after(0, {}, { [header]: hmac(`${sent}.${body}`) }))).toBe("no-timestamp");
  expect(await refusal(after(0, {}, { ...stamped(), "X-Timestamp": String(sent) }))).toBe("malformed-timestamp");
  for (const text of ["", "now", "-1", "1e9", "0x10", "1.5", ` ${sent}`, "2025-11-19T10:00:00Z", "9".repeat(40), "٣"]) {
    expect(await refusal(after(0, {}, stamped(text))), text).toBe("malformed-timestamp");
  }
});

test("the separator is what the sender has, also none at all", async () => {
  expect(await after(0, { separator: ":" }, stamped(undefined, `${sent}:${body}`))).toEqual(payload);
  expect(await after(0, { separator: "" }, stamped(undefined, `${sent}${body}`))).toEqual(payload);
  expect(await refusal(after(0, { separator: ":" }))).toBe("wrong-signature");
});

test("a time in milliseconds needs the option, and is refused as far too new without it", async () => {
  const headers = stamped(String(sent * 1000 + 999));
  expect(await after(1, { unit: "milliseconds" }, headers)).toEqual(payload);
  expect(await refusal(after(302, { unit: "milliseconds" }, headers))).toBe("too-old");
  expect(await refusal(after(0, {}, headers))).toBe("too-new");
});

test("by default the clock is that of the machine", async () => {
  const options: WebhookOptions = { timestamp: { header: "x-timestamp" } };
  const now = String(Math.floor(Date.now() / 1000));
  expect(await verify(body, stamped(now), secret, options)).toEqual(payload);
  expect(await refusal(verify(body, stamped(), secret, options))).toBe("too-old");
});

test("a time is signed as the options say", async () => {
  const at = (unit: "seconds" | "milliseconds") =>
    sign(body, secret, { timestamp: { header: "X-Timestamp", unit, separator: ":", now: () => sent * 1000 + 999.5 } });
  expect(await at("seconds")).toMatchObject(stamped(String(sent), `${sent}:${body}`));
  expect(await at("milliseconds")).toMatchObject(stamped(`${sent}999`, `${sent}999:${body}`));
});

test.each<[string, unknown]>([
  ["without a header", {}],
  ["whose tolerance is negative", { header: "t", tolerance: -1 }],
  ["whose tolerance is no number, which nothing is greater than", { header: "t", tolerance: Number.NaN }],
  ["whose tolerance is text", { header: "t", tolerance: "300" }],
  ["whose unit does not exist", { header: "t", unit: "s" }],
  ["whose separator is no string", { header: "t", separator: 0 }],
  ["whose clock is no function", { header: "t", now: sent }],
])("a timestamp %s is a TypeError", async (_, timestamp) => {
  expect(await failure(verify(body, stamped(), secret, { timestamp } as WebhookOptions))).toBeInstanceOf(TypeError);
});
