import { getEventListeners } from "node:events";
import { afterEach, expect, test, vi } from "vitest";
import { ApiAbortError, ApiTimeoutError } from "../../runtime/index.js";
import { createNote, getNote, notes, rejection, sendJson, serve, signalled, watchTimers } from "./support.js";

const one = { path: { id: "1" } };
const byPath = { params: { path: { id: "1" } } };
const once = { retry: false } as const;

afterEach(() => {
  vi.useRealTimers();
});

test("a server that sends no headers uses up the headers budget", async () => {
  const server = await serve(() => {});
  const client = notes(server, { ...once, timeouts: { headers: 50 } });
  const error = await rejection(client.call(getNote, one));
  expect(error).toBeInstanceOf(ApiTimeoutError);
  expect(error).toMatchObject({
    budget: "headers",
    attempts: 1,
    isRetryable: true,
    message: `Notes: no answer to GET ${server.url}/notes/1 within 50 ms (timeouts.headers)`,
  });
  expect(await rejection(client.fetch.GET("/notes/{id}", byPath))).toMatchObject({ budget: "headers" });
});

test("a body that stalls uses up the idle budget", async () => {
  const server = await serve((response) => {
    response.writeHead(200).write('{"data":');
  });
  const client = notes(server, { timeouts: { idle: 50 } });
  expect(await rejection(client.call(getNote, one))).toMatchObject({ budget: "idle", attempts: 1 });
  const byPathError = await rejection(client.fetch.GET("/notes/{id}", byPath));
  expect(byPathError).toBeInstanceOf(ApiTimeoutError);
  expect(byPathError).toMatchObject({ budget: "idle" });
});

test("an error body that stalls uses up the idle budget", async () => {
  const server = await serve((response) => {
    response.writeHead(400).write('{"errors":');
  });
  expect(await rejection(notes(server, { timeouts: { idle: 50 } }).call(getNote, one))).toMatchObject({
    budget: "idle",
  });
});

test("a body that trickles without end uses up the total budget", async () => {
  const server = await serve((response) => {
    response.writeHead(200);
    const trickle = setInterval(() => response.write(" "), 5);
    response.on("close", () => clearInterval(trickle));
  });
  const client = notes(server, { timeouts: { total: 100, idle: 5000 } });
  expect(await rejection(client.call(getNote, one))).toMatchObject({ budget: "total" });
  expect(await rejection(client.fetch.GET("/notes/{id}", byPath))).toMatchObject({ budget: "total" });
});

test("a body that is read slowly does not use up the idle budget", async () => {
  const server = await serve((response) => {
    response.writeHead(200).write("a");
    response.end("b");
  });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { data } = await notes(server).fetch.GET("/notes/{id}", { ...byPath, parseAs: "stream" });
  await vi.advanceTimersByTimeAsync(600_000);
  expect(await new Response(data).text()).toBe("ab");
});

test("a credential that does not come uses up the total budget", async () => {
  const client = notes(
    { url: "http://127.0.0.1:1" },
    { authentication: () => new Promise(() => {}), timeouts: { total: 50 } },
  );
  expect(await rejection(client.call(getNote, one))).toMatchObject({ budget: "total", attempts: 0 });
});

test("a fetch that does not heed its signal cannot hold a call up", async () => {
  const deaf = () => new Promise<Response>(() => {});
  const client = notes({ url: "http://127.0.0.1:1" }, { fetch: deaf, ...once, timeouts: { headers: 20 } });
  expect(await rejection(client.call(getNote, one))).toMatchObject({ budget: "headers" });
});

test("the caller's abort is an ApiAbortError with the signal's reason as its cause", async () => {
  const controller = new AbortController();
  const reason = new Error("the user went away");
  const server = await serve(() => controller.abort(reason));
  const error = await rejection(notes(server).call(getNote, one, { signal: controller.signal }));
  expect(error).toBeInstanceOf(ApiAbortError);
  expect(error).toMatchObject({ cause: reason, attempts: 1, isRetryable: false });
});

test("an abort while the body is read is an ApiAbortError, for a call by path too", async () => {
  let controller = new AbortController();
  const server = await serve((response) => {
    response.writeHead(200).write('{"data":', () => setImmediate(() => controller.abort()));
  });
  expect(await rejection(notes(server).call(getNote, one, { signal: controller.signal }))).toBeInstanceOf(
    ApiAbortError,
  );
  controller = new AbortController();
  const { signal } = controller;
  expect(await rejection(notes(server).fetch.GET("/notes/{id}", { ...byPath, signal }))).toBeInstanceOf(ApiAbortError);
});

test("a signal that is aborted already keeps a request from being sent", async () => {
  const server = await serve((response) => sendJson(response, 200, { data: 1 }));
  const signal = AbortSignal.abort();
  expect(await rejection(notes(server).call(createNote, { params: {} }, { signal }))).toMatchObject({ attempts: 0 });
  expect(server.requests).toEqual([]);
});

test("one long-lived signal collects no listeners", async () => {
  const { signal } = new AbortController();
  const client = notes(
    { url: "http://127.0.0.1:1" },
    { fetch: async () => Response.json({ data: 1 }), timeouts: { total: 60_000 } },
  );
  for (let round = 0; round < 100; round++) {
    const calls = Array.from({ length: 100 }, (_, index) =>
      index % 10 === 0 ? client.fetch.GET("/notes/{id}", { ...byPath, signal }) : client.call(getNote, one, { signal }),
    );
    await Promise.all(calls);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  }
});

test("many calls at once with one signal give no warning of a leak", async () => {
  const warn = vi.spyOn(process, "emitWarning");
  const { signal } = new AbortController();
  const client = notes({ url: "http://127.0.0.1:1" }, { fetch: async () => Response.json({ data: 1 }) });
  const calls = Array.from({ length: 50 }, () => client.call(getNote, one, { signal }));
  expect(getEventListeners(signal, "abort")).toHaveLength(1);
  await Promise.all(calls);
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});

test("a signal ends all calls that it was given to", async () => {
  const controller = new AbortController();
  const server = await serve((_response, _request, count) => {
    if (count === 3) controller.abort();
  });
  const { signal } = controller;
  const calls = [1, 2, 3].map(() => rejection(notes(server).call(getNote, one, { signal })));
  for (const error of await Promise.all(calls)) expect(error).toBeInstanceOf(ApiAbortError);
});

test("no timer is left when a call is over, however it ended", async () => {
  const server = await serve((response, _request, count, incoming) => {
    if (count === 1) sendJson(response, 200, { data: 1 });
    else if (count === 2) sendJson(response, 404, {});
    else if (count === 3) incoming.socket.destroy();
    else response.writeHead(200, { "content-length": "0" }).end();
  });
  const pending = watchTimers();
  const { signal } = new AbortController();
  const client = notes(server, { ...once, timeouts: { headers: 1e12, idle: 1e12, total: 1e12 } });
  for (let round = 0; round < 4; round++) {
    const call = client.call(getNote, one, { signal }).catch(() => {});
    expect(pending()).toBeGreaterThan(0);
    await call;
    expect(pending()).toBe(0);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  }
});

test("a body that is given up lets go of the signal and of the connection", async () => {
  const closed = signalled();
  const server = await serve((response) => {
    response.on("close", closed.resolve);
    response.writeHead(200).write("a body that never ends");
  });
  const { signal } = new AbortController();
  const { data } = await notes(server).fetch.GET("/notes/{id}", { ...byPath, signal, parseAs: "stream" });
  expect(getEventListeners(signal, "abort")).toHaveLength(1);
  await data?.cancel();
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
  await closed.promise;
});

test.each([{ headers: 0 }, { idle: -1 }, { total: Number.NaN }])(
  "time budgets that make no sense are a TypeError when the client is made (%j)",
  (timeouts) => {
    expect(() => notes({ url: "http://127.0.0.1:1" }, { timeouts })).toThrow(TypeError);
  },
);
