import { getEventListeners } from "node:events";
import type { ServerResponse } from "node:http";
import { expect, test } from "vitest";
import {
  ApiAbortError,
  ApiConnectionError,
  ApiResponseError,
  ApiStreamError,
  ApiTimeoutError,
  bearer,
  type OperationDescriptor,
} from "../../runtime/index.js";
import { sleep } from "../../runtime/timers.js";
import { drain, startEvents, watchNotes } from "./streams.js";
import { NotesError, notes, type ReceivedRequest, sendJson, serve, signalled, watchTimers } from "./support.js";

/** Ends with `end`, or with a `note` whose data says so. */
const endingNotes: OperationDescriptor = {
  ...watchNotes,
  eventJson: ["note"],
  terminal: ["end", { event: "note", when: { last: true, count: 2 } }],
};
/** The same, and the server keeps the events. */
const followNotes: OperationDescriptor = { ...endingNotes, path: "/notes/{id}/follow", resume: "after" };
const one = { path: { id: "1" } };

const note = (id: string | undefined, data: unknown = {}) =>
  `event: note\n${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
const end = "event: end\nid: s:99\ndata: bye\n\n";

/** Answers with each of these in turn, and with the last of them from then on. A stream breaks off behind its text. */
const breaking =
  (...answers: readonly (string | ((response: ServerResponse) => void))[]) =>
  (response: ServerResponse, _request: ReceivedRequest, count: number) => {
    const answer = answers[Math.min(count, answers.length) - 1] ?? "";
    if (typeof answer === "function") return answer(response);
    startEvents(response, answer);
    response.end();
  };

/** Begins a stream and leaves it open. */
const open = (text: string, closed?: { resolve(): void }) => (response: ServerResponse) => {
  if (closed) response.on("close", closed.resolve);
  startEvents(response, text);
};

const ids = (events: readonly unknown[]) => events.map((event) => (event as { id?: string }).id);
const urls = ({ requests }: { readonly requests: readonly ReceivedRequest[] }) => requests.map(({ url }) => url);

test.each([
  ["its name", end],
  ["its name and members of its data", note("s:9", { last: true, count: 2, more: 1 })],
])("a stream ends with an event known by %s, though the connection stays open", async (_how, last) => {
  const closed = signalled();
  const server = await serve(open(note("s:1") + last + note("s:100"), closed));
  const { events, error } = await drain(notes(server).stream(endingNotes, {}));
  expect(error).toBeUndefined();
  expect(events).toHaveLength(2);
  await closed.promise;
});

test.each([
  ["another value", { last: false, count: 2 }],
  ["a value of another type", { last: true, count: "2" }],
  ["one of two members", { last: true }],
  ["no object", [true, 2]],
  ["nothing", null],
])("an event whose data has %s does not end a stream", async (_what, data) => {
  const server = await serve(breaking(note("s:1", data) + note("s:2") + end));
  const { events, error } = await drain(notes(server).stream(endingNotes, {}));
  expect([ids(events), error]).toEqual([["s:1", "s:2", "s:99"], undefined]);
});

test("an event of another name does not end a stream, whatever its data", async () => {
  const server = await serve(breaking(`event: other\ndata: {"last":true,"count":2}\n\n${note("s:2")}${end}`));
  expect((await drain(notes(server).stream({ ...endingNotes, eventJson: ["note", "other"] }, {}))).events).toHaveLength(
    3,
  );
});

test("a stream that ends without its last event is an ApiStreamError, after the events that came", async () => {
  const server = await serve(breaking(note("s:1") + note("s:2")));
  const { events, error } = await drain(notes(server).stream(endingNotes, {}));
  expect(ids(events)).toEqual(["s:1", "s:2"]);
  expect(error).toBeInstanceOf(ApiStreamError);
  expect(error).toMatchObject({
    message: "Notes: The answer ended before its last event",
    event: undefined,
    snippet: undefined,
    operation: "watchNotes",
    isRetryable: true,
  });
  expect(server.requests).toHaveLength(1);
});

test("a stream whose API names no last event may end after any", async () => {
  const server = await serve(breaking(note("s:1")));
  expect((await drain(notes(server).stream({ ...watchNotes, resume: "after" }, {}))).error).toBeUndefined();
  expect(server.requests).toHaveLength(1);
});

test("a stream that ends too early goes on behind the last event, and nothing of that shows", async () => {
  const server = await serve(breaking(note("s:1") + note("s:2"), note("s:3"), note("s:4") + end));
  const stream = notes(server).stream(followNotes, one);
  const { events, error } = await drain(stream);
  expect([ids(events), error]).toEqual([["s:1", "s:2", "s:3", "s:4", "s:99"], undefined]);
  expect(urls(server)).toEqual(["/notes/1/follow", "/notes/1/follow?after=s%3A2", "/notes/1/follow?after=s%3A3"]);
  expect((await stream.withResponse()).response.url).toBe(`${server.url}/notes/1/follow`);
});

test("a stream whose connection breaks goes on behind the last event", async () => {
  const server = await serve((response, _request, count) => {
    if (count === 2) return startEvents(response, note("s:2") + end);
    startEvents(response);
    response.write(`${note("s:1")}event: note\nid: s:2\ndata: {"cut`, () => setImmediate(() => response.destroy()));
  });
  const { events, error } = await drain(notes(server).stream(followNotes, one));
  expect([ids(events), error]).toEqual([["s:1", "s:2", "s:99"], undefined]);
  expect(urls(server)[1]).toBe("/notes/1/follow?after=s%3A1");
});

test("a stream that falls silent goes on behind the last event, and the silent connection is freed", async () => {
  const closed = signalled();
  const server = await serve(breaking(open(note("s:1"), closed), note("s:2") + end));
  const { events, error } = await drain(notes(server).stream(followNotes, one, { timeouts: { idle: 50 } }));
  expect([ids(events), error]).toEqual([["s:1", "s:2", "s:99"], undefined]);
  await closed.promise;
});

test("a stream that breaks before its first event is asked for as it was", async () => {
  const server = await serve(breaking("", end));
  const { error } = await drain(notes(server).stream(followNotes, { ...one, params: { after: "s:5", replay: 1 } }));
  expect(error).toBeUndefined();
  expect(urls(server)).toEqual(Array(2).fill("/notes/1/follow?after=s%3A5&replay=1"));
});

test("parameters, headers and credential are the same on every connection, and the caller's objects stay as they are", async () => {
  const server = await serve(breaking(note("s:1"), note("s:2"), end));
  const client = notes(server, { authentication: bearer("hb_credential"), headers: { "x-client": "c" } });
  const args = { ...one, params: { tag: "a b", after: "s:0" } };
  const stream = client.stream(followNotes, args, { headers: { "x-call": "t" } });
  for await (const _ of stream) args.params.tag = "changed meanwhile";
  expect(urls(server)).toEqual(["s%3A0", "s%3A1", "s%3A2"].map((id) => `/notes/1/follow?tag=a%20b&after=${id}`));
  for (const { headers, method } of server.requests) {
    expect(method).toBe("GET");
    expect(headers).toMatchObject({
      authorization: "Bearer hb_credential",
      "x-client": "c",
      "x-call": "t",
      accept: "text/event-stream",
    });
  }
  expect(args.params.after).toBe("s:0");
});

test.each([
  ["all from the beginning", ["s:1", "s:2"], ["s:1", "s:2", "s:3"], ["s:1", "s:2", "s:3"]],
  ["the last one", ["s:9"], ["s:9", "s:10"], ["s:9", "s:10"]],
  [
    "numbers that are longer than a double is exact",
    ["9007199254740992"],
    ["9007199254740992", "9007199254740993"],
    ["9007199254740992", "9007199254740993"],
  ],
  ["ids that are no numbers, of which only the last is known", ["a", "b"], ["b", "c"], ["a", "b", "c"]],
  ["a new sequence, which is not behind the old one", ["s:7"], ["t:1"], ["s:7", "t:1"]],
])("events that come a second time are passed over: %s", async (_what, first, second, expected) => {
  const text = (all: readonly string[]) => all.map((id) => note(id)).join("");
  const server = await serve(breaking(text(first), `${text(second)}event: end\ndata: bye\n\n`));
  const { events, error } = await drain(notes(server).stream(followNotes, one));
  expect([ids(events), error]).toEqual([[...expected, undefined], undefined]);
});

test("a stream that breaks again and again without a new event is given up", async () => {
  const server = await serve(breaking(note("s:1")));
  const { events, error } = await drain(notes(server).stream(followNotes, one));
  expect(ids(events)).toEqual(["s:1"]);
  expect(error).toBeInstanceOf(ApiStreamError);
  expect(server.requests).toHaveLength(3);
  expect((await drain(notes(server).stream(followNotes, one, { retry: { attempts: 5 } }))).error).toBeDefined();
  expect(server.requests).toHaveLength(3 + 5);
});

test("a greeting without an id on every connection does not let a stream break for ever", async () => {
  const server = await serve(breaking(note(undefined, "hello")));
  const { events, error } = await drain(notes(server).stream(followNotes, one));
  expect(error).toBeInstanceOf(ApiStreamError);
  expect(server.requests).toHaveLength(3);
  expect(events).toHaveLength(3);
});

test("a stream may break as often as it likes while it makes progress", async () => {
  const server = await serve((response, _request, count) => {
    startEvents(response, count < 12 ? note(`s:${count}`) : end);
    response.end();
  });
  const { events, error } = await drain(notes(server).stream(followNotes, one));
  expect([events.length, error]).toEqual([12, undefined]);
  expect(server.requests).toHaveLength(12);
});

test.each([
  ["the call", {}, { retry: false } as const],
  ["the client", { retry: false } as const, {}],
])("`retry: false` of %s leaves a stream broken", async (_whose, options, call) => {
  const server = await serve(breaking(note("s:1"), end));
  const { events, error } = await drain(notes(server, options).stream(followNotes, one, call));
  expect(ids(events)).toEqual(["s:1"]);
  expect(error).toBeInstanceOf(ApiStreamError);
  expect(server.requests).toHaveLength(1);
});

test("the wait before each connection is random below a limit that doubles while there is no new event", async () => {
  const waits: number[] = [];
  const seams = { sleep: async (ms: number) => void waits.push(ms), random: () => 0.5 };
  const server = await serve(breaking("", "", "", note("s:1"), "", end));
  const options = { retry: { attempts: 5, maxDelayMs: 1500 } };
  expect((await drain(notes(server, options, seams).stream(followNotes, one))).error).toBeUndefined();
  expect(waits).toEqual([250, 500, 750, 250, 500]);
});

test("a connection that is refused on the way is tried again by the rules of any request", async () => {
  const server = await serve(breaking(note("s:1"), (response) => void response.writeHead(503).end(), end));
  const { events, error } = await drain(notes(server).stream(followNotes, one));
  expect([ids(events), error]).toEqual([["s:1", "s:99"], undefined]);
  expect(urls(server).slice(1)).toEqual(Array(2).fill("/notes/1/follow?after=s%3A1"));
});

test.each<[string, (response: ServerResponse) => void, new (...args: never[]) => Error]>([
  ["an error", (response) => sendJson(response, 404, { errors: [{ code: "NOT_FOUND" }] }), NotesError],
  ["no stream", (response) => sendJson(response, 200, {}), ApiResponseError],
  ["no answer", (response) => void response.destroy(), ApiConnectionError],
])("where the stream is opened again and there is %s, the loop is rejected with that", async (_what, answer, kind) => {
  const server = await serve(breaking(note("s:1"), answer));
  const { events, error } = await drain(notes(server).stream(followNotes, one));
  expect(ids(events)).toEqual(["s:1"]);
  expect(error).toBeInstanceOf(kind);
});

test("an event that cannot be understood is no broken connection: it would come again", async () => {
  const closed = signalled();
  const server = await serve(open(`${note("s:1")}event: note\nid: s:2\ndata: {oops\n\n`, closed));
  const { events, error } = await drain(notes(server).stream(followNotes, one));
  expect(ids(events)).toEqual(["s:1"]);
  expect(error).toMatchObject({ name: "ApiStreamError", event: "note", snippet: "{oops" });
  await closed.promise;
  expect(server.requests).toHaveLength(1);
});

test("a stream that never began is not resumed", async () => {
  const server = await serve((response) => sendJson(response, 404, { errors: [{ code: "NOT_FOUND" }] }));
  expect((await drain(notes(server).stream(followNotes, one))).error).toBeInstanceOf(NotesError);
  expect(server.requests).toHaveLength(1);
});

test("the total budget is one for all connections together", async () => {
  const server = await serve(breaking(note("s:1"), open("")));
  let now = 0;
  const sleep = async () => {
    now += 999_900;
  };
  const client = notes(server, { timeouts: { total: 1_000_000 } }, { now: () => now, sleep });
  const { events, error } = await drain(client.stream(followNotes, one));
  expect(ids(events)).toEqual(["s:1"]);
  expect(error).toBeInstanceOf(ApiTimeoutError);
  expect(error).toMatchObject({ budget: "total" });
});

test("a stream that has used up its total budget is not resumed", async () => {
  const waits: number[] = [];
  const server = await serve(open(note("s:1")));
  const client = notes(server, {}, { sleep: async (ms) => void waits.push(ms) });
  const { error } = await drain(client.stream(followNotes, one, { timeouts: { total: 100 } }));
  expect(error).toMatchObject({ name: "ApiTimeoutError", budget: "total" });
  expect(waits).toEqual([]);
});

/** Waits of a minute, and a promise of the first of them. */
function longWaits() {
  const waiting = signalled();
  const seams = {
    random: () => 0.999,
    sleep: (_ms: number, signal: AbortSignal) => {
      waiting.resolve();
      return sleep(60_000, signal);
    },
  };
  return { seams, waiting: waiting.promise };
}

test("an abort ends the wait for the next connection at once, with nothing left behind", async () => {
  const pending = watchTimers();
  const { seams, waiting } = longWaits();
  const server = await serve(breaking(note("s:1"), end));
  const controller = new AbortController();
  const reading = drain(notes(server, {}, seams).stream(followNotes, one, { signal: controller.signal }));
  await waiting;
  controller.abort("enough");
  const { events, error } = await reading;
  expect(ids(events)).toEqual(["s:1"]);
  expect(error).toBeInstanceOf(ApiAbortError);
  expect(error).toMatchObject({ cause: "enough", operation: "watchNotes" });
  expect(server.requests).toHaveLength(1);
  expect(pending()).toBe(0);
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
});

test.each([
  ["cancel()", (stream: { cancel(): void }) => stream.cancel()],
  ["return()", (_: unknown, events: AsyncIterableIterator<unknown>) => void events.return?.()],
])("%s during the wait for the next connection ends the loop without an error", async (_how, leave) => {
  const pending = watchTimers();
  const { seams, waiting } = longWaits();
  const server = await serve(breaking(note("s:1"), end));
  const stream = notes(server, {}, seams).stream(followNotes, one);
  const events = stream[Symbol.asyncIterator]();
  expect((await events.next()).value).toMatchObject({ id: "s:1" });
  const next = events.next();
  await waiting;
  leave(stream, events);
  expect(await next).toEqual({ done: true, value: undefined });
  expect(server.requests).toHaveLength(1);
  expect(pending()).toBe(0);
});

test("cancel() while the next connection has no headers yet ends the request, and the loop without an error", async () => {
  const arrived = signalled();
  const closed = signalled();
  const silent = (response: ServerResponse) => {
    response.on("close", closed.resolve);
    arrived.resolve();
  };
  const server = await serve(breaking(note("s:1"), silent));
  const stream = notes(server).stream(followNotes, one);
  const reading = drain(stream);
  await arrived.promise;
  stream.cancel();
  const { events, error } = await reading;
  expect([ids(events), error]).toEqual([["s:1"], undefined]);
  await closed.promise;
});

test.each([
  ["leaving the loop", "break"],
  ["cancel()", "cancel"],
  ["an error in the loop", "throw"],
])("%s frees the second connection, the signal and the timers", async (_how, how) => {
  const pending = watchTimers();
  const closed = signalled();
  const { signal } = new AbortController();
  const server = await serve(breaking(note("s:1"), open(note("s:2"), closed)));
  const stream = notes(server).stream<{ id: string }>(followNotes, one, { signal, timeouts: { total: 1e12 } });
  const loop = async () => {
    for await (const { id } of stream) {
      if (id === "s:1") continue;
      if (how === "break") break;
      if (how === "throw") throw new Error("the loop's own");
      stream.cancel();
    }
  };
  const left = await loop().then(
    () => "ended",
    (error) => error.message,
  );
  expect(left).toBe(how === "throw" ? "the loop's own" : "ended");
  await closed.promise;
  expect(pending()).toBe(0);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("an abort while an event of the second connection is waited for is an ApiAbortError, and no reason to resume", async () => {
  const closed = signalled();
  const server = await serve(breaking(note("s:1"), open(note("s:2"), closed)));
  const controller = new AbortController();
  const stream = notes(server).stream<{ id: string }>(followNotes, one, { signal: controller.signal });
  const events = stream[Symbol.asyncIterator]();
  await events.next();
  await events.next();
  const waiting = events.next().catch((error: unknown) => error);
  controller.abort();
  expect(await waiting).toBeInstanceOf(ApiAbortError);
  await closed.promise;
  expect(server.requests).toHaveLength(2);
});

test("leaving the loop gives up the body of the second connection, though its fetch does not heed its signal", async () => {
  const cancelled = signalled();
  let count = 0;
  const deaf = async () => {
    count += 1;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(note(`s:${count}`)));
        if (count === 1) controller.close();
      },
      cancel: cancelled.resolve,
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  };
  const client = notes({ url: "http://127.0.0.1:1" }, { fetch: deaf });
  for await (const { id } of client.stream<{ id: string }>(followNotes, one)) if (id === "s:2") break;
  await cancelled.promise;
});
