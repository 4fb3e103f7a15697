import { inspect } from "node:util";
import { expect, test, vi } from "vitest";
import { ApiClient, bearer, type Logger, type LogLevel, type OperationDescriptor } from "../../runtime/index.js";
import { drain, startEvents, watchNotes } from "./streams.js";
import { api, createNote, getNote, notes, type PathsOfNotes, rejection, sendJson, serve } from "./support.js";

type Line = readonly [level: string, message: string, details: Readonly<Record<string, unknown>> | undefined];

function recorder(): { lines: Line[]; logger: Logger } {
  const lines: Line[] = [];
  const at = (level: string) => (message: string, details?: Readonly<Record<string, unknown>>) => {
    lines.push([level, message, details]);
  };
  return { lines, logger: { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") } };
}

const one = { path: { id: "1" } };
const seams = { now: () => 0, random: () => 0.5 };

test("by default a logger hears of retries only", async () => {
  const server = await serve((response, _request, count) => sendJson(response, count < 2 ? 503 : 200, { data: 1 }));
  const { lines, logger } = recorder();
  await notes(server, { logger }, seams).call(getNote, one);
  const url = `${server.url}/notes/1`;
  const details = { operation: "getNote", method: "GET", url, attempt: 1, waitMs: 250 };
  expect(lines).toEqual([["warn", `Notes GET ${url} answered 503, sending it again in 250 ms`, details]]);
});

test("at `info` it hears of each request and each answer, too", async () => {
  const server = await serve((response, _request, count) => sendJson(response, count < 2 ? 503 : 200, { data: 1 }));
  const { lines, logger } = recorder();
  await notes(server, { logger, logLevel: "info" }, seams).call(getNote, one);
  const url = `${server.url}/notes/1`;
  const facts = { operation: "getNote", method: "GET", url };
  expect(lines).toEqual([
    ["info", `Notes GET ${url}`, { ...facts, attempt: 1 }],
    ["info", `Notes GET ${url} answered 503 in 0 ms`, { ...facts, attempt: 1, status: 503, ms: 0 }],
    ["warn", `Notes GET ${url} answered 503, sending it again in 250 ms`, { ...facts, attempt: 1, waitMs: 250 }],
    ["info", `Notes GET ${url}`, { ...facts, attempt: 2 }],
    ["info", `Notes GET ${url} answered 200 in 0 ms`, { ...facts, attempt: 2, status: 200, ms: 0 }],
  ]);
});

test("at `debug` it hears the bodies in JSON, with what the description marks and what is named like a secret masked", async () => {
  const server = await serve((response) =>
    sendJson(response, 201, { data: { id: "1", plainKey: "hb_0123", note: "you sent whsec_4567" } }),
  );
  const { lines, logger } = recorder();
  const params = { text: "t", plainKey: "whsec_4567", nested: [{ password: "hunter2" }] };
  const answer = { data: { id: "1", plainKey: "***", note: "you sent ***" } };
  const client = notes(server, { logger, logLevel: "debug" }, seams);
  await client.call(createNote, { params });
  await client.fetch.POST("/notes", { body: params });
  const url = `${server.url}/notes`;
  for (const operation of ["createNote", undefined]) {
    const facts = { operation, method: "POST", url };
    const sent = { ...facts, attempt: 0, body: { text: "t", plainKey: "***", nested: [{ password: "***" }] } };
    expect(lines.splice(0, 4)).toEqual([
      ["debug", `Notes POST ${url}: body of the request`, sent],
      ["info", `Notes POST ${url}`, { ...facts, attempt: 1 }],
      ["info", `Notes POST ${url} answered 201 in 0 ms`, { ...facts, attempt: 1, status: 201, ms: 0 }],
      ["debug", `Notes POST ${url}: body of the answer`, { ...facts, attempt: 1, body: answer }],
    ]);
  }
  expect(lines).toEqual([]);
  expect(params.plainKey).toBe("whsec_4567");
});

test("an answer that is a secret as a whole is not logged, whatever its fields are called", async () => {
  const server = await serve((response) => sendJson(response, 200, { data: { whsec: "plain-secret" } }));
  const { lines, logger } = recorder();
  const secretNote: OperationDescriptor = { ...getNote, secret: true };
  const descriptor = { ...api, operations: { secretNote } };
  const client = new ApiClient<PathsOfNotes>(descriptor, { baseUrl: server.url, logger, logLevel: "debug" });
  expect(await client.call(secretNote, one)).toEqual({ whsec: "plain-secret" });
  await client.fetch.GET("/notes/{id}", { params: one });
  const bodies = lines.filter(([, message]) => message.endsWith("body of the answer"));
  expect(bodies.map(([, , details]) => details?.body)).toEqual(["***", "***"]);
  expect(inspect(lines, { depth: null })).not.toContain("plain-secret");
});

test("an answer that is a secret as a whole is not printed with an error that it causes", async () => {
  const server = await serve((response) => sendJson(response, 200, { whsec: "plain-secret" }));
  const error = await rejection(notes(server).call({ ...getNote, secret: true }, one));
  expect(error).toMatchObject({ name: "ApiResponseError", snippet: "***" });
  expect(inspect(error, { depth: null })).not.toContain("plain-secret");
});

test("at `debug` it hears the bodies of unsuccessful answers, too", async () => {
  const body = { errors: [{ code: "NOT_FOUND" }], plainKey: "hb_0123" };
  const server = await serve((response) => sendJson(response, 404, body));
  const { lines, logger } = recorder();
  const client = notes(server, { logger, logLevel: "debug" });
  await rejection(client.call(getNote, one));
  await client.fetch.GET("/notes/{id}", { params: one });
  expect(lines.filter(([level]) => level === "debug").map(([, , details]) => details?.body)).toEqual([
    { ...body, plainKey: "***" },
    { ...body, plainKey: "***" },
  ]);
});

test.each<LogLevel>(["warn", "info"])("at `%s` no body is logged", async (logLevel) => {
  const server = await serve((response) => sendJson(response, 200, { data: "the answer's body" }));
  const { lines, logger } = recorder();
  const client = notes(server, { logger, logLevel });
  await client.call(createNote, { params: { text: "the request's body" } });
  await client.fetch.POST("/notes", { body: { text: "the request's body" } });
  expect(inspect(lines, { depth: 9 })).not.toContain("body");
});

test("files, bytes, texts and events are not logged, whatever the level", async () => {
  const upload: OperationDescriptor = { ...createNote, body: "form", files: ["file"] };
  const server = await serve((response, { url }) => {
    if (url !== "/notes/watch") return response.end('{"data":"an answer"}');
    startEvents(response);
    response.end('data: {"note":"an event"}\n\n');
  });
  const { lines, logger } = recorder();
  const client = notes(server, { logger, logLevel: "debug" });
  const bytes = new TextEncoder().encode("a file");
  await client.call(upload, { params: { file: bytes, note: "a field" } });
  await client.call({ ...getNote, answer: "text" }, one);
  await (await client.call<{ text(): Promise<string> }>({ ...getNote, answer: "bytes" }, one)).text();
  await client.fetch.POST("/notes", { body: bytes as object, bodySerializer: (body) => body as never });
  await drain(client.stream(watchNotes, {}));
  const printed = inspect(
    lines.filter(([level]) => level === "debug"),
    { depth: 9, maxArrayLength: null },
  );
  expect(printed).not.toMatch(/a file|an event|\b97\b/);
});

test("neither the credential nor a secret in the query is logged", async () => {
  const server = await serve((response, _request, count) =>
    sendJson(response, count === 1 ? 503 : 200, { data: "a-secret-credential" }),
  );
  const { lines, logger } = recorder();
  const client = notes(server, { logger, logLevel: "debug", authentication: bearer("a-secret-credential") });
  const query = { token: "t0p-s3cr3t" };
  await client.fetch.GET("/notes/{id}", { params: { path: { id: "1" }, query } });
  expect(server.requests[0]?.url).toBe("/notes/1?token=t0p-s3cr3t");
  expect(lines.map(([level]) => level)).toEqual(["info", "info", "warn", "info", "info", "debug"]);
  expect(JSON.stringify(lines)).toContain("token=***");
  expect(JSON.stringify(lines)).not.toMatch(/a-secret-credential|t0p-s3cr3t/);
});

test("a secret that stands in the path is neither logged nor printed with an error, by method and by path", async () => {
  const server = await serve((response, { url }) =>
    sendJson(response, 404, { errors: [{ code: "NOT_FOUND", message: `no ${decodeURIComponent(url)}` }] }),
  );
  const { lines, logger } = recorder();
  const client = new ApiClient<{ "/notes/{plainKey}": { get: { responses: object } } }>(api, {
    baseUrl: server.url,
    logger,
    logLevel: "debug",
  });
  const path = { plainKey: "cs_live_a/1" };
  const error = await rejection(client.call({ ...getNote, path: "/notes/{plainKey}" }, { path }));
  const { response } = await client.fetch.GET("/notes/{plainKey}", { params: { path } } as never);
  expect(response.status).toBe(404);
  expect(server.requests.map(({ url }) => url)).toEqual(["/notes/cs_live_a%2F1", "/notes/cs_live_a%2F1"]);
  expect(error).toMatchObject({
    url: `${server.url}/notes/***`,
    message: "Notes answered 404 NOT_FOUND: no /notes/***",
  });
  expect(inspect([error, lines], { depth: 9 })).not.toContain("cs_live");
  expect(lines[0]?.[1]).toBe(`Notes GET ${server.url}/notes/***`);
});

test("a header is not logged, whatever the level", async () => {
  const server = await serve((response) => sendJson(response, 200, { data: 1 }, { "x-answer": "an-answer-header" }));
  const { lines, logger } = recorder();
  await notes(server, { logger, logLevel: "debug", headers: { "x-trace": "a-request-header" } }).call(getNote, one);
  expect(lines.length).toBeGreaterThan(2);
  expect(inspect(lines, { depth: 9 })).not.toMatch(/-header/);
});

test("a level that there is not is a TypeError when the client is made", () => {
  expect(() => notes({ url: "http://127.0.0.1:1" }, { logLevel: "verbose" as LogLevel })).toThrow(
    new TypeError("logLevel must be one of debug, info, warn, but it is verbose."),
  );
});

test("console is a logger", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const server = await serve((response, _request, count) => sendJson(response, count < 2 ? 503 : 200, { data: 1 }));
  await notes(server, { logger: console }).call(getNote, one);
  expect(warn).toHaveBeenCalledOnce();
  warn.mockRestore();
});
