import { expect, test } from "vitest";
import { ApiAbortError, ApiTimeoutError, type ChatEvent, HermesError } from "../../src/hermes.js";
import { drain } from "../runtime/streams.js";
import { rejection, watchTimers } from "../runtime/support.js";
import { startHermes } from "./server.js";
import { clientOf, goodNames, idsOf, inSession, password, until } from "./support.js";
import { failedTurn, goodEvents, type Script } from "./turns.js";

/** A turn that says something and then takes its time. */
const slowTurn: Script = async (turn) => {
  await turn.followed;
  turn.emit("token", { text: "Well, " });
};

test("a turn yields its events in order, and the loop ends by itself", async () => {
  const server = await startHermes({ password });
  const { hermes, id } = await inSession(server);
  let text = "";
  const events: ChatEvent[] = [];
  for await (const event of hermes.chat.send(id, "Hello")) {
    events.push(event);
    // The comparison narrows the data.
    if (event.event === "token") text += event.data.text;
    if (event.event === "done") expect(event.data.usage.output_tokens).toBe(5);
  }
  expect(text).toBe("You said: Hello");
  expect(events.map(({ event }) => event)).toEqual(goodNames(server));
  expect(events.map((event) => event.id)).toEqual(idsOf(server));
  expect(events[1]).toEqual({ event: "reasoning", data: { text: "Let me see." }, id: idsOf(server)[1] });
  expect(server.count("GET /api/chat/stream")).toBe(1);
  await until(() => server.chat.turn.followers === 0);
  expect((await hermes.sessions.list()).sessions.map(({ session_id }) => session_id)).toEqual([id]);
});

test("the parameters of a turn are sent with its start", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  const turn = hermes.chat.send(id, "Look", { model: "m", attachments: ["a.png"] }, { headers: { "x-trace": "t" } });
  await drain(turn);
  const [start, stream] = server.requests.slice(-2);
  expect(JSON.parse(String(start?.body))).toEqual({
    session_id: id,
    message: "Look",
    model: "m",
    attachments: ["a.png"],
  });
  expect(stream?.query.get("stream_id")).toBe(server.chat.turn.streamId);
  expect([start, stream].map((request) => request?.headers["x-trace"])).toEqual(["t", "t"]);
  expect(stream?.headers.accept).toBe("text/event-stream");
});

test("an event that nobody knows yet arrives like the others", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  server.chat.script = async (turn) => {
    await turn.followed;
    turn.emit("brand_new", { n: 1 });
    turn.emit("stream_end", { session_id: id });
  };
  const { events } = await drain<{ event: string; data: unknown }>(hermes.chat.send(id, "Hello"));
  expect(events).toMatchObject([{ event: "brand_new", data: { n: 1 } }, { event: "stream_end" }]);
});

test("a turn that fails ends with `apperror`, which is an event and no error", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  server.chat.script = failedTurn;
  const { events, error } = await drain(hermes.chat.send(id, "Hello"));
  expect(events).toMatchObject([{ event: "apperror", data: { message: "No agent", type: "error" } }]);
  expect(error).toBeUndefined();
  expect(server.count("GET /api/chat/stream")).toBe(1);
});

test("a turn that is stopped ends with `cancel`", async () => {
  const server = await startHermes({ password });
  const { hermes, id } = await inSession(server);
  server.chat.script = slowTurn;
  const turn = hermes.chat.send(id, "Hello");
  const names: string[] = [];
  for await (const { event } of turn) {
    names.push(event);
    if (event === "token") expect(await turn.stop()).toBe(true);
  }
  expect(names).toEqual(["token", "cancel"]);
  expect(server.count("GET /api/chat/cancel")).toBe(1);
});

test("leaving the loop frees the connection and lets the turn go on", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  server.chat.script = slowTurn;
  for await (const { event } of hermes.chat.send(id, "Hello")) {
    expect(event).toBe("token");
    break;
  }
  const { turn } = server.chat;
  await until(() => turn.followers === 0);
  expect(turn.isOver).toBe(false);
  expect(server.count("GET /api/chat/cancel")).toBe(0);
  expect(await hermes.chat.getStreamStatus({ stream_id: turn.streamId })).toMatchObject({ active: true });
  turn.emit("stream_end", { session_id: id });
  const { events } = await drain(hermes.chat.resume(turn.streamId));
  expect(events.map(({ event }) => event)).toEqual(["token", "stream_end"]);
});

test("a loop that is left while it waits for an event ends at once", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  server.chat.script = slowTurn;
  const events = hermes.chat.send(id, "Hello")[Symbol.asyncIterator]();
  await events.next();
  const next = events.next();
  await events.return?.();
  expect(await next).toEqual({ done: true, value: undefined });
  await until(() => server.chat.turn.followers === 0);
});

test("a loop that is left before the turn has started does not follow it any more", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  server.chat.script = slowTurn;
  const events = hermes.chat.send(id, "Hello")[Symbol.asyncIterator]();
  const next = events.next();
  await events.return?.();
  expect(await next).toEqual({ done: true, value: undefined });
  expect(server.chat.turns).toHaveLength(1);
  expect(server.chat.turn.followers).toBe(0);
});

test("every loop over a turn gets all of its events", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  const turn = hermes.chat.send(id, "Hello");
  const [first, second] = await Promise.all([drain(turn), drain(turn)]);
  const third = await drain(turn);
  expect(first.events.map(({ event }) => event)).toEqual(goodNames(server));
  expect(second).toEqual(first);
  expect(third).toEqual(first);
  expect(server.count("POST /api/chat/start")).toBe(1);
});

test("a second turn is refused with the id of the stream that runs, which can be followed", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  server.chat.script = slowTurn;
  const { started } = hermes.chat.send(id, "Hello");
  await started;
  const { error } = await drain(hermes.chat.send(id, "And?"));
  if (!(error instanceof HermesError) || error.status !== 409 || !("active_stream_id" in error.body)) {
    throw new Error("not refused", { cause: error });
  }
  expect(error).toMatchObject({ operation: "startChat", attempts: 1 });
  const { active_stream_id } = error.body;
  const running = hermes.chat.resume(active_stream_id);
  await hermes.chat.cancel({ stream_id: active_stream_id });
  const { events } = await drain(running);
  expect(events.at(-1)?.event).toBe("cancel");
});

test("a turn that cannot be started fails silently until somebody asks", async () => {
  const server = await startHermes();
  const turn = clientOf(server).chat.send("unknown", "Hello");
  await until(() => server.count("POST /api/chat/start") === 1);
  const missing = { status: 404, operation: "startChat", body: { error: "Session not found" } };
  expect(await rejection(turn.started)).toMatchObject(missing);
  expect((await drain(turn)).error).toMatchObject(missing);
  expect(await rejection(turn.stop())).toMatchObject(missing);
});

test("a message that the server keeps from the agent has no events", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  const turn = hermes.chat.send(id, "[SILENT]");
  expect(await drain(turn)).toEqual({ events: [], error: undefined });
  expect(await turn.started).toEqual({ status: "suppressed", reason: "silent_control_message" });
  expect(await turn.stop()).toBe(false);
});

test("a side question ends the loop with its answer, though the server leaves the connection open", async () => {
  const server = await startHermes({ password });
  const { hermes, id } = await inSession(server);
  const { stream_id, parent_session_id } = await hermes.chat.askAside({ session_id: id, question: "Why?" });
  expect(parent_session_id).toBe(id);
  const { events, error } = await drain(hermes.chat.resume(stream_id));
  expect(events).toMatchObject([{ event: "token" }, { event: "done", data: { ephemeral: true, answer: "Why?" } }]);
  expect(error).toBeUndefined();
  await until(() => server.chat.turn.followers === 0);
  expect(server.count("GET /api/chat/stream")).toBe(1);
});

test("a turn that has ended can be replayed, as a whole or behind an event", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  const first = await drain(hermes.chat.send(id, "Hello"));
  const { streamId } = server.chat.turn;
  expect(await drain(hermes.chat.resume(streamId))).toEqual(first);
  expect((await drain(hermes.chat.resume(streamId, `${streamId}:10`))).events).toEqual(first.events.slice(10));
  expect((await drain(hermes.chat.stream({ stream_id: streamId, after_seq: 12 }))).events).toEqual(
    first.events.slice(12),
  );
  expect((await drain(hermes.chat.stream({ stream_id: streamId, lastEventID: `${streamId}:11` }))).events).toEqual(
    first.events.slice(11),
  );
  expect((await drain(hermes.chat.resume(streamId, "another:10"))).events).toEqual(first.events);
});

test("a stream that the server does not know is a HermesError", async () => {
  const server = await startHermes({ password });
  const { error } = await drain(clientOf(server).chat.resume("unknown"));
  expect(error).toBeInstanceOf(HermesError);
  expect(error).toMatchObject({ status: 404, operation: "streamChat", body: { error: "stream not found" } });
});

test("an abort while events come is an ApiAbortError at once, and frees the connection", async () => {
  const pending = watchTimers();
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  server.chat.script = slowTurn;
  const controller = new AbortController();
  const turn = hermes.chat.send(id, "Hello", {}, { signal: controller.signal });
  const reading = drain(turn);
  await until(() => server.chat.turns.length > 0 && server.chat.turn.followers === 1 && server.chat.turn.lastSeq === 1);
  controller.abort("enough");
  const { error } = await reading;
  expect(error).toBeInstanceOf(ApiAbortError);
  expect(error).toMatchObject({ cause: "enough", operation: "streamChat" });
  await until(() => server.chat.turn.followers === 0);
  expect(server.count("GET /api/chat/stream")).toBe(1);
  expect(pending()).toBe(0);
  // The signal was for the events; the turn can be stopped still.
  expect(await turn.stop()).toBe(true);
});

test("the total budget ends a turn's stream with its own error", async () => {
  const server = await startHermes({ heartbeatMs: 5 });
  const { hermes, id } = await inSession(server);
  server.chat.script = slowTurn;
  const { events, error } = await drain(hermes.chat.send(id, "Hello", {}, { timeouts: { total: 200 } }));
  expect(events.map(({ event }) => event)).toEqual(["token"]);
  expect(error).toBeInstanceOf(ApiTimeoutError);
  expect(error).toMatchObject({ budget: "total" });
});

test("heartbeats keep a connection on which nothing else happens", async () => {
  const server = await startHermes({ heartbeatMs: 5 });
  const { hermes, id } = await inSession(server);
  server.chat.script = async (turn) => {
    await turn.followed;
    // Many times the idle budget, counted in heartbeats.
    setTimeout(() => turn.emit("stream_end", { session_id: id }), 1000);
  };
  const turn = hermes.chat.send(id, "Hello", {}, { timeouts: { idle: 250 }, retry: false });
  const { events, error } = await drain(turn);
  expect(events.map(({ event }) => event)).toEqual(["stream_end"]);
  expect(error).toBeUndefined();
  expect(server.count("GET /api/chat/stream")).toBe(1);
});

test("a stream that is opened only at the end of a turn misses nothing", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  server.chat.script = (turn) => {
    for (const [event, data] of goodEvents(turn)) turn.emit(event, data);
  };
  const { events } = await drain(hermes.chat.send(id, "Hello"));
  expect(events.map(({ event }) => event)).toEqual(goodNames(server));
});
