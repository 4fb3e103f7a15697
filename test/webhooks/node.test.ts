import { once } from "node:events";
import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { expect, test, vi } from "vitest";
import { type ExpressRequest, expressHandler, nodeHandler } from "../../src/herobrain/webhooks.js";
import { body, payload, post, secret, serve, signed } from "./support.js";

type Middleware = (request: IncomingMessage & { body?: unknown; rawBody?: unknown }) => Promise<void>;

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What `express.json()` does to a request, as far as a handler behind it is concerned. */
const json: Middleware = async (incoming) => {
  incoming.body = JSON.parse((await readAll(incoming)).toString());
};

/** A server whose handler stands behind a middleware. */
async function behind(middleware: Middleware, handle: typeof nodeHandler | typeof expressHandler, maxBytes?: number) {
  const onEvent = vi.fn();
  const onError = vi.fn();
  const handler = handle({ secrets: secret, onEvent, onError, maxBytes });
  const url = await serve(async (incoming: IncomingMessage & ExpressRequest, response: ServerResponse) => {
    await middleware(incoming);
    await handler(incoming, response);
  });
  return { url, onEvent, onError };
}

test("a delivery that comes byte by byte is whole", async () => {
  const onEvent = vi.fn();
  const url = await serve(nodeHandler({ secrets: secret, onEvent }));
  const sending = request(url, { method: "POST", headers: signed() });
  sending.flushHeaders();
  for (const byte of Buffer.from(body)) {
    sending.write(Buffer.of(byte));
    await new Promise((resolve) => setImmediate(resolve));
  }
  sending.end();
  const [response] = await once(sending, "response");
  expect(response.statusCode).toBe(200);
  expect(onEvent.mock.calls).toEqual([[payload]]);
});

test("a signature header that is sent twice is refused", async () => {
  const url = await serve(nodeHandler({ secrets: secret, onEvent: () => {} }));
  const [[name, value] = ["", ""]] = Object.entries(signed());
  const sending = request(url, { method: "POST", headers: { [name]: [value, value] } });
  sending.end(body);
  const [response] = await once(sending, "response");
  expect(response.statusCode).toBe(401);
});

test.each([
  ["node:http", nodeHandler],
  ["Express", expressHandler],
])(
  "a body that a middleware has parsed is a mistake that onError explains, and no wrong signature (%s)",
  async (_, handle) => {
    const { url, onEvent, onError } = await behind(json, handle);
    expect((await post(url)).status).toBe(500);
    expect(onEvent).not.toHaveBeenCalled();
    expect(onError.mock.calls).toEqual([[expect.any(TypeError)]]);
    expect(String(onError.mock.calls[0]?.[0])).toMatch(
      /before any middleware that parses bodies, such as express\.json/,
    );
  },
);

test.each<[string, Middleware]>([
  [
    "express.raw() has read",
    async (incoming) => {
      incoming.body = await readAll(incoming);
    },
  ],
  [
    "express.json() has kept with its option verify",
    async (incoming) => {
      incoming.rawBody = await readAll(incoming);
      incoming.body = { re: "written" };
    },
  ],
])("bytes that %s are used by Express's handler, up to the limit", async (_, middleware) => {
  const { url, onEvent } = await behind(middleware, expressHandler);
  expect((await post(url)).status).toBe(200);
  expect((await post(url, `${body} `)).status).toBe(401);
  expect(onEvent.mock.calls).toEqual([[payload]]);
  expect((await post((await behind(middleware, expressHandler, 10)).url)).status).toBe(413);
});

test("text in place of the body's bytes is not trusted: it may have been decoded in another charset", async () => {
  const { url, onError } = await behind(async (incoming) => {
    incoming.body = (await readAll(incoming)).toString();
  }, expressHandler);
  expect((await post(url)).status).toBe(500);
  expect(onError.mock.calls).toEqual([[expect.any(TypeError)]]);
});

test("an empty object that Express 4 sets where it has parsed nothing does not hide the body", async () => {
  const { url } = await behind(async (incoming) => {
    incoming.body = {};
  }, expressHandler);
  expect((await post(url)).status).toBe(200);
});

test("a request that is decoded while it is read is a mistake that onError explains", async () => {
  const { url, onError } = await behind(async (incoming) => void incoming.setEncoding("latin1"), nodeHandler);
  expect((await post(url)).status).toBe(500);
  expect(String(onError.mock.calls[0]?.[0])).toContain("setEncoding");
});

test("a connection that takes a delivery too large is told so and can be used again", async () => {
  const url = await serve(nodeHandler({ secrets: secret, onEvent: () => {}, maxBytes: 1000 }));
  for (let count = 0; count < 3; count += 1) {
    expect((await post(url, "x".repeat(300_000))).status).toBe(413);
    expect((await post(url)).status).toBe(200);
  }
});

test.each([["before the handler listens"], ["while it reads"]])(
  "a sender that hangs up %s leaves nothing waiting, and no event comes of it",
  async (when) => {
    const onEvent = vi.fn();
    const onRefused = vi.fn();
    const handler = nodeHandler({ secrets: secret, onEvent, onRefused });
    const ended = new Promise<void>((resolve, reject) => {
      const listener = async (incoming: IncomingMessage, response: ServerResponse) => {
        const closed = once(incoming, "close").catch(() => {});
        if (when === "before the handler listens") {
          socket.destroy();
          await closed;
        } else setImmediate(() => socket.destroy());
        await handler(incoming, response);
      };
      const started = serve((incoming, response) => void listener(incoming, response).then(resolve, reject));
      let socket: ReturnType<typeof connect>;
      started.then((url) => {
        socket = connect(Number(new URL(url).port), "127.0.0.1");
        const [[name, value] = ["", ""]] = Object.entries(signed());
        socket.write(`POST / HTTP/1.1\r\nhost: x\r\n${name}: ${value}\r\ncontent-length: 100000\r\n\r\n${body}`);
      }, reject);
    });
    await ended;
    expect(onEvent).not.toHaveBeenCalled();
    expect(onRefused.mock.calls[0]?.[0]).toMatchObject({ reason: "malformed-body" });
  },
);

test("an answer that something else has given meanwhile is left as it is", async () => {
  const handler = nodeHandler({ secrets: secret, onEvent: () => {} });
  const handled: Promise<void>[] = [];
  const url = await serve((incoming, response) => {
    response.writeHead(503).end();
    handled.push(handler(incoming, response));
  });
  expect((await post(url)).status).toBe(503);
  expect((await fetch(url)).status).toBe(503);
  await Promise.all(handled);
});

test("a sender that announces too much is told so before it sends anything", async () => {
  const url = await serve(nodeHandler({ secrets: secret, onEvent: () => {} }));
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1048577\r\n\r\n");
  const [answer] = await once(socket, "data");
  socket.destroy();
  expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /);
});
