import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { sign, verify, type WebhookOptions, WebhookVerificationError } from "../../src/herobrain/webhooks.js";
import * as heycmo from "../../src/heycmo/webhooks.js";
import { failure, header, hmac } from "./support.js";

const secret = "SECRET_swordfish";
const body = '{"content":"PRIVATE_diary"';
const other = hmac("{}", secret);

/** Everything that a log may print of an error. */
function printed(error: unknown): string {
  const { message, stack } = error as Error;
  return [message, stack, String(error), JSON.stringify(error), inspect(error, { depth: 9, showHidden: true })].join();
}

const right = { [header]: hmac(body, secret) };
const timestamp = { timestamp: { header: "x-timestamp", now: () => 0 } };
const timed = { [header]: hmac(`123456789.${body}`, secret), "x-timestamp": "123456789" };

describe("neither secret, signature nor body is in an error", () => {
  test.each<[string, Record<string, string>, WebhookOptions?]>([
    ["no-signature", {}],
    ["malformed-signature", { [header]: `sha256=${other}` }],
    ["wrong-signature", { [header]: other }],
    ["malformed-body", right],
    ["no-timestamp", right, timestamp],
    ["malformed-timestamp", { ...timed, "x-timestamp": "PRIVATE" }, timestamp],
    ["too-new", timed, timestamp],
    ["too-old", timed, { timestamp: { header: "x-timestamp" } }],
  ])("%s", async (reason, headers, options) => {
    const error = await failure(verify(body, headers, [secret, `${secret}2`], options));
    expect(error).toMatchObject({ name: "WebhookVerificationError", reason });
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: "WebhookVerificationError",
      message: (error as Error).message,
      reason,
    });
    expect((error as Error).cause).toBeUndefined();
    for (const hidden of [/SECRET_/, /PRIVATE/, /diary/, other, right[header]!, timed[header]!]) {
      expect(printed(error)).not.toMatch(hidden);
    }
  });

  test("a TypeError", async () => {
    const errors = [
      await failure(verify({ content: "PRIVATE_diary" } as unknown as string, right, secret)),
      await failure(verify(body, right, [secret, ""])),
      await failure(verify(body, right, [{ key: secret } as unknown as string])),
      await failure(sign(body, [secret] as unknown as string)),
      await failure(verify(body, right, secret, { encoding: "SECRET_base" as "hex" })),
    ];
    for (const error of errors) {
      expect(error).toBeInstanceOf(TypeError);
      expect(printed(error).replace(/^\s*at .*$/gm, "")).not.toMatch(/SECRET_|PRIVATE/);
    }
  });
});

test("the error is one class, whichever entry point it comes from, and its stack begins with its name", async () => {
  expect(heycmo.WebhookVerificationError).toBe(WebhookVerificationError);
  const error = await failure(verify(body, {}, secret));
  expect(error).toBeInstanceOf(WebhookVerificationError);
  expect((error as Error).stack).toMatch(/^WebhookVerificationError: /);
});
