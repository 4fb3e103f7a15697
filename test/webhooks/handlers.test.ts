import { describe, expect, test, vi } from "vitest";
import {
  expressHandler,
  fetchHandler,
  type HandlerOptions,
  honoHandler,
  nodeHandler,
  WebhookVerificationError,
} from "../../src/herobrain/webhooks.js";
import { body, chunked, header, hmac, payload, post, secret, serve, signed } from "./support.js";

type Send = (content?: BodyInit | null, headers?: Record<string, string>, method?: string) => Promise<Response>;

const url = "http://localhost/";
const request = (content: BodyInit | null = body, headers = signed(), method = "POST") =>
  new Request(url, { method, headers, ...(method === "GET" ? {} : { body: content, duplex: "half" }) } as RequestInit);

/** The four handlers, the ones for Node behind a real server. */
const handlers: [string, (options: HandlerOptions) => Promise<Send>][] = [
  ["node:http", async (options) => overHttp(await serve(nodeHandler(options)))],
  ["Express", async (options) => overHttp(await serve(expressHandler(options)))],
  [
    "Hono",
    async (options) =>
      (...sent) =>
        honoHandler(options)({ req: { raw: request(...sent) } }),
  ],
  [
    "fetch",
    async (options) =>
      (...sent) =>
        fetchHandler(options)(request(...sent)),
  ],
];

function overHttp(origin: string): Send {
  return (content, headers, method = "POST") =>
    method === "POST" ? post(origin, content, headers) : fetch(origin, { method });
}

describe.each(handlers)("the handler for %s", (_, start) => {
  test("answers 200 after onEvent has resolved, and not before", async () => {
    const order: unknown[] = [];
    const send = await start({
      secrets: secret,
      onEvent: async (event) => {
        await new Promise((resolve) => setImmediate(resolve));
        order.push(event);
      },
    });
    const response = await send();
    order.push(response.status, await response.text());
    expect(order).toEqual([payload, 200, ""]);
  });

  test("refuses without a body in the answer, and tells onRefused why; onEvent hears nothing", async () => {
    const onEvent = vi.fn();
    const refused: unknown[] = [];
    const send = await start({ secrets: secret, onEvent, onRefused: (error) => refused.push(error) });
    const answers = [
      await send(`${body} `),
      await send(body, {}),
      await send(body, { [header]: "0" }),
      await send("{", signed("{")),
      await send("", signed("")),
      await send(null, signed("")),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 400, 400, 400]);
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(Array(6).fill(""));
    expect(refused.every((error) => error instanceof WebhookVerificationError)).toBe(true);
    expect(refused.map((error) => (error as WebhookVerificationError).reason)).toEqual([
      "wrong-signature",
      "no-signature",
      "malformed-signature",
      "malformed-body",
      "malformed-body",
      "malformed-body",
    ]);
    expect(onEvent).not.toHaveBeenCalled();
  });

  test("answers 405 to other methods and names the one it takes", async () => {
    const send = await start({ secrets: secret, onEvent: vi.fn() });
    for (const method of ["GET", "HEAD", "PUT", "OPTIONS"]) {
      const response = await send(null, {}, method);
      expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
    }
  });

  test("answers 500 if onEvent throws, and onError gets what it threw, also a refusal of its own", async () => {
    const thrown: unknown[] = [];
    const failures = [
      new Error("The database is down."),
      new WebhookVerificationError("too-old", "Another one."),
      undefined,
    ];
    const onRefused = vi.fn();
    for (const failure of failures) {
      const onEvent = async () => {
        throw failure;
      };
      const send = await start({ secrets: secret, onEvent, onRefused, onError: (error) => thrown.push(error) });
      const response = await send();
      expect([response.status, await response.text()]).toEqual([500, ""]);
    }
    expect(thrown).toEqual(failures);
    expect(onRefused).not.toHaveBeenCalled();
  });

  test("answers although onError or onRefused fails itself", async () => {
    const fail = async () => {
      throw new Error("The logger is down.");
    };
    const send = await start({ secrets: secret, onEvent: fail, onError: fail, onRefused: fail });
    expect((await send()).status).toBe(500);
    expect((await send("{}")).status).toBe(401);
  });

  test("prints what onEvent throws if nobody listens, since a silent 500 is hard to find", async () => {
    const print = vi.spyOn(console, "error").mockImplementation(() => {});
    try {
      const failure = new Error("The database is down.");
      const onEvent = () => {
        throw failure;
      };
      await (await start({ secrets: secret, onEvent }))();
      expect(print.mock.calls).toEqual([[expect.any(String), failure]]);
    } finally {
      print.mockRestore();
    }
  });

  test("takes a body of exactly the limit and answers 413 to one byte more, with a length and without", async () => {
    const content = JSON.stringify({ event: "memory.created", data: "é".repeat(500) });
    const bytes = new TextEncoder().encode(content);
    const onEvent = vi.fn();
    const onRefused = vi.fn();
    const exact = await start({ secrets: secret, onEvent, maxBytes: bytes.length });
    expect((await exact(content, signed(content))).status).toBe(200);
    expect((await exact(chunked(bytes, 100), signed(content))).status).toBe(200);
    const short = await start({ secrets: secret, onEvent, onRefused, maxBytes: bytes.length - 1 });
    expect((await short(content, signed(content))).status).toBe(413);
    expect((await short(chunked(bytes, 100), signed(content))).status).toBe(413);
    expect(onEvent).toHaveBeenCalledTimes(2);
    expect(onRefused.mock.calls.map(([error]) => error.reason)).toEqual(["body-too-large", "body-too-large"]);
  });

  test("takes 1 MiB in chunks by default, and no more", async () => {
    const frame = '{"event":"memory.created","data":""}';
    const content = frame.replace('""', `"${"x".repeat(1024 * 1024 - frame.length)}"`);
    const send = await start({ secrets: secret, onEvent: () => {} });
    expect(content).toHaveLength(1024 * 1024);
    const bytes = new TextEncoder().encode(content);
    expect((await send(chunked(bytes, 60_001), signed(content))).status).toBe(200);
    expect((await send(chunked(new Uint8Array([...bytes, 32]), 60_001), signed(content))).status).toBe(413);
  });

  test("takes every option of verify", async () => {
    const options = { header: "x-sig", encoding: "base64", prefix: "v1=" } as const;
    const timestamp = { header: "x-time", separator: ":", now: () => 5_000 };
    const send = await start({ secrets: ["new", secret], onEvent: () => {}, ...options, timestamp });
    const headers = { "x-sig": `v1=${hmac(`5:${body}`, secret, "base64")}`, "x-time": "5" };
    expect((await send(body, headers)).status).toBe(200);
    expect((await send(body, { ...headers, "x-time": "6" })).status).toBe(401);
  });

  test.each<[string, object]>([
    ["an empty secret", { secrets: "" }],
    ["no onEvent", { onEvent: undefined }],
    ["a limit that is no number", { maxBytes: Number.NaN }],
    ["a negative limit", { maxBytes: -1 }],
    ["a header that HTTP does not allow", { header: "x y" }],
  ])("is not made at all with %s, instead of failing at the first delivery", async (_, wrong) => {
    const options = { secrets: secret, onEvent: () => {}, ...wrong };
    await expect((async () => (await start(options))())()).rejects.toThrow(TypeError);
  });
});
