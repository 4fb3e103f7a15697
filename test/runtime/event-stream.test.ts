import { getEventListeners } from "node:events";
import type { ServerResponse } from "node:http";
import { afterEach, expect, test, vi } from "vitest";
import { ApiAbortError, ApiTimeoutError, EventStream } from "../../runtime/index.js";
import { drain, startEvents, streamNotes, watchNotes } from "./streams.js";
import { notes, type ReceivedRequest, rejection, serve, signalled, watchTimers } from "./support.js";

const two = 'data: {"n":1}\n\ndata: {"n":2}\n\n';

afterEach(() => {
  vi.useRealTimers();
});

/** A server that begins a stream and leaves it open; `closed` when it sees the connection go. */
async function openStreams(text: string) {
  const closed = signalled();
  const started: ServerResponse[] = [];
  const server = await serve((response) => {
    response.on("close", closed.resolve);
    started.push(response);
    startEvents(response, text);
  });
  return { ...server, started, closed: closed.promise };
}

test("events come one after another, each as soon as the server has sent it", async () => {
  const server = await openStreams('data: {"n":1}\n\n');
  const events = notes(server)
    .stream<{ n: number }>(streamNotes, { params: { topic: "t" } })
    [Symbol.asyncIterator]();
  expect(await events.next()).toEqual({ done: false, value: { n: 1 } });
  server.started[0]?.write('data: {"n":2}\n\n');
  expect(await events.next()).toEqual({ done: false, value: { n: 2 } });
  server.started[0]?.end();
  expect(await events.next()).toEqual({ done: true, value: undefined });
  expect(await events.next()).toEqual({ done: true, value: undefined });
  expect(server.requests[0]).toMatchObject({ method: "POST", url: "/notes/stream", body: '{"topic":"t"}' });
  expect(server.requests[0]?.headers.accept).toBe("text/event-stream");
});

test("a stream is asked for at once, without anybody reading it", async () => {
  const arrived = signalled();
  const server = await serve((response) => {
    startEvents(response, two);
    response.end();
    arrived.resolve();
  });
  const stream = notes(server).stream(streamNotes, {});
  await arrived.promise;
  expect(await drain(stream)).toEqual({ events: [{ n: 1 }, { n: 2 }], error: undefined });
  expect(server.requests).toHaveLength(1);
});

test("where events have names, they come with name, data and id, also those that nobody knows", async () => {
  const server = await serve((response) => {
    startEvents(response, 'event: note\nid: s:1\ndata: {"n":1}\n\nevent: brand-new\ndata: {"n":2}\n\n');
    response.end("event: ping\ndata: now\n\ndata: [3]\n\nevent: note\ndata:\n\n");
  });
  expect((await drain(notes(server).stream(watchNotes, {}))).events).toEqual([
    { event: "note", data: { n: 1 }, id: "s:1" },
    { event: "brand-new", data: '{"n":2}' },
    { event: "ping", data: "now" },
    { event: "message", data: [3] },
    { event: "note", data: "" },
  ]);
  const { eventJson, ...allJson } = watchNotes;
  const { events } = await drain(notes(server).stream(allJson, {}));
  expect(events.slice(0, 2)).toEqual([
    { event: "note", data: { n: 1 }, id: "s:1" },
    { event: "brand-new", data: { n: 2 } },
  ]);
});

test("where only data counts, an event with empty data is passed over", async () => {
  const server = await serve((response) => {
    startEvents(response, "id: primer\ndata:\n\n");
    response.end("event: message\ndata: 1\n\n");
  });
  expect(await drain(notes(server).stream(streamNotes, {}))).toEqual({ events: [1], error: undefined });
});

test("the answer can be asked for before, while and after its events are read", async () => {
  const server = await serve((response) => {
    startEvents(response, two, { "x-request-id": "req_1", "x-ratelimit-limit": "10" });
    response.end();
  });
  const stream = notes(server).stream(streamNotes, {});
  const { response, requestId, rateLimit } = await stream.withResponse();
  expect({ requestId, rateLimit }).toEqual({ requestId: "req_1", rateLimit: { limit: 10 } });
  expect(response.status).toBe(200);
  expect(response.url).toBe(`${server.url}/notes/stream`);
  for await (const event of stream) expect((await stream.withResponse()).response, `${event}`).toBe(response);
  expect((await stream.withResponse()).response).toBe(response);
  expect(server.requests).toHaveLength(1);
});

test("the answer comes with the headers, before any event", async () => {
  const server = await openStreams("");
  const stream = notes(server).stream(streamNotes, {});
  expect((await stream.withResponse()).response.ok).toBe(true);
  stream.cancel();
  await server.closed;
});

test("a stream can be read once only, and says so", async () => {
  const server = await openStreams(two);
  const stream = notes(server).stream(streamNotes, {});
  for await (const _ of stream) break;
  const again = async () => {
    for await (const _ of stream);
  };
  const error = await rejection(again());
  expect(error).toBeInstanceOf(TypeError);
  expect(String(error)).toContain("can be read once only");
});

test("leaving the loop frees the connection, the signal and the timers", async () => {
  const pending = watchTimers();
  const { signal } = new AbortController();
  const server = await openStreams(two);
  for await (const _ of notes(server).stream(streamNotes, {}, { signal, timeouts: { total: 1e12 } })) {
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    break;
  }
  await server.closed;
  expect(pending()).toBe(0);
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

test("an error in the loop frees the connection", async () => {
  const server = await openStreams(two);
  const broken = new Error("the loop's own");
  const loop = async () => {
    for await (const _ of notes(server).stream(streamNotes, {})) throw broken;
  };
  expect(await rejection(loop())).toBe(broken);
  await server.closed;
});

test("return() frees the connection at once, while an event is waited for", async () => {
  const server = await openStreams(two);
  const events = notes(server).stream(streamNotes, {})[Symbol.asyncIterator]();
  await events.next();
  await events.next();
  const waiting = events.next();
  expect(await events.return?.()).toEqual({ done: true, value: undefined });
  expect(await waiting).toEqual({ done: true, value: undefined });
  await server.closed;
});

test.each(["before it is read", "while it is read"])(
  "cancel() frees the connection %s and is no error",
  async (when) => {
    const server = await openStreams(two);
    const stream = notes(server).stream(streamNotes, {});
    await stream.withResponse();
    if (when === "before it is read") stream.cancel();
    const seen: unknown[] = [];
    for await (const event of stream) {
      seen.push(event);
      stream.cancel();
    }
    expect(seen).toEqual(when === "before it is read" ? [] : [{ n: 1 }]);
    await server.closed;
    stream.cancel();
  },
);

test("cancel() before the headers ends the request", async () => {
  const arrived = signalled();
  const closed = signalled();
  const server = await serve((response) => {
    response.on("close", closed.resolve);
    arrived.resolve();
  });
  const stream = notes(server).stream(streamNotes, {});
  await arrived.promise;
  stream.cancel();
  await closed.promise;
  expect(await drain(stream)).toEqual({ events: [], error: undefined });
  expect(await rejection(stream.withResponse())).toBeInstanceOf(ApiAbortError);
});

test("leaving the loop gives up a body whose fetch does not heed its signal", async () => {
  const cancelled = signalled();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(two)),
    cancel: cancelled.resolve,
  });
  const deaf = async () => new Response(body, { headers: { "content-type": "text/event-stream" } });
  for await (const _ of notes({ url: "http://127.0.0.1:1" }, { fetch: deaf }).stream(streamNotes, {})) break;
  await cancelled.promise;
});

test("an abort ends the loop with an ApiAbortError and frees the connection, though more events have come", async () => {
  const server = await openStreams(two);
  const controller = new AbortController();
  const stream = notes(server).stream(streamNotes, {}, { signal: controller.signal });
  const seen: unknown[] = [];
  const loop = async () => {
    for await (const event of stream) {
      seen.push(event);
      controller.abort("enough");
    }
  };
  const error = await rejection(loop());
  expect(error).toBeInstanceOf(ApiAbortError);
  expect(error).toMatchObject({ cause: "enough", operation: "streamNotes" });
  expect(seen).toEqual([{ n: 1 }]);
  await server.closed;
});

test("an abort while an event is waited for ends the wait at once", async () => {
  const server = await openStreams(two);
  const controller = new AbortController();
  const events = notes(server).stream(streamNotes, {}, { signal: controller.signal })[Symbol.asyncIterator]();
  await events.next();
  await events.next();
  const waiting = rejection(events.next());
  controller.abort();
  expect(await waiting).toBeInstanceOf(ApiAbortError);
  await server.closed;
});

test("a stream that falls silent uses up the idle budget and frees the connection", async () => {
  const server = await openStreams(two);
  const { events, error } = await drain(notes(server).stream(streamNotes, {}, { timeouts: { idle: 50 } }));
  expect(events).toEqual([{ n: 1 }, { n: 2 }]);
  expect(error).toBeInstanceOf(ApiTimeoutError);
  expect(error).toMatchObject({ budget: "idle" });
  await server.closed;
});

test("a heartbeat keeps a stream alive, and a slow loop does not use up the idle budget", async () => {
  let arrived = signalled();
  const watched: typeof fetch = async (input) => {
    const response = await fetch(input);
    const watch = new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        controller.enqueue(piece);
        arrived.resolve();
      },
    });
    return new Response(response.body?.pipeThrough(watch) ?? null, response);
  };
  const server = await openStreams('data: {"n":1}\n\n');
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const client = notes(server, { fetch: watched, timeouts: { idle: 1000 } });
  const events = client.stream(streamNotes, {})[Symbol.asyncIterator]();
  expect((await events.next()).value).toEqual({ n: 1 });
  await vi.advanceTimersByTimeAsync(5000);
  const next = events.next();
  for (let beat = 0; beat < 5; beat++) {
    await vi.advanceTimersByTimeAsync(900);
    arrived = signalled();
    server.started[0]?.write(": heartbeat\n\n");
    await arrived.promise;
    // Until the reader waits again.
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
  server.started[0]?.write('data: {"n":2}\n\n');
  expect((await next).value).toEqual({ n: 2 });
  const silent = rejection(events.next());
  await vi.advanceTimersByTimeAsync(1000);
  expect(await silent).toMatchObject({ budget: "idle" });
});

test("a stream without headers uses up the headers budget", async () => {
  const server = await serve(() => {});
  const stream = notes(server).stream(streamNotes, {}, { timeouts: { headers: 50 }, retry: false });
  expect((await drain(stream)).error).toMatchObject({ budget: "headers" });
});

test("a stream that runs too long uses up the total budget", async () => {
  const server = await openStreams("");
  const stream = notes(server).stream(streamNotes, {}, { timeouts: { total: 50 } });
  expect((await drain(stream)).error).toMatchObject({ budget: "total" });
  await server.closed;
});

test("a request is sent again until a stream has begun, by the rules of any call, and never after", async () => {
  const answer = (response: ServerResponse, _request: ReceivedRequest, count: number) => {
    if (count === 1) return void response.writeHead(503).end();
    startEvents(response, two);
    setImmediate(() => response.destroy());
  };
  const server = await serve(answer);
  const { events, error } = await drain(notes(server).stream(watchNotes, {}));
  expect(events).toHaveLength(2);
  expect(error).toMatchObject({ name: "ApiStreamError", attempts: 2, isRetryable: true });
  expect(server.requests).toHaveLength(2);
  const post = await serve(answer);
  expect((await drain(notes(post).stream(streamNotes, {}))).error).toMatchObject({ status: 503, attempts: 1 });
});

test("an empty stream has no events", async () => {
  const server = await serve((response) =>
    response.writeHead(200, { "content-type": "Text/Event-Stream", "content-length": "0" }).end(),
  );
  expect(await drain(notes(server).stream(streamNotes, {}))).toEqual({ events: [], error: undefined });
});

test("an operation that answers with JSON or with a stream resolves to what came", async () => {
  const server = await serve((response, { url }) => {
    if (url === "/ask") return void response.writeHead(200, { "content-type": "application/json" }).end('{"data":1}');
    startEvents(response, two, { "x-request-id": "req_1" });
    response.end();
  });
  const ask = { id: "ask", method: "POST", path: "/ask", answer: "json-or-stream", payload: "data" } as const;
  expect(await notes(server).call(ask, {})).toBe(1);
  expect(server.requests[0]?.headers.accept).toBe("application/json, text/event-stream");
  const call = notes(server).call<EventStream<unknown>>({ ...ask, path: "/tell" }, {});
  const stream = await call;
  expect(stream).toBeInstanceOf(EventStream);
  expect((await call.withResponse()).data).toBe(stream);
  expect(await call.withResponse()).toMatchObject({ requestId: "req_1" });
  expect(await drain(stream)).toEqual({ events: [{ n: 1 }, { n: 2 }], error: undefined });
});

test("the stream of a call that might have answered with JSON frees the connection too", async () => {
  const server = await openStreams(two);
  const ask = { id: "ask", method: "POST", path: "/ask", answer: "json-or-stream" } as const;
  for await (const _ of await notes(server).call<EventStream<unknown>>(ask, {})) break;
  await server.closed;
});
