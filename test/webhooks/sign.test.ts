import { describe, expect, test } from "vitest";
import * as herobrain from "../../src/herobrain/webhooks.js";
import * as heycmo from "../../src/heycmo/webhooks.js";
import { body, failure, header, hmac, refusal, secret } from "./support.js";

describe("signatures are those of RFC 4231", () => {
  // https://www.rfc-editor.org/rfc/rfc4231#section-4, the cases whose digests are whole.
  const bytes = (byte: number, length: number) => new Uint8Array(length).fill(byte);
  test.each<[number, string | Uint8Array, string | Uint8Array, string]>([
    [1, bytes(0x0b, 20), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"],
    [2, "Jefe", "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"],
    [3, bytes(0xaa, 20), bytes(0xdd, 50), "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"],
    [
      6,
      bytes(0xaa, 131),
      "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    ],
  ])("case %i", async (_, key, data, digest) => {
    expect((await herobrain.sign(data, key))[header]).toBe(digest);
    const inBase64 = await herobrain.sign(data, key, { encoding: "base64" });
    expect(inBase64[header]).toBe(Buffer.from(digest, "hex").toString("base64"));
    // The signature is right, so that the body is read, which is no JSON.
    expect(await refusal(herobrain.verify(data, { [header]: digest }, key))).toBe("malformed-body");
  });
});

test("the headers are those of a delivery, and the same as another implementation makes", async () => {
  expect(await herobrain.sign(body, secret)).toEqual({ "content-type": "application/json", [header]: hmac(body) });
  const options = { header: "X-Sig", encoding: "base64", prefix: "sha256=" } as const;
  expect(await herobrain.sign(body, secret, options)).toEqual({
    "content-type": "application/json",
    "x-sig": `sha256=${hmac(body, secret, "base64")}`,
  });
});

test("a parsed body is not signed", async () => {
  expect(await failure(herobrain.sign(JSON.parse(body), secret))).toBeInstanceOf(TypeError);
});

describe("HeyCMO, which documents neither header nor encoding", () => {
  const scheme: heycmo.WebhookOptions = { header: "x-heycmo-signature", encoding: "base64" };

  test("is verified and signed as the options say", async () => {
    const delivery = '{"anything":["at","all"]}';
    const headers = { "X-HeyCMO-Signature": hmac(delivery, secret, "base64") };
    expect(await heycmo.verify(delivery, headers, secret, scheme)).toEqual({ anything: ["at", "all"] });
    expect(await refusal(heycmo.verify(`${delivery} `, headers, secret, scheme))).toBe("wrong-signature");
    expect(await heycmo.sign(delivery, secret, scheme)).toMatchObject({
      "x-heycmo-signature": headers["X-HeyCMO-Signature"],
    });
  });

  test("needs both: nothing is guessed that would refuse every delivery without a hint", async () => {
    for (const given of [undefined, {}, { header: "x-signature" }, { encoding: "hex" }]) {
      const options = given as heycmo.WebhookOptions;
      expect(await failure(heycmo.verify("{}", {}, secret, options))).toBeInstanceOf(TypeError);
      expect(await failure(heycmo.sign("{}", secret, options))).toBeInstanceOf(TypeError);
      const handler = { secrets: secret, onEvent: () => {}, ...options };
      expect(() => heycmo.fetchHandler(handler)).toThrow(TypeError);
      expect(() => heycmo.nodeHandler(handler)).toThrow(TypeError);
      expect(() => heycmo.honoHandler(handler)).toThrow(TypeError);
      expect(() => heycmo.expressHandler(handler)).toThrow(TypeError);
    }
  });

  test("has handlers with the same options", async () => {
    const events: unknown[] = [];
    const handle = heycmo.fetchHandler({ ...scheme, secrets: secret, onEvent: (event) => events.push(event) });
    const request = async (key: string) =>
      new Request("http://localhost/", { method: "POST", body: "{}", headers: await heycmo.sign("{}", key, scheme) });
    expect((await handle(await request(secret))).status).toBe(200);
    expect((await handle(await request("another"))).status).toBe(401);
    expect(events).toEqual([{}]);
  });
});
