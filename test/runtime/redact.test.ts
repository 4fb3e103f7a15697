import { expect, test } from "vitest";
import { Redactor } from "../../runtime/redact.js";

const redactor = new Redactor(["plainKey", "pin"]);

test("query parameters that are secrets are masked, and nothing else of the URL changes", () => {
  expect(redactor.url("https://x.test/a?token=t0p&page=2&q=a%20b&ACCESS_TOKEN=x&pin=1234")).toBe(
    "https://x.test/a?token=***&page=2&q=a%20b&ACCESS_TOKEN=***&pin=***",
  );
  expect(redactor.url("https://x.test/a?%74oken=t0p")).toBe("https://x.test/a?%74oken=***");
  expect(redactor.url("https://x.test/a?keyword=cat")).toBe("https://x.test/a?keyword=cat");
});

test("a user and a fragment in a URL are left out", () => {
  expect(redactor.url("https://me:pw@x.test/a@b#access_token=t0p")).toBe("https://x.test/a@b");
});

test("fields that are secrets are masked at any depth, and the value itself is not changed", () => {
  const value = { id: "1", plainKey: "k", nested: [{ password: "p", pin: 1234, apiKey: { a: 1 }, note: null }] };
  expect(redactor.value(value)).toEqual({
    id: "1",
    plainKey: "***",
    nested: [{ password: "***", pin: "***", apiKey: "***", note: null }],
  });
  expect(value.plainKey).toBe("k");
});

test("text is cut only after its secrets are masked, so that no half of one is left", () => {
  const text = `${"x".repeat(190)} ${"s3cr3t-".repeat(10)} end`;
  const printed = redactor.text(text, ["s3cr3t-".repeat(10)], 200);
  expect(printed).not.toContain("s3cr3t");
  expect(printed.length).toBeLessThanOrEqual(200);
});

test("text stays on one line, so that it cannot forge a log entry or move the cursor", () => {
  expect(redactor.text("a\r\n2025 INFO forged\u001b[2J\u202eb", [], 200)).toBe("a 2025 INFO forged [2J b");
});

test("secrets in broken JSON and in forms are masked by their names", () => {
  expect(redactor.text('{"plainKey": "hb_1\\"2", "id": "1", "secret":"cut o', [], 200)).toBe(
    '{"plainKey": "***", "id": "1", "secret":"***"',
  );
  expect(redactor.text("see /login?token=t0p&page=2", [], 200)).toBe("see /login?token=***&page=2");
});

test("a longer secret is masked before a shorter one that is a part of it", () => {
  expect(redactor.text("key abcd-efgh", ["abcd", "abcd-efgh"], 200)).toBe("key ***");
});

test("text made to slow a masking pattern down does not", () => {
  const hostile = `${'"'.repeat(50_000)}${"a=".repeat(50_000)}${'"token":"\\'.repeat(10_000)}`;
  expect(redactor.text(hostile, [], 200).length).toBeLessThanOrEqual(200);
});

test("what breaks a line or cannot be seen does not keep a secret from being masked", () => {
  expect(redactor.text('{"token"\u200b:"t0p", "pin":"a\\\nb", "key"\u00ad: "k"}', [], 200)).toBe(
    '{"token" :"***", "pin":"***", "key" : "***"}',
  );
  expect(redactor.text("my t0p\u200bs3cr3t and t0p s3cr3t", ["t0p s3cr3t"], 200)).toBe("my *** and ***");
});

test("a secret is known in each form in which a server may repeat it", () => {
  const secrets = [...redactor.secretsIn({ plainKey: 'a"b/c' })];
  expect(redactor.text(`a"b/c a%22b%2Fc ${JSON.stringify('a"b/c')}`, secrets, 200)).toBe('*** *** "***"');
  expect([...redactor.secretsIn({ plainKey: "half\ud800" })]).toContain("half\ud800");
});

test("a secret that is a list or an object is a secret in all its parts", () => {
  expect([...redactor.secretsIn({ plainKey: ["first", { second: "second", n: 12345 }], other: ["third"] })]).toEqual([
    "first",
    "second",
  ]);
});

test("bytes, streams and what goes in a circle are not looked through", () => {
  const circle: Record<string, unknown> = { plainKey: "hb_0123" };
  circle.self = [circle];
  expect([...redactor.secretsIn(circle)]).toEqual(["hb_0123"]);
  const lazy = new (class {
    get plainKey() {
      return expect.fail("looked");
    }
  })();
  expect([...redactor.secretsIn([new Uint8Array(10), new Blob(["x"]), new FormData(), lazy])]).toEqual([]);
});
