import { expect, test } from "vitest";
import { attemptsOf, type Middleware } from "../../runtime/index.js";
import { startEvents, watchNotes } from "./streams.js";
import { getNote, type Handler, notes, sendJson, serve } from "./support.js";

const one = { path: { id: "1" } };

/** Refuses twice. */
const third =
  (answer: Handler): Handler =>
  (response, request, count, incoming) =>
    count % 3 ? sendJson(response, 503, {}) : answer(response, request, count, incoming);
const ok = third((response) => sendJson(response, 200, { data: 1 }));

test("what withResponse() gives tells how often the request was sent", async () => {
  const server = await serve(ok);
  const { response } = await notes(server).call(getNote, one).withResponse();
  expect(attemptsOf(response)).toBe(3);
});

test("an answer that came at once was sent for once", async () => {
  const server = await serve((response) => sendJson(response, 200, { data: 1 }));
  expect(attemptsOf((await notes(server).call(getNote, one).withResponse()).response)).toBe(1);
});

test("a call by path tells it, too, also of an error", async () => {
  const server = await serve(ok);
  expect(attemptsOf((await notes(server).fetch.GET("/notes/{id}", { params: one })).response)).toBe(3);
  const down = await serve((response) => sendJson(response, 503, {}));
  const { response } = await notes(down, { retry: { attempts: 2 } }).fetch.GET("/notes/{id}", { params: one });
  expect(attemptsOf(response)).toBe(2);
});

test("middleware can ask", async () => {
  const server = await serve(ok);
  const told: unknown[] = [];
  const middleware: Middleware = { onResponse: ({ response }) => void told.push(attemptsOf(response)) };
  const client = notes(server, { middleware: [middleware] });
  await client.call(getNote, one);
  await client.fetch.GET("/notes/{id}", { params: one });
  expect(told).toEqual([3, 3]);
});

test("a stream and a download tell it", async () => {
  const server = await serve(
    third((response, { url }) => {
      if (url !== "/notes/watch") return sendJson(response, 200, {});
      startEvents(response);
      response.end();
    }),
  );
  const client = notes(server);
  expect(attemptsOf((await client.stream(watchNotes, {}).withResponse()).response)).toBe(3);
  const { response } = await client.call({ ...getNote, answer: "bytes" }, one).withResponse();
  expect(attemptsOf(response)).toBe(3);
});

test("an answer that middleware made up was never sent for", async () => {
  const middleware: Middleware = { onRequest: () => Response.json({ data: 1 }) };
  const client = notes({ url: "http://127.0.0.1:1" }, { middleware: [middleware] });
  expect(attemptsOf((await client.call(getNote, one).withResponse()).response)).toBeUndefined();
});
