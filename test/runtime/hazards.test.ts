import type { ServerResponse } from "node:http";
import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  ApiAbortError,
  ApiClient,
  type ApiClientOptions,
  ApiConnectionError,
  ApiResponseError,
  ApiStatusError,
  ApiTimeoutError,
  type Authentication,
  bearer,
  CookieJar,
  headerKey,
  Login,
  type Middleware,
  type OperationDescriptor,
  queryKey,
} from "../../runtime/index.js";
import { drain, startEvents, streamNotes, watchNotes } from "./streams.js";
import {
  api,
  createNote,
  getNote,
  type Handler,
  notes,
  type PathsOfNotes,
  rejection,
  sendJson,
  serve,
  signalled,
} from "./support.js";

const one = { path: { id: "1" } };
const byPath = { params: one };
const text = { params: { text: "t" } };
const days30 = 2_592_000;

afterEach(() => {
  vi.restoreAllMocks();
});

/** A client whose waits are real. */
const patient = ({ url }: { readonly url: string }, options: ApiClientOptions = {}) =>
  new ApiClient<PathsOfNotes>(api, { baseUrl: url, ...options });

/** Writes down the runtime's timers of more than a minute, which then fire only by hand. */
function recordLongTimers() {
  const { setTimeout: start, clearTimeout: stop } = globalThis;
  const armed: { readonly ms: number; fire(): void; isCleared: boolean }[] = [];
  let next = signalled();
  vi.spyOn(globalThis, "setTimeout").mockImplementation(((fire: () => void, ms = 0, ...args: unknown[]) => {
    if (ms < 10_000 || !new Error().stack?.includes("runtime/timers")) return start(fire, ms, ...args);
    // Those of the time budgets are no waits between attempts.
    if (ms === 30_000) return start(fire, ms);
    const timer = { ms, fire, isCleared: false };
    armed.push(timer);
    next.resolve();
    next = signalled();
    return timer;
  }) as typeof setTimeout);
  vi.spyOn(globalThis, "clearTimeout").mockImplementation((timer) => {
    const found = armed.find((one) => one === (timer as unknown));
    if (found) found.isCleared = true;
    else stop(timer);
  });
  return { armed, next: () => next.promise };
}

describe("a Retry-After of 30 days does not overflow the 32-bit timer and fire the retries at once", () => {
  const refuse = (until = Number.POSITIVE_INFINITY) =>
    serve((response, _request, count) =>
      sendJson(response, count < until ? 429 : 200, { data: "ok" }, { "retry-after": `${days30}` }),
    );

  test.each<[string, (client: ApiClient<PathsOfNotes>) => PromiseLike<unknown>]>([
    ["a GET", (client) => client.call(getNote, one)],
    ["a POST", (client) => client.call(createNote, text)],
    ["a stream", (client) => client.stream(watchNotes, {}).withResponse()],
  ])("it is above the cap, so %s fails at once with the server's wish, after one request", async (_what, call) => {
    const timers = recordLongTimers();
    const server = await refuse();
    const error = await rejection(call(patient(server)));
    expect(error).toBeInstanceOf(ApiStatusError);
    expect(error).toMatchObject({ status: 429, attempts: 1, retryAfterMs: days30 * 1000 });
    expect(server.requests).toHaveLength(1);
    expect(timers.armed).toEqual([]);
  });

  test("without a cap the wait is armed for its whole length, in parts that a timer can count", async () => {
    const timers = recordLongTimers();
    const server = await refuse(2);
    const begun = timers.next();
    const call = patient(server, { retry: { maxDelayMs: Number.POSITIVE_INFINITY } }).call(getNote, one);
    await begun;
    expect(timers.armed.map(({ ms }) => ms)).toEqual([2 ** 31 - 1]);
    timers.armed[0]?.fire();
    expect(timers.armed.map(({ ms }) => ms)).toEqual([2 ** 31 - 1, days30 * 1000 - (2 ** 31 - 1)]);
    expect(server.requests).toHaveLength(1);
    timers.armed[1]?.fire();
    expect(await call).toBe("ok");
    expect(server.requests).toHaveLength(2);
  });
});

describe("an abort during a wait between attempts takes effect at once, and not when the wait ends", () => {
  test.each<[string, (client: ApiClient<PathsOfNotes>, signal: AbortSignal) => PromiseLike<unknown>]>([
    ["a call", (client, signal) => client.call(getNote, one, { signal })],
    ["a call by path", (client, signal) => client.fetch.GET("/notes/{id}", { ...byPath, signal })],
    [
      "a stream",
      async (client, signal) => {
        const { error } = await drain(client.stream(watchNotes, {}, { signal }));
        throw error;
      },
    ],
  ])("%s", async (_what, call) => {
    const timers = recordLongTimers();
    const server = await serve((response) => sendJson(response, 503, {}, { "retry-after": "20" }));
    const controller = new AbortController();
    const begun = timers.next();
    const outcome = rejection(call(patient(server), controller.signal));
    await begun;
    controller.abort("enough");
    const error = await outcome;
    expect(error).toBeInstanceOf(ApiAbortError);
    expect(error).toMatchObject({ cause: "enough", attempts: 1, isRetryable: false });
    expect(timers.armed).toMatchObject([{ ms: 20_000, isCleared: true }]);
    expect(server.requests).toHaveLength(1);
  });
});

describe("a POST is not sent a second time, since the server may have acted", () => {
  const faults: [string, Handler, ApiClientOptions, new (...args: never[]) => Error][] = [
    ["a 503", (response) => sendJson(response, 503, {}), {}, ApiStatusError],
    ["a 503 that names a wait", (response) => sendJson(response, 503, {}, { "retry-after": "0" }), {}, ApiStatusError],
    [
      "a reset connection",
      (_response, _request, _count, { socket }) => socket.resetAndDestroy(),
      {},
      ApiConnectionError,
    ],
    ["a timeout", () => {}, { timeouts: { headers: 50 } }, ApiTimeoutError],
    ["an answer that breaks off", (response) => breakOff(response), {}, ApiConnectionError],
  ];

  test.each(faults)("after %s", async (_what, handler, options, ErrorClass) => {
    const server = await serve(handler);
    const error = await rejection(notes(server, options).call(createNote, text));
    expect(error).toBeInstanceOf(ErrorClass);
    expect(error).toMatchObject({ attempts: 1, isRetryable: false });
    expect(server.requests).toHaveLength(1);
  });

  test.each(faults)("after %s, when it is called by path", async (_what, handler, options, ErrorClass) => {
    const server = await serve(handler);
    const outcome = await notes(server, options)
      .fetch.POST("/notes", { body: {} })
      .catch((error: unknown) => error);
    if (ErrorClass === ApiStatusError) expect((outcome as { response: Response }).response.status).toBe(503);
    else expect(outcome).toBeInstanceOf(ErrorClass);
    expect(server.requests).toHaveLength(1);
  });
});

function breakOff(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json", "content-length": "99" });
  response.write('{"data":', () => response.destroy());
}

describe("a credential does not follow a redirect to another origin", () => {
  const secret = "hb_s3cr3t-credential";
  const withField: OperationDescriptor = { ...getNote, headers: { plainKey: "X-Access-Token" } };
  const kinds: [string, ApiClientOptions & { readonly authentication?: Authentication }, object?][] = [
    ["a bearer token", { authentication: bearer(secret) }],
    ["a key in a header", { authentication: headerKey("X-Api-Key", secret) }],
    ["a key in a header whose name does not show it", { authentication: headerKey("X-Id", secret) }],
    ["a key in the query", { authentication: queryKey("sig", secret) }],
    ["the constructor's Authorization", { headers: { authorization: `Basic ${secret}` } }],
    ["the constructor's Proxy-Authorization", { headers: { "proxy-authorization": `Basic ${secret}` } }],
    ["the constructor's cookie", { headers: { cookie: `sid=${secret}` } }],
    ["the constructor's own header", { headers: { "X-Auth-Token": secret } }],
    ["the constructor's own header whose name does not show it", { headers: { "X-Account": secret } }],
    ["a field's header", {}, { plainKey: secret }],
    ["a field in the query", {}, { access_token: secret }],
  ];

  test.each(kinds.flatMap((kind) => [301, 302, 303, 307, 308].map((status) => [kind[0], status, kind] as const)))(
    "%s (%d)",
    async (_what, status, [, options, params = {}]) => {
      const elsewhere = await serve((response, { url }) => {
        if (!url.startsWith("/watch")) return sendJson(response, 200, { data: "there" });
        startEvents(response);
        response.end();
      });
      const home = await serve((response, { url }) =>
        response.writeHead(status, { location: `${elsewhere.url}${url.replace("/notes/watch", "/watch")}` }).end(),
      );
      const client = notes(home, options);
      expect(await client.call(withField, { ...one, params })).toBe("there");
      await client.stream(watchNotes, {}).withResponse();
      expect(inspect(home.requests, { depth: 9 })).toContain(secret);
      expect(elsewhere.requests).toHaveLength(2);
      expect(inspect(elsewhere.requests, { depth: 9 })).not.toContain(secret);
    },
  );

  test("a cookie that the server has set", async () => {
    const elsewhere = await serve((response) => sendJson(response, 200, { data: "there" }));
    const home = await serve((response, _request, count) => {
      if (count === 1) return sendJson(response, 200, { data: 1 }, { "set-cookie": `sid=${secret}; Path=/` });
      response.writeHead(307, { location: elsewhere.url }).end();
    });
    const client = notes(home, { cookies: new CookieJar() });
    await client.call(getNote, one);
    expect(await client.call(getNote, one)).toBe("there");
    expect(home.requests[1]?.headers.cookie).toBe(`sid=${secret}`);
    expect(inspect(elsewhere.requests, { depth: 9 })).not.toContain(secret);
  });
});

describe("a path parameter does not climb to another endpoint", () => {
  const odd = [
    "a/b",
    "a\\b",
    "%2f",
    "%",
    "?",
    "#",
    ";",
    " ",
    "\t",
    "\n",
    "\u0000",
    "\u2028",
    "．．",
    "‥",
    "․․",
    "∕",
    "／",
    "\u202e..x",
    "é",
    "e\u0301",
    "🎉",
    "{id}",
    "a..",
    "..a",
    "...",
    "// ",
    "http://x.test",
  ];
  const climbing = [
    "",
    ".",
    "..",
    "%2e",
    "%2e%2e",
    "%2E.",
    ".%2e",
    "%252e%252e",
    "../x",
    "x/..",
    "..\\x",
    "%2e%2e%2fx",
    "..%5cx",
  ];

  test.each(odd)("%j stays in its segment", async (id) => {
    const server = await serve((response) => sendJson(response, 200, { data: 1 }));
    const client = notes(server);
    await client.call(getNote, { path: { id } });
    await client.fetch.GET("/notes/{id}", { params: { path: { id } } });
    for (const { url } of server.requests) {
      const [empty, collection, segment = "", ...more] = url.split("/");
      expect([empty, collection, ...more]).toEqual(["", "notes"]);
      expect(decodeURIComponent(segment)).toBe(id);
      expect(url).not.toMatch(/[?#]/);
    }
    expect(server.requests).toHaveLength(2);
  });

  const refused: unknown[] = [...climbing, [".."], ["."], [""], [], {}, null, "\ud800", "x\udfff", ["\ud800"]];

  test.each(refused.map((id) => [id]))("%j is a TypeError, and nothing is sent", async (id) => {
    const server = await serve((response) => sendJson(response, 200, { data: 1 }));
    const client = notes(server);
    const path = { id: id as string };
    const kinds = [() => client.call(getNote, { path }), () => client.fetch.GET("/notes/{id}", { params: { path } })];
    for (const call of kinds) {
      const error = await rejection(call());
      expect(error).toBeInstanceOf(TypeError);
      expect((error as Error).message).toContain("`id`");
    }
    expect(server.requests).toEqual([]);
  });
});

describe("streams with CRLF", () => {
  /** A server that sends these pieces, each after the client has got the one before, and a fetch to go with it. */
  async function serveInPieces(pieces: readonly string[]) {
    let arrived = signalled();
    const server = await serve(async (response) => {
      startEvents(response);
      for (const piece of pieces) {
        if (piece === "") continue;
        const read = arrived.promise;
        response.write(piece);
        await read;
      }
      response.end();
    });
    const seen = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        controller.enqueue(chunk);
        arrived.resolve();
        arrived = signalled();
      },
    });
    const fetch = async (input: RequestInfo | URL) => {
      const { body, headers } = await globalThis.fetch(input);
      return new Response(body?.pipeThrough(seen) as BodyInit, { headers });
    };
    return notes(server, { fetch });
  }

  const body = 'event: note\r\nid: 1\r\ndata: {"n":\r\ndata: 1}\r\n\r\n: hi\r\n\r\ndata: "last"\r\n\r\n';
  const events = [
    { event: "note", data: { n: 1 }, id: "1" },
    { event: "message", data: "last" },
  ];

  test.each(Array.from({ length: body.length + 1 }, (_, at) => at))(
    "are read the same when they are divided at %d",
    async (at) => {
      const client = await serveInPieces([body.slice(0, at), body.slice(at)]);
      expect(await drain(client.stream(watchNotes, {}))).toEqual({ events, error: undefined });
    },
  );

  test("keep the names of events when CR and LF arrive apart each time", async () => {
    const client = await serveInPieces(body.split(/(?<=\r)|(?<=\n)/));
    expect(await drain(client.stream(watchNotes, {}))).toEqual({ events, error: undefined });
  });

  test.each([
    ["CR", "\r"],
    ["CRLF", "\r\n"],
    ["LF", "\n"],
  ])(
    "do not lose the last event when lines end with %s only, with or without the last blank line",
    async (_name, end) => {
      for (const tail of [end + end, end, ""]) {
        const server = await serve((response) => {
          startEvents(response);
          response.end(`data: 1${end}${end}event: note${end}data: {"n":2}${tail}`);
        });
        expect(await drain(notes(server).stream(watchNotes, {}))).toEqual({
          events: [
            { event: "message", data: 1 },
            { event: "note", data: { n: 2 } },
          ],
          error: undefined,
        });
      }
    },
  );

  test("carry an event of 3 MiB", async () => {
    const big = "0123456789abcdé\n".repeat(3 * 65_536);
    const server = await serve((response) => {
      startEvents(response);
      response.end(`event: note\r\ndata: ${JSON.stringify(big)}\r\n\r\ndata: "after"\r\n\r\n`);
    });
    const { events: read, error } = await drain(notes(server).stream<{ data: unknown }>(watchNotes, {}));
    expect(error).toBeUndefined();
    expect(read.map(({ data }) => data)).toEqual([big, "after"]);
  });

  test("do not drop events without a name", async () => {
    const server = await serve((response) => {
      startEvents(response);
      response.end(
        'data: {"a":1}\r\n\r\nevent:\r\ndata: {"a":2}\r\n\r\nevent: note\r\ndata: {"a":3}\r\n\r\ndata: {"a":4}\r\n\r\n',
      );
    });
    const { events: named } = await drain(notes(server).stream<{ event: string }>(watchNotes, {}));
    expect(named.map(({ event }) => event)).toEqual(["message", "message", "note", "message"]);
    const { events: bare } = await drain(notes(server).stream(streamNotes, {}));
    expect(bare).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }, { a: 4 }]);
  });
});

describe("a stream does not keep or repeat its request", () => {
  test("`break` out of the loop closes the connection", async () => {
    const closed = signalled();
    const server = await serve((response) => {
      response.on("close", closed.resolve);
      startEvents(response, "data: 1\n\ndata: 2\n\n");
    });
    const seen: unknown[] = [];
    for await (const event of notes(server).stream(streamNotes, {})) {
      seen.push(event);
      break;
    }
    await closed.promise;
    expect(seen).toEqual([1]);
    expect(server.requests).toHaveLength(1);
  });

  /** Sends its members to log in, with whatever effect. */
  class Members extends ApiClient<PathsOfNotes> {
    constructor(url: string) {
      super(api, { baseUrl: url, cookies: new CookieJar() });
      this.logInWith(
        new Login("password", () => this.call({ ...createNote, path: "/login", security: [] }, { params: {} })),
      );
    }
  }
  const refuse = () =>
    serve((response, { url }) => {
      if (url === "/login") sendJson(response, 200, { data: true }, { "set-cookie": "sid=1" });
      else sendJson(response, 401, { errors: [] }, { "retry-after": "0" });
    });

  test("a 401 is told after one request where the client does not log in", async () => {
    const server = await refuse();
    const { error } = await drain(notes(server).stream(watchNotes, {}));
    expect(error).toMatchObject({ name: "ApiStatusError", status: 401, attempts: 1, isRetryable: false });
    expect(server.requests).toHaveLength(1);
  });

  test("a 401 is told after exactly one login where it does", async () => {
    const server = await refuse();
    const { error } = await drain(new Members(server.url).stream(watchNotes, {}));
    expect(error).toMatchObject({ name: "ApiStatusError", status: 401, isRetryable: false });
    expect(server.requests.map(({ url }) => url)).toEqual(["/notes/watch", "/login", "/notes/watch"]);
  });

  test("a stream that breaks is not opened again where the API does not keep its events", async () => {
    const server = await serve((response) => {
      startEvents(response);
      response.write("id: 7\ndata: 1\n\n", () => response.destroy());
    });
    expect((await drain(notes(server).stream(watchNotes, {}))).error).toMatchObject({ name: "ApiStreamError" });
    expect(server.requests).toHaveLength(1);
  });
});

describe("an answer of another shape is a typed error", () => {
  const once = { retry: false } as const;

  test.each<[string, Record<string, string>]>([
    ["a Content-Length of 0", { "content-length": "0" }],
    ["an empty chunked body", { "transfer-encoding": "chunked" }],
    ["the type of JSON", { "content-type": "application/json" }],
  ])("a 500 without a body gives an error that is not undefined (%s)", async (_what, headers) => {
    const server = await serve((response) => response.writeHead(500, headers).end());
    const client = notes(server, once);
    const { error, data, response } = await client.fetch.GET("/notes/{id}", byPath);
    expect(data).toBeUndefined();
    expect(response.status).toBe(500);
    for (const found of [error, await rejection(client.call(getNote, one))]) {
      expect(found).toBeInstanceOf(ApiStatusError);
      expect(found).toMatchObject({ status: 500, body: undefined, isRetryable: true, attempts: 1 });
    }
  });

  test.each([true, false])(
    "a page of HTML with 200 is an ApiResponseError and not a SyntaxError (Content-Length: %s)",
    async (hasLength) => {
      const page = "<!doctype html><title>Log in</title>";
      const server = await serve((response) => {
        response.writeHead(200, {
          "content-type": "text/html",
          ...(hasLength ? { "content-length": page.length } : {}),
        });
        response.flushHeaders();
        response.end(page);
      });
      const client = notes(server);
      for (const call of [client.call(getNote, one), client.fetch.GET("/notes/{id}", byPath)]) {
        const error = await rejection(call);
        expect(error).toBeInstanceOf(ApiResponseError);
        expect(error).toMatchObject({ status: 200, contentType: "text/html", snippet: page, isRetryable: false });
      }
    },
  );
});

describe("middleware that sends the request again does not die of a body that was read already", () => {
  const again: [string, Middleware][] = [
    [
      "the request itself",
      { onResponse: ({ request, response, options }) => (response.ok ? undefined : options.fetch(request)) },
    ],
    [
      "a clone of it",
      { onResponse: ({ request, response, options }) => (response.ok ? undefined : options.fetch(request.clone())) },
    ],
    [
      "a copy with another header",
      {
        onResponse: ({ request, response, options }) =>
          response.ok ? undefined : options.fetch(new Request(request, { headers: { "x-again": "1" } })),
      },
    ],
    [
      "what it has read from it",
      {
        onResponse: async ({ request, response, options }) =>
          response.ok
            ? undefined
            : options.fetch(new Request(request.url, { method: request.method, body: (await request.text()) || null })),
      },
    ],
    [
      "the request itself, by the global fetch",
      { onResponse: ({ request, response }) => (response.ok ? undefined : fetch(request)) },
    ],
  ];

  test.each(again)("%s", async (_what, middleware) => {
    const server = await serve((response, _request, count) =>
      sendJson(response, count % 2 ? 409 : 200, { data: count }),
    );
    const client = notes(server, { middleware: [middleware] });
    expect(await client.call(createNote, text)).toBe(2);
    const { data } = await client.fetch.POST("/notes", { body: { text: "u" } });
    expect(data).toEqual({ data: 4 });
    expect(server.requests.map(({ method, body }) => `${method} ${body}`)).toEqual([
      'POST {"text":"t"}',
      'POST {"text":"t"}',
      'POST {"text":"u"}',
      'POST {"text":"u"}',
    ]);
  });
});
