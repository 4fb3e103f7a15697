import { expect, test } from "vitest";
import { verify, type WebhookHeaders, type WebhookOptions } from "../../src/herobrain/webhooks.js";
import { body, failure, header, hmac, payload, refusal, secret, signed } from "./support.js";

const signature = hmac(body);

test.each<[string, WebhookHeaders]>([
  ["Headers", new Headers({ "X-HeroBrain-Signature": signature })],
  ["Node's headers", { host: "localhost", "set-cookie": ["a", "b"], [header]: signature }],
  ["an object in the vendor's spelling", { "X-HeroBrain-Signature": signature }],
  ["an object in capitals", { [header.toUpperCase()]: signature }],
  ["an object whose values are lists, as gateways have it", { "x-herobrain-signature": [signature] }],
  ["an object without a prototype", Object.assign(Object.create(null), signed())],
  ["an object with a header of the name get", { get: "x", ...signed() }],
  ["an object with values that are undefined", { "X-Herobrain-Signature": undefined, ...signed() }],
  ["a Map with names in lower case", new Map(Object.entries(signed())) as unknown as Headers],
])("the signature is found in %s", async (_, headers) => {
  expect(await verify(body, headers, secret)).toEqual(payload);
});

test.each<[string, WebhookHeaders]>([
  ["Headers", new Headers({ "x-signature": signature })],
  ["an object", { "x-signature": signature }],
  ["an object whose value is undefined", { [header]: undefined }],
  ["an object whose list is empty", { [header]: [] }],
  ["an object that only inherits it", Object.create(signed())],
  ["a Map", new Map() as unknown as Headers],
])("a header that is missing in %s is refused as such", async (_, headers) => {
  expect(await refusal(verify(body, headers, secret))).toBe("no-signature");
});

test.each<[string, WebhookHeaders]>([
  [
    "joined by Headers",
    new Headers([
      [header, signature],
      [header, signature],
    ]),
  ],
  ["joined by Node", { [header]: `${signature}, ${signature}` }],
  ["as a list", { [header]: [signature, signature] }],
  ["in two spellings", { [header]: signature, "X-HeroBrain-Signature": "0".repeat(64) }],
])("a header that is given twice, %s, is refused, even if one of the two is right", async (_, headers) => {
  expect(await refusal(verify(body, headers, secret))).toBe("malformed-signature");
});

test("another header can be configured, in any case; the default one then counts for nothing", async () => {
  const options: WebhookOptions = { header: "X-Signature-256" };
  expect(await verify(body, { "x-signature-256": signature }, secret, options)).toEqual(payload);
  expect(await refusal(verify(body, signed(), secret, options))).toBe("no-signature");
});

test("an option that is undefined leaves its default as it is", async () => {
  const options: WebhookOptions = { header: undefined, encoding: undefined, prefix: undefined, timestamp: undefined };
  expect(await verify(body, signed(), secret, options)).toEqual(payload);
});

test.each<[string, unknown]>([
  ["a header with a space", { header: "x signature" }],
  ["a header with a line end", { header: "x-signature\r\n" }],
  ["an empty header", { header: "" }],
  ["a header that is no string", { header: 1 }],
  ["an encoding that does not exist", { encoding: "base32" }],
  ["a prefix that is no string", { prefix: 256 }],
])("%s is a TypeError", async (_, options) => {
  expect(await failure(verify(body, signed(), secret, options as WebhookOptions))).toBeInstanceOf(TypeError);
});

test.each([null, undefined, "x-herobrain-signature: 00"])("headers that are %s are a TypeError", async (headers) => {
  expect(await failure(verify(body, headers as unknown as WebhookHeaders, secret))).toBeInstanceOf(TypeError);
});
