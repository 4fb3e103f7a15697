import { expect, test, vi } from "vitest";
import { ApiAbortError, ApiStreamError, ApiTimeoutError, HermesError } from "../../src/hermes.js";
import { drain } from "../runtime/streams.js";
import { rejection, watchTimers } from "../runtime/support.js";
import type { Break } from "./events.js";
import { startHermes } from "./server.js";
import { clientOf, cursorsOf, goodNames, idsOf, inSession, password, until } from "./support.js";
import type { Script } from "./turns.js";

const breaks: Break[] = ["reset", "end", "half"];

/** A turn that says something and then takes its time. */
const slowTurn: Script = async (turn) => {
  await turn.followed;
  turn.emit("token", { text: "Well, " });
};

test.each(breaks)("a turn goes on behind the last event when its connection breaks (%s)", async (how) => {
  const server = await startHermes({ password });
  const { hermes, id } = await inSession(server);
  server.chat.breaks.push({ after: 4, how });
  const { events, error } = await drain(hermes.chat.send(id, "Hello"));
  expect(error).toBeUndefined();
  expect(events.map((event) => event.id)).toEqual(idsOf(server));
  expect(events.map(({ event }) => event)).toEqual(goodNames(server));
  const [first, second, ...more] = cursorsOf(server);
  expect(first).toBeNull();
  // A reset can destroy events that have been sent already.
  expect(idsOf(server, 4)).toContain(second);
  if (how !== "reset") expect(second).toBe(idsOf(server, 4).at(-1));
  expect(more).toEqual([]);
});

test.each(breaks)("a break before the first event loses nothing (%s)", async (how) => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  server.chat.breaks.push({ after: 0, how });
  const { events } = await drain(hermes.chat.send(id, "Hello"));
  expect(events.map((event) => event.id)).toEqual(idsOf(server));
  expect(cursorsOf(server)).toEqual([null, null]);
});

test("a turn goes on after any number of breaks, as long as there are events between them", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  for (let count = 0; count < 12; count++) server.chat.breaks.push({ after: 1, how: count % 2 ? "half" : "end" });
  const { events, error } = await drain(hermes.chat.send(id, "Hello"));
  expect(error).toBeUndefined();
  expect(events.map((event) => event.id)).toEqual(idsOf(server));
  expect(cursorsOf(server)).toEqual([null, ...idsOf(server, 12)]);
});

test("a break behind the event that ends the turn is no break", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  server.chat.breaks.push({ after: 13, how: "end" });
  const { events, error } = await drain(hermes.chat.send(id, "Hello"));
  expect(events).toHaveLength(13);
  expect(error).toBeUndefined();
  expect(cursorsOf(server)).toEqual([null]);
});

test.each(breaks)("too many breaks in a row without an event between are an ApiStreamError (%s)", async (how) => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  server.chat.breaks.push({ after: 2, how: "end" });
  for (let count = 0; count < 9; count++) server.chat.breaks.push({ after: 0, how });
  const { events, error } = await drain(hermes.chat.send(id, "Hello", {}, { retry: { attempts: 4 } }));
  expect(events.map((event) => event.id)).toEqual(idsOf(server, 2));
  expect(error).toBeInstanceOf(ApiStreamError);
  expect(error).toMatchObject({ operation: "streamChat", event: undefined, isRetryable: true });
  expect(cursorsOf(server)).toHaveLength(4);
  // The caller can go on by hand.
  server.chat.breaks.length = 0;
  const rest = await drain(hermes.chat.resume(server.chat.turn.streamId, events.at(-1)?.id));
  expect(rest.events.map((event) => event.id)).toEqual(idsOf(server).slice(2));
});

test("events that come a second time are no progress, and are not delivered again", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  server.chat.breaks.push({ after: 5, how: "end" });
  for (let count = 0; count < 9; count++) server.chat.breaks.push({ after: 3, how: "end" });
  // A server that has lost the cursor begins from the start.
  server.intercept = ({ query }) => {
    if (query.has("after_event_id")) query.set("after_event_id", "another:5");
    return false;
  };
  const { events, error } = await drain(hermes.chat.send(id, "Hello"));
  expect(events.map((event) => event.id)).toEqual(idsOf(server, 5));
  expect(error).toBeInstanceOf(ApiStreamError);
  expect(cursorsOf(server)).toHaveLength(3);
});

test("a server that begins from the start again does not make events come twice", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  server.chat.breaks.push({ after: 5, how: "end" });
  server.intercept = ({ query }) => {
    if (query.has("after_event_id")) query.set("after_event_id", "another:5");
    return false;
  };
  const { events } = await drain(hermes.chat.send(id, "Hello"));
  expect(events.map((event) => event.id)).toEqual(idsOf(server));
});

test.each(breaks)(
  "with `retry: false` a break is an ApiStreamError, and the stream is not opened again (%s)",
  async (how) => {
    const server = await startHermes();
    const { hermes, id } = await inSession(server, { retry: false });
    server.chat.breaks.push({ after: 2, how });
    const { events, error } = await drain(hermes.chat.send(id, "Hello"));
    expect(error).toBeInstanceOf(ApiStreamError);
    expect(events.length).toBeLessThanOrEqual(2);
    expect(cursorsOf(server)).toHaveLength(1);
  },
);

test("a connection that has fallen silent is given up for another", async () => {
  const server = await startHermes({ heartbeatMs: 5 });
  const { hermes, id } = await inSession(server, { timeouts: { idle: 150 } });
  server.chat.breaks.push({ after: 3, how: "silence" });
  const { events, error } = await drain(hermes.chat.send(id, "Hello"));
  expect(error).toBeUndefined();
  expect(events.map((event) => event.id)).toEqual(idsOf(server));
  expect(cursorsOf(server)).toEqual([null, idsOf(server)[2]]);
});

test("a server that stays silent is a timeout in the end", async () => {
  const server = await startHermes({ heartbeatMs: 5 });
  const { hermes, id } = await inSession(server, { timeouts: { idle: 60 } });
  for (let count = 0; count < 9; count++) server.chat.breaks.push({ after: 0, how: "silence" });
  const { error } = await drain(hermes.chat.send(id, "Hello"));
  expect(error).toBeInstanceOf(ApiTimeoutError);
  expect(error).toMatchObject({ budget: "idle", operation: "streamChat" });
  expect(cursorsOf(server)).toHaveLength(3);
});

test("a turn is followed further when the login has ended meanwhile", async () => {
  const server = await startHermes({ password });
  const { hermes, id } = await inSession(server);
  server.chat.script = slowTurn;
  const seen: (string | undefined)[] = [];
  for await (const { event, id: eventId } of hermes.chat.send(id, "Hello")) {
    seen.push(eventId);
    if (event !== "token") continue;
    server.auth.endSessions();
    server.chat.turn.break("reset");
    server.chat.turn.emit("stream_end", { session_id: id });
  }
  expect(seen).toEqual(idsOf(server));
  expect(server.count("POST /api/auth/login")).toBe(2);
});

test("a stream that the server has forgotten when it is opened again is the server's own error", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  server.chat.script = slowTurn;
  const reading = drain(hermes.chat.send(id, "Hello"));
  await until(() => server.chat.turns.length > 0 && server.chat.turn.lastSeq === 1);
  const [turn] = server.chat.turns.splice(0);
  turn?.break("end");
  const { error } = await reading;
  expect(error).toBeInstanceOf(HermesError);
  expect(error).toMatchObject({ status: 404, operation: "streamChat" });
});

/** A turn whose client waits for a quarter of an hour to open its stream again. */
async function longWait(signal?: AbortSignal) {
  const pending = watchTimers();
  const random = vi.spyOn(Math, "random").mockReturnValue(0);
  const server = await startHermes();
  const { hermes, id } = await inSession(server, { retry: { attempts: 1000, maxDelayMs: 3_600_000 } });
  server.chat.script = slowTurn;
  server.chat.breaks.push({ after: 1, how: "end" });
  for (let count = 0; count < 99; count++) server.chat.breaks.push({ after: 0, how: "end" });
  server.intercept = () => {
    // The longest wait doubles with every break in a row.
    if (cursorsOf(server).length === 12) random.mockReturnValue(0.999);
    return false;
  };
  const events = hermes.chat.send(id, "Hello", {}, { signal })[Symbol.asyncIterator]();
  await events.next();
  const next = events.next();
  next.catch(() => {});
  await until(() => vi.mocked(globalThis.setTimeout).mock.calls.some(([, ms = 0]) => ms > 900_000));
  return { events, next, pending, streams: () => cursorsOf(server).length };
}

test("an abort during the wait for another connection is an ApiAbortError at once", { timeout: 10_000 }, async () => {
  const controller = new AbortController();
  const { next, pending, streams } = await longWait(controller.signal);
  controller.abort("enough");
  const error = await rejection(next);
  expect(error).toBeInstanceOf(ApiAbortError);
  expect(error).toMatchObject({ cause: "enough", operation: "streamChat" });
  expect(pending()).toBe(0);
  expect(streams()).toBe(12);
});

test("leaving the loop during the wait for another connection ends it at once", { timeout: 10_000 }, async () => {
  const { events, next, pending, streams } = await longWait();
  await events.return?.();
  expect(await next).toEqual({ done: true, value: undefined });
  expect(pending()).toBe(0);
  expect(streams()).toBe(12);
});

test("the total budget goes on counting over several connections", async () => {
  const server = await startHermes({ heartbeatMs: 5 });
  const { hermes, id } = await inSession(server, { retry: { attempts: 1_000_000, maxDelayMs: 1 } });
  for (let count = 0; count < 10_000; count++) server.chat.breaks.push({ after: 0, how: "end" });
  const { error } = await drain(hermes.chat.send(id, "Hello", {}, { timeouts: { total: 300 } }));
  expect(error).toBeInstanceOf(ApiTimeoutError);
  expect(error).toMatchObject({ budget: "total" });
});

test("a stream that never had an event with the client's cursor is asked for with that cursor again", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  const { events } = await drain(hermes.chat.send(id, "Hello"));
  const { streamId } = server.chat.turn;
  server.chat.breaks.push({ after: 0, how: "end" }, { after: 1, how: "end" });
  const rest = await drain(clientOf(server).chat.resume(streamId, `${streamId}:8`));
  expect(rest.events).toEqual(events.slice(8));
  expect(cursorsOf(server).slice(1)).toEqual([8, 8, 9].map((seq) => `${streamId}:${seq}`));
});
