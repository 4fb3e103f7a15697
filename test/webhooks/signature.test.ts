import { describe, expect, test, vi } from "vitest";
import { verify } from "../../src/herobrain/webhooks.js";
import { body, header, hmac, payload, refusal, secret, signed } from "./support.js";

const sha256 = { prefix: "sha256=" };
const base64 = { encoding: "base64" } as const;

test("a delivery that another implementation signed is taken, and its event is what was sent", async () => {
  expect(await verify(body, signed(), secret)).toEqual(payload);
});

describe("a signature over other bytes is refused", () => {
  test("JSON that was parsed and written again, although it means the same", async () => {
    const sent = `${JSON.stringify(payload, null, 2)}\n`;
    expect(await verify(sent, signed(sent), secret)).toEqual(payload);
    expect(await refusal(verify(JSON.stringify(JSON.parse(sent)), signed(sent), secret))).toBe("wrong-signature");
  });

  test("an escape that stands for the same character", async () => {
    const escaped = body.replace("ø", "\\u00f8");
    expect(JSON.parse(escaped)).toEqual(payload);
    expect(await refusal(verify(escaped, signed(), secret))).toBe("wrong-signature");
  });

  test("one flipped bit, anywhere in the body", async () => {
    const bytes = new TextEncoder().encode(body);
    for (let bit = 0; bit < bytes.length * 8; bit += 13) {
      const forged = bytes.slice();
      forged[bit >> 3]! ^= 1 << (bit & 7);
      expect(await refusal(verify(forged, signed(), secret))).toBe("wrong-signature");
    }
  });

  test("a byte more or less at either end", async () => {
    for (const forged of [`${body}\n`, ` ${body}`, `${body}\0`, body.slice(1), body.slice(0, -1), `\uFEFF${body}`]) {
      expect(await refusal(verify(forged, signed(), secret))).toBe("wrong-signature");
    }
  });
});

describe("a signature that was tampered with is refused", () => {
  test("one flipped bit, anywhere in it", async () => {
    const digest = Buffer.from(hmac(body), "hex");
    for (let bit = 0; bit < 256; bit += 1) {
      const forged = Buffer.from(digest);
      forged[bit >> 3]! ^= 1 << (bit & 7);
      expect(await refusal(verify(body, { [header]: forged.toString("hex") }, secret))).toBe("wrong-signature");
    }
  });

  test.each([
    ["empty", ""],
    ["truncated by a digit", hmac(body).slice(0, -1)],
    ["truncated to half", hmac(body).slice(0, 32)],
    ["a digit longer", `${hmac(body)}0`],
    ["given twice over", hmac(body) + hmac(body)],
    ["with a line end behind it", `${hmac(body)}\n`],
    ["with a space before it", ` ${hmac(body)}`],
    ["with a letter that is no digit", `g${hmac(body).slice(1)}`],
    ["with digits that are not ASCII", `１${hmac(body).slice(1)}`],
    ["with a prefix that nobody asked for", `sha256=${hmac(body)}`],
  ])("one that is %s", async (_, signature) => {
    expect(await refusal(verify(body, { [header]: signature }, secret))).toBe("malformed-signature");
  });

  test("the HMAC of another hash, and the bare hash of the body", async () => {
    const { createHash, createHmac } = await import("node:crypto");
    const sha512 = createHmac("sha512", secret).update(body).digest("hex");
    expect(await refusal(verify(body, { [header]: sha512 }, secret))).toBe("malformed-signature");
    const bare = createHash("sha256").update(body).digest("hex");
    expect(await refusal(verify(body, { [header]: bare }, secret))).toBe("wrong-signature");
  });
});

describe("the encoding", () => {
  test("hexadecimal digits are the same in either case", async () => {
    expect(await verify(body, { [header]: hmac(body).toUpperCase() }, secret)).toEqual(payload);
  });

  test("base64 is taken where it is expected", async () => {
    expect(await verify(body, { [header]: hmac(body, secret, "base64") }, secret, base64)).toEqual(payload);
  });

  test("base64 is not taken for hex, nor hex for base64, and the message says what to set", async () => {
    const inBase64 = verify(body, { [header]: hmac(body, secret, "base64") }, secret);
    await expect(inBase64).rejects.toMatchObject({
      reason: "malformed-signature",
      message: expect.stringMatching(/64 hexadecimal digits.*encoding/),
    });
    expect(await refusal(verify(body, signed(), secret, base64))).toBe("malformed-signature");
  });

  test("base64 in the wrong case, without padding or with another alphabet is refused", async () => {
    // With this body the digest has all that is to be replaced here.
    const sent = [...Array(1000).keys()]
      .map((n) => `{"n":${n}}`)
      .find((text) => {
        const digest = hmac(text, secret, "base64");
        return digest.includes("+") && digest.includes("/");
      })!;
    const digest = hmac(sent, secret, "base64");
    const check = (signature: string) => refusal(verify(sent, { [header]: signature }, secret, base64));
    expect(await check(digest.slice(0, -1))).toBe("malformed-signature");
    expect(await check(digest.replaceAll("+", "-").replaceAll("/", "_"))).toBe("malformed-signature");
    expect(["wrong-signature", "malformed-signature"]).toContain(await check(digest.toLowerCase()));
  });

  test("the bits of base64's last character that decoders ignore cannot be flipped unnoticed", async () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const digest = hmac(body, secret, "base64");
    for (const ignored of [1, 2, 3]) {
      const forged = `${digest.slice(0, 42)}${alphabet[alphabet.indexOf(digest[42]!) ^ ignored]}=`;
      expect(Buffer.from(forged, "base64")).toEqual(Buffer.from(digest, "base64"));
      expect(await refusal(verify(body, { [header]: forged }, secret, base64))).toBe("malformed-signature");
    }
  });
});

describe("the prefix", () => {
  test("one that is configured has to be there, as it is", async () => {
    const check = (value: string) => refusal(verify(body, { [header]: value }, secret, sha256));
    expect(await verify(body, { [header]: `sha256=${hmac(body)}` }, secret, sha256)).toEqual(payload);
    for (const prefix of ["", "sha1=", "SHA256=", "sha256", "sha256=sha256=", " sha256="]) {
      expect(await check(prefix + hmac(body)), prefix).toBe("malformed-signature");
    }
    expect(await check(`sha256=${hmac("{}")}`)).toBe("wrong-signature");
  });
});

describe("the comparison does not tell how much of a signature is right", () => {
  test("the verdict is that of WebCrypto alone, which compares in constant time", async () => {
    const verdict = vi.spyOn(crypto.subtle, "verify");
    try {
      verdict.mockResolvedValue(false);
      expect(await refusal(verify(body, signed(), secret))).toBe("wrong-signature");
      verdict.mockResolvedValue(true);
      expect(await verify(body, { [header]: "0".repeat(64) }, secret)).toEqual(payload);
    } finally {
      verdict.mockRestore();
    }
  });

  test("one that is wrong in its first byte goes the same way as one that is wrong in its last", async () => {
    const verdict = vi.spyOn(crypto.subtle, "verify");
    try {
      const digest = Buffer.from(hmac(body), "hex");
      for (const at of [0, 31]) {
        const forged = Buffer.from(digest);
        forged[at]! ^= 255;
        await refusal(verify(body, { [header]: forged.toString("hex") }, [secret, "another"]));
      }
      const seen = verdict.mock.calls.map(([algorithm, , signature, data]) => [
        algorithm,
        signature.byteLength,
        data.byteLength,
      ]);
      expect(seen).toEqual(Array(4).fill(["HMAC", 32, new TextEncoder().encode(body).length]));
    } finally {
      verdict.mockRestore();
    }
  });
});
