import { expect, test } from "vitest";
import { createNote, getNote, notes, rejection, sendJson, serve } from "./support.js";

const one = { path: { id: "1" } };

/** A server that can be ill and well. */
async function patientServer() {
  const state = { isWell: false };
  const server = await serve((response) => sendJson(response, state.isWell ? 200 : 503, { data: 1 }));
  return { server, state };
}

test("a server that is down gets no more retries than the budget has, however many calls there are", async () => {
  const { server } = await patientServer();
  const client = notes(server, { retryBudget: 5 });
  const errors = await Promise.all(Array.from({ length: 20 }, () => rejection(client.call(getNote, one))));
  expect(server.requests).toHaveLength(25);
  for (const error of errors) expect(error).toMatchObject({ status: 503, isRetryable: true });
});

test("50 requests may be sent again by default", async () => {
  const { server } = await patientServer();
  const client = notes(server);
  for (let call = 0; call < 30; call++) await rejection(client.call(getNote, one));
  expect(server.requests).toHaveLength(80);
});

test("ten requests that succeed make up for one that was sent again, and nine do not", async () => {
  const { server, state } = await patientServer();
  const client = notes(server, { retryBudget: 1 });
  for (const [successes, attempts] of [
    [0, 2],
    [9, 1],
    [1, 2],
    [10, 2],
    [0, 1],
  ] as const) {
    state.isWell = true;
    for (let call = 0; call < successes; call++) await client.call(getNote, one);
    state.isWell = false;
    expect(await rejection(client.call(getNote, one))).toMatchObject({ attempts });
  }
});

test("the budget is not refilled beyond its size", async () => {
  const { server, state } = await patientServer();
  const client = notes(server, { retryBudget: 1 });
  state.isWell = true;
  for (let call = 0; call < 40; call++) await client.call(getNote, one);
  state.isWell = false;
  expect(await rejection(client.call(getNote, one))).toMatchObject({ attempts: 2 });
  expect(await rejection(client.call(getNote, one))).toMatchObject({ attempts: 1 });
});

test("an answer that refuses does not refill the budget", async () => {
  const server = await serve((response, { url }) => sendJson(response, url === "/notes/1" ? 503 : 404, {}));
  const client = notes(server, { retryBudget: 1 });
  await rejection(client.call(getNote, one));
  for (let call = 0; call < 20; call++) await rejection(client.call(getNote, { path: { id: "2" } }));
  expect(await rejection(client.call(getNote, one))).toMatchObject({ attempts: 1 });
});

test("all calls of a client share a budget: methods, calls by path, any method, any fault", async () => {
  const server = await serve((response, { method }, _count, { socket }) => {
    if (method === "POST") sendJson(response, 429, {});
    else socket.destroy();
  });
  const client = notes(server, { retryBudget: 3 });
  expect(await rejection(client.call(createNote, { params: {} }))).toMatchObject({ attempts: 3 });
  expect(await rejection(client.fetch.GET("/notes/{id}", { params: one }))).toMatchObject({ attempts: 2 });
  expect(await rejection(client.call(getNote, one))).toMatchObject({ attempts: 1, name: "ApiConnectionError" });
  expect(await rejection(notes(server).call(getNote, one))).toMatchObject({ attempts: 3 });
});

test("a budget of 0 sends nothing again, and says so to the logger", async () => {
  const { server } = await patientServer();
  const lines: unknown[] = [];
  const logger = { debug() {}, info() {}, error() {}, warn: (message: string) => void lines.push(message) };
  expect(await rejection(notes(server, { retryBudget: 0, logger }).call(getNote, one))).toMatchObject({ attempts: 1 });
  expect(server.requests).toHaveLength(1);
  expect(lines).toEqual([`Notes GET ${server.url}/notes/1 answered 503, and the retry budget is spent`]);
});

test("an infinite budget is never spent", async () => {
  const { server } = await patientServer();
  const client = notes(server, { retryBudget: Number.POSITIVE_INFINITY });
  for (let call = 0; call < 40; call++) await rejection(client.call(getNote, one));
  expect(server.requests).toHaveLength(120);
});

test("a call that is not to be sent again takes nothing from the budget", async () => {
  const { server } = await patientServer();
  const client = notes(server, { retryBudget: 1 });
  await rejection(client.call(getNote, one, { retry: false }));
  await rejection(client.call(createNote, { params: {} }));
  expect(await rejection(client.call(getNote, one))).toMatchObject({ attempts: 2 });
});

test.each([-1, Number.NaN, "many"])(
  "a budget that makes no sense is a TypeError when the client is made (%s)",
  (budget) => {
    expect(() => notes({ url: "http://127.0.0.1:1" }, { retryBudget: budget as number })).toThrow(TypeError);
  },
);
