import { createServer } from "node:net";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import {
  ApiAbortError,
  ApiClient,
  type ApiClientOptions,
  ApiConnectionError,
  type ApiDescriptor,
  type ApiStatusError,
  ApiTimeoutError,
} from "../../runtime/index.js";
import { retryDelay, retryPolicy } from "../../runtime/retry.js";
import { sleep } from "../../runtime/timers.js";
import {
  api,
  createNote,
  getNote,
  notes,
  type PathsOfNotes,
  rejection,
  searchNotes,
  sendJson,
  serve,
  signalled,
  watchTimers,
} from "./support.js";

const one = { path: { id: "1" } };
const text = { params: { text: "t" } };

/** Waits that are written down and take no time. */
function recordedWaits(random = 0.5) {
  const waits: number[] = [];
  const sleep = async (ms: number) => {
    waits.push(ms);
  };
  return { waits, seams: { sleep, random: () => random } };
}

afterEach(() => {
  vi.useRealTimers();
});

test.each([408, 429, 500, 502, 503, 504])("a GET is sent again after a %i", async (status) => {
  const server = await serve((response, _request, count) =>
    sendJson(response, count < 3 ? status : 200, { data: count }),
  );
  expect(await notes(server).call(getNote, one)).toBe(3);
});

test.each([400, 401, 404, 409, 501, 505])("a GET is not sent again after a %i", async (status) => {
  const server = await serve((response) => sendJson(response, status, {}));
  expect(await rejection(notes(server).call(getNote, one))).toMatchObject({ status, attempts: 1, isRetryable: false });
  expect(server.requests).toHaveLength(1);
});

test("a POST is not sent again after a 503, since the server may have acted", async () => {
  const server = await serve((response) => sendJson(response, 503, {}));
  expect(await rejection(notes(server).call(createNote, text))).toMatchObject({ attempts: 1, isRetryable: false });
  expect(server.requests).toHaveLength(1);
});

test("a POST is not sent again when the connection breaks, since the server may have acted", async () => {
  const server = await serve((_response, _request, _count, incoming) => incoming.socket.destroy());
  const error = await rejection(notes(server).call(createNote, text));
  expect(error).toBeInstanceOf(ApiConnectionError);
  expect(error).toMatchObject({ attempts: 1, isRetryable: false });
  expect(server.requests).toHaveLength(1);
});

test("a POST that only reads is sent again after a 503, with the same body", async () => {
  const server = await serve((response, _request, count) => sendJson(response, count < 2 ? 503 : 200, { data: "ok" }));
  expect(await notes(server).call(searchNotes, text)).toBe("ok");
  expect(server.requests.map(({ body }) => body)).toEqual(['{"text":"t"}', '{"text":"t"}']);
  expect(server.requests[1]?.headers["content-length"]).toBe("12");
  expect(server.requests[1]?.headers["content-type"]).toBe("application/json");
});

test("a POST is sent again after a 429, since it was not acted on", async () => {
  const server = await serve((response, _request, count) => sendJson(response, count < 2 ? 429 : 200, { data: "ok" }));
  expect(await notes(server).call(createNote, text)).toBe("ok");
  expect(server.requests).toHaveLength(2);
});

test("a GET is sent again when the connection breaks before an answer", async () => {
  const server = await serve((response, _request, count, incoming) => {
    if (count < 3) incoming.socket.destroy();
    else sendJson(response, 200, { data: "ok" });
  });
  expect(await notes(server).call(getNote, one)).toBe("ok");
});

test("a GET is sent again when no answer comes in time", async () => {
  const server = await serve((response, _request, count) => {
    if (count > 1) sendJson(response, 200, { data: "ok" });
  });
  expect(await notes(server, { timeouts: { headers: 50 } }).call(getNote, one)).toBe("ok");
});

test("a request is sent as often as `attempts` says, and the error knows", async () => {
  const server = await serve((response) => sendJson(response, 503, {}));
  const client = notes(server, { retry: { attempts: 4 } });
  expect(await rejection(client.call(getNote, one))).toMatchObject({ attempts: 4, isRetryable: true });
  expect(await rejection(client.call(getNote, one, { retry: { attempts: 2 } }))).toMatchObject({ attempts: 2 });
  expect(await rejection(client.call(getNote, one, { retry: false }))).toMatchObject({ attempts: 1 });
  expect(await rejection(notes(server, { retry: false }).call(getNote, one))).toMatchObject({ attempts: 1 });
  expect(await rejection(notes(server).call(getNote, one))).toMatchObject({ attempts: 3 });
});

test("the server's wish decides the wait: its own header, then Retry-After", async () => {
  const headers: Record<string, string>[] = [
    { "x-ratelimit-retry-after": "2", "retry-after": "9" },
    { "retry-after": "3" },
    {},
  ];
  const server = await serve((response, _request, count) => sendJson(response, 429, {}, headers[count - 1]));
  const { waits, seams } = recordedWaits();
  await rejection(notes(server, {}, seams).call(createNote, text));
  expect(waits).toEqual([2000, 3000]);
});

test("an API's own wait follows a 429 that names none, and no other status", async () => {
  const statuses = [429, 503, 429];
  const server = await serve((response, _request, count) =>
    sendJson(response, statuses[count - 1] ?? 200, { data: "ok" }, count === 3 ? { "retry-after": "3" } : {}),
  );
  const { waits, seams } = recordedWaits(0.5);
  const patient = { ...api, retry: { attempts: 4, jitterMs: 250, refusedDelayMs: 1000 } };
  await new ApiClient(patient, { baseUrl: server.url }, seams).call(getNote, one);
  expect(waits).toEqual([1125, 500, 3125]);
});

test("without a wish the wait is random below a limit that doubles up to maxDelayMs", async () => {
  const server = await serve((response) => sendJson(response, 503, {}));
  const { waits, seams } = recordedWaits(0.5);
  const retry = { attempts: 6, maxDelayMs: 3000 };
  await rejection(notes(server, { retry }, seams).call(getNote, one));
  expect(waits).toEqual([250, 500, 1000, 1500, 1500]);
});

test("a Retry-After of 30 days does not overflow the timer and hammer the server", async () => {
  const server = await serve((response) => sendJson(response, 429, {}, { "retry-after": "2592000" }));
  const { waits, seams } = recordedWaits();
  const error = await rejection(notes(server, {}, seams).call(getNote, one));
  expect(error).toMatchObject({ status: 429, attempts: 1, retryAfterMs: 2_592_000_000 });
  expect(waits).toEqual([]);
  expect(server.requests).toHaveLength(1);
});

test("a Retry-After of 30 days is waited for in parts by a client that allows it", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const server = await serve((response, _request, count) =>
    sendJson(response, count < 2 ? 429 : 200, { data: "ok" }, { "retry-after": "2592000" }),
  );
  const warned = signalled();
  const logger = { debug() {}, info() {}, error() {}, warn: () => warned.resolve() };
  const retry = { maxDelayMs: Number.POSITIVE_INFINITY };
  const call = notes(server, { retry, logger }, { sleep }).call(getNote, one);
  await warned.promise;
  await vi.advanceTimersByTimeAsync(2_592_000_000 - 1);
  expect(server.requests).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await call).toBe("ok");
});

test("an abort ends the wait for the next attempt at once", async () => {
  const pending = watchTimers();
  const server = await serve((response) => sendJson(response, 429, {}, { "retry-after": "20" }));
  const controller = new AbortController();
  const logger = { debug() {}, info() {}, error() {}, warn: () => queueMicrotask(() => controller.abort("enough")) };
  const error = await rejection(notes(server, { logger }, { sleep }).call(getNote, one, { signal: controller.signal }));
  expect(error).toBeInstanceOf(ApiAbortError);
  expect(error).toMatchObject({ cause: "enough", attempts: 1 });
  expect(pending()).toBe(0);
  expect(server.requests).toHaveLength(1);
});

test("a wait that outlasts the total budget is not begun, and the server's reason is kept", async () => {
  const server = await serve((response) => sendJson(response, 429, {}, { "retry-after": "20" }));
  const { waits, seams } = recordedWaits();
  const error = await rejection(notes(server, { timeouts: { total: 10_000 } }, seams).call(getNote, one));
  expect(error).toMatchObject({ status: 429, attempts: 1 });
  expect(waits).toEqual([]);
});

test("the total budget ends a wait that has begun", async () => {
  const server = await serve((response) => sendJson(response, 503, {}));
  // A clock that stands still lets the wait begin; the timer then ends it.
  const seams = { sleep: (_ms: number, signal: AbortSignal) => sleep(60_000, signal), now: () => 0 };
  const error = await rejection(notes(server, { timeouts: { total: 600 } }, seams).call(getNote, one));
  expect(error).toBeInstanceOf(ApiTimeoutError);
  expect(error).toMatchObject({ budget: "total", attempts: 1 });
});

test("an answer that is given up gives its connection back", async () => {
  const closed = signalled();
  const server = await serve((response, _request, count) => {
    if (count > 1) return sendJson(response, 200, { data: "ok" });
    response.on("close", closed.resolve);
    response.writeHead(503).write("a body that never ends");
  });
  expect(await notes(server).call(getNote, one)).toBe("ok");
  await closed.promise;
});

test("a body that is written for a form or given as bytes is sent again as it was", async () => {
  const server = await serve((response, _request, count) => sendJson(response, count % 2 ? 429 : 200, { data: "ok" }));
  const client = notes(server);
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  await client.fetch.POST("/notes", { body: { text: "a b" }, headers });
  await client.fetch.POST("/notes", { body: {}, bodySerializer: () => new Uint8Array([104, 105]) });
  expect(server.requests.map(({ body }) => body)).toEqual(["text=a+b", "text=a+b", "hi", "hi"]);
});

test("a body that is a stream is never sent twice", async () => {
  const server = await serve((response) => sendJson(response, 429, {}));
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode("{}"));
      controller.close();
    },
  });
  const { response } = await notes(server).fetch.POST("/notes", {
    body: {},
    bodySerializer: () => body,
    duplex: "half",
  });
  expect(response.status).toBe(429);
  expect(server.requests.map((request) => request.body)).toEqual(["{}"]);
});

test("a server that hangs up on every connection is not asked more often than `attempts` says", async () => {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  expect(await rejection(notes({ url }).call(getNote, one))).toMatchObject({ attempts: 3 });
  expect(connections).toBe(3);
});

test("waits are spread from 0 to the limit", () => {
  const policy = retryPolicy({ maxDelayMs: 8000 });
  expect(retryDelay(policy, 1, undefined, 0)).toBe(0);
  expect(retryDelay(policy, 3, undefined, 0.999)).toBeCloseTo(1998);
  expect(retryDelay(policy, 2000, undefined, 0.5)).toBe(4000);
  expect(retryDelay(policy, 1, 8000, 0.5)).toBe(8000);
  expect(retryDelay(policy, 1, 8001, 0.5)).toBeUndefined();
});

test.each([
  { attempts: 0 },
  { attempts: 1.5 },
  { attempts: Number.NaN },
  { maxDelayMs: -1 },
  { maxDelayMs: Number.NaN },
])("retry options that make no sense are a TypeError when the client is made (%j)", (retry) => {
  expect(() => notes({ url: "http://127.0.0.1:1" }, { retry })).toThrow(TypeError);
});

const expensiveGet = { ...getNote, retrySafe: false };

test("a GET that does more than read is not sent again after a 503 or a broken connection", async () => {
  const server = await serve((response) => sendJson(response, 503, {}));
  expect(await rejection(notes(server).call(expensiveGet, one))).toMatchObject({ attempts: 1, isRetryable: false });
  const broken = await serve((_response, _request, _count, incoming) => incoming.socket.destroy());
  const error = await rejection(notes(broken).call(expensiveGet, one));
  expect(error).toBeInstanceOf(ApiConnectionError);
  expect(error).toMatchObject({ attempts: 1, isRetryable: false });
  expect([...server.requests, ...broken.requests]).toHaveLength(2);
});

test("a GET that does more than read is not sent again when it is called by path, either", async () => {
  const server = await serve((response) => sendJson(response, 503, {}));
  const knowing = new ApiClient<PathsOfNotes>(
    { ...api, operations: { expensiveGet } },
    { baseUrl: server.url },
    recordedWaits().seams,
  );
  await knowing.fetch.GET("/notes/{id}", { params: one });
  expect(server.requests).toHaveLength(1);
});

test("a GET that does more than read is sent again after a 429, since it was not acted on", async () => {
  const server = await serve((response, _request, count) => sendJson(response, count < 2 ? 429 : 200, { data: "ok" }));
  expect(await notes(server).call(expensiveGet, one)).toBe("ok");
});

/** An API whose 429 may come after it has acted. */
const unclear: ApiDescriptor = { ...api, retryRefused: false };
const unclearNotes = (url: string) => new ApiClient(unclear, { baseUrl: url }, recordedWaits().seams);

test.each([
  ["a POST", createNote],
  ["a GET that does more than read", expensiveGet],
])("where a 429 does not mean that nothing was done, %s is not sent again after one", async (_what, operation) => {
  const server = await serve((response) => sendJson(response, 429, {}, { "retry-after": "2" }));
  const error = await rejection(unclearNotes(server.url).call(operation, operation.body ? text : one));
  expect(error).toMatchObject({ status: 429, attempts: 1, isRetryable: false, retryAfterMs: 2000 });
  expect(server.requests).toHaveLength(1);
});

test.each([
  ["a GET", getNote],
  ["a POST that only reads", searchNotes],
])("where a 429 does not mean that nothing was done, %s is sent again all the same", async (_what, operation) => {
  const server = await serve((response, _request, count) => sendJson(response, count < 3 ? 429 : 200, { data: "ok" }));
  expect(await unclearNotes(server.url).call(operation, operation.body ? text : one)).toBe("ok");
  const always = await serve((response) => sendJson(response, 429, {}));
  const error = await rejection(unclearNotes(always.url).call(operation, operation.body ? text : one));
  expect(error).toMatchObject({ status: 429, attempts: 3, isRetryable: true });
});

/** An API that asks its clients for more patience. */
const advised: ApiDescriptor = { ...api, retry: { attempts: 5, jitterMs: 250 } };

test("an API's own advice on retries stands until the client or the call says something else", async () => {
  const server = await serve((response) => sendJson(response, 503, {}));
  const attempts = async (options: ApiClientOptions["retry"], call?: ApiClientOptions["retry"]) => {
    const client = new ApiClient(advised, { baseUrl: server.url, retry: options }, recordedWaits().seams);
    const error = await rejection(client.call(getNote, one, { retry: call }));
    return (error as ApiStatusError).attempts;
  };
  expect(await attempts(undefined)).toBe(5);
  expect(await attempts({ maxDelayMs: 10 })).toBe(5);
  expect(await attempts({ attempts: 2 })).toBe(2);
  expect(await attempts({ attempts: 2 }, { attempts: 4 })).toBe(4);
  expect(await attempts(undefined, { jitterMs: 0 })).toBe(5);
  expect(await attempts(false)).toBe(1);
  expect(await attempts(undefined, false)).toBe(1);
});

test("jitter is added to the server's wish, and to no other wait", async () => {
  const server = await serve((response, _request, count) =>
    sendJson(response, 429, {}, count === 2 ? {} : { "retry-after": "2" }),
  );
  const waitsOf = async (descriptor: ApiDescriptor, retry: ApiClientOptions["retry"], random = 0.5) => {
    server.requests.length = 0;
    const { waits, seams } = recordedWaits(random);
    await rejection(new ApiClient(descriptor, { baseUrl: server.url, retry }, seams).call(getNote, one));
    return waits;
  };
  expect(await waitsOf(advised, { attempts: 3 })).toEqual([2125, 500]);
  expect(await waitsOf(advised, { attempts: 3, jitterMs: 0 })).toEqual([2000, 500]);
  expect(await waitsOf(api, { attempts: 3, jitterMs: 1000 }, 0.25)).toEqual([2250, 250]);
  expect(await waitsOf(api, { attempts: 3 })).toEqual([2000, 500]);
});

test.each([{ jitterMs: -1 }, { jitterMs: Number.NaN }, { jitterMs: Number.POSITIVE_INFINITY }])(
  "jitter that makes no sense is a TypeError when the client is made (%j)",
  (retry) => {
    expect(() => notes({ url: "http://127.0.0.1:1" }, { retry })).toThrow(TypeError);
  },
);

describe("after a 429 that does not say how long to wait", () => {
  const now = Date.UTC(2025, 10, 22, 12);
  const date = new Date(now).toUTCString();
  const inUnixTime = { reset: "x-ratelimit-reset" };
  const fromNowOn = { reset: "RateLimit-Reset", resetUnit: "delta-seconds" } as const;
  const at = (seconds: number) => `${now / 1000 + seconds}`;

  const waitsAfter = async (
    status: number,
    rateLimit: ApiDescriptor["rateLimit"],
    headers: Record<string, string>,
    clock = now,
  ) => {
    const server = await serve((response, _request, count) => {
      sendJson(response, count < 2 ? status : 200, { data: "ok" }, { date, ...headers });
    });
    const { waits, seams } = recordedWaits();
    const descriptor = { ...api, ...(rateLimit && { rateLimit }) };
    const client = new ApiClient(descriptor, { baseUrl: server.url }, { ...seams, now: () => clock });
    return { waits, outcome: await client.call(getNote, one).catch((error: unknown) => error) };
  };

  test("the client waits until the window ends", async () => {
    expect(await waitsAfter(429, inUnixTime, { "x-ratelimit-reset": at(7) })).toEqual({ waits: [7000], outcome: "ok" });
    expect(await waitsAfter(429, fromNowOn, { "ratelimit-reset": "7" })).toEqual({ waits: [7000], outcome: "ok" });
  });

  test("a client whose clock is wrong waits as long as one whose clock is right", async () => {
    for (const wrong of [-3_600_000, 3_600_000]) {
      const unix = await waitsAfter(429, inUnixTime, { "x-ratelimit-reset": at(7) }, now + wrong);
      expect(unix.waits).toEqual([7000]);
      expect((await waitsAfter(429, fromNowOn, { "ratelimit-reset": "7" }, now + wrong)).waits).toEqual([7000]);
    }
  });

  test("a window that has ended is not waited for", async () => {
    expect((await waitsAfter(429, inUnixTime, { "x-ratelimit-reset": at(-7) })).waits).toEqual([0]);
  });

  test("a window that ends later than the client would wait is told at once", async () => {
    const { waits, outcome } = await waitsAfter(429, fromNowOn, { "ratelimit-reset": "3600" });
    expect(waits).toEqual([]);
    expect(outcome).toMatchObject({ status: 429, attempts: 1, retryAfterMs: 3_600_000 });
  });

  test("a reset that is nonsense is passed over", async () => {
    for (const reset of ["soon", "-1", "9".repeat(400), ""]) {
      expect((await waitsAfter(429, inUnixTime, { "x-ratelimit-reset": reset })).waits).toEqual([250]);
    }
  });

  test("Retry-After comes first", async () => {
    const headers = { "x-ratelimit-reset": at(7), "retry-after": "2" };
    expect((await waitsAfter(429, inUnixTime, headers)).waits).toEqual([2000]);
  });

  test("after another status the window does not matter", async () => {
    expect((await waitsAfter(503, inUnixTime, { "x-ratelimit-reset": at(7) })).waits).toEqual([250]);
  });
});
