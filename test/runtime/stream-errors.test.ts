import { inspect } from "node:util";
import { expect, test, vi } from "vitest";
import { ApiResponseError, ApiStatusError, ApiStreamError, bearer } from "../../runtime/index.js";
import { drain, startEvents, streamNotes, watchNotes } from "./streams.js";
import { NotesError, notes, rejection, sendJson, serve, signalled } from "./support.js";

const secret = "hb_s3cr3t-credential";

test("a documented error before a stream rejects the loop and withResponse as it would a call", async () => {
  const server = await serve((response) =>
    sendJson(response, 402, { errors: [{ code: "INSUFFICIENT_QUOTA", message: "spent" }] }, { "retry-after": "9" }),
  );
  const stream = notes(server).stream(streamNotes, {});
  const { error } = await drain(stream);
  expect(error).toBeInstanceOf(NotesError);
  expect(error).toMatchObject({
    status: 402,
    code: "INSUFFICIENT_QUOTA",
    retryAfterMs: 9000,
    operation: "streamNotes",
  });
  expect(await rejection(stream.withResponse())).toBe(error);
});

test("a 429 before a stream is waited for and sent again", async () => {
  const server = await serve((response, _request, count) => {
    if (count < 3) return sendJson(response, 429, {}, { "retry-after": "1" });
    startEvents(response);
    response.end("data: 1\n\n");
  });
  expect(await drain(notes(server).stream(streamNotes, {}))).toEqual({ events: [1], error: undefined });
  const always = await serve((response) => sendJson(response, 429, {}, { "retry-after": "1" }));
  const { error } = await drain(notes(always).stream(streamNotes, {}));
  expect(error).toBeInstanceOf(ApiStatusError);
  expect(error).toMatchObject({ status: 429, attempts: 3, isRetryable: true, retryAfterMs: 1000 });
});

test("a stream that fails while nobody asks does not end the process, and fails whoever asks later", async () => {
  const answered = signalled();
  const server = await serve((response) => {
    response.on("close", answered.resolve);
    sendJson(response, 404, { errors: [{ code: "NOT_FOUND" }] });
  });
  const unhandled = vi.fn();
  process.on("unhandledRejection", unhandled);
  const stream = notes(server).stream(streamNotes, {});
  await answered.promise;
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", unhandled);
  expect(unhandled).not.toHaveBeenCalled();
  expect((await drain(stream)).error).toBeInstanceOf(NotesError);
});

test("arguments that cannot be sent reject the loop with a TypeError", async () => {
  const operation = { ...watchNotes, path: "/notes/{id}/watch" };
  const { error } = await drain(notes({ url: "http://127.0.0.1:1" }).stream(operation, { path: { id: ".." } }));
  expect(error).toBeInstanceOf(TypeError);
});

test("a page of HTML instead of a stream is an ApiResponseError with the beginning of the page", async () => {
  const server = await serve((response) =>
    response.writeHead(200, { "content-type": "text/html" }).end(`<h1>Log in</h1>\n${"<p>".repeat(500)}`),
  );
  const stream = notes(server).stream(streamNotes, {});
  const { events, error } = await drain(stream);
  expect(events).toEqual([]);
  expect(error).toBeInstanceOf(ApiResponseError);
  const { message, snippet } = error as ApiResponseError;
  expect(message).toBe("Notes answered 200 with a body that is not a stream of events (text/html)");
  expect(snippet).toMatch(/^<h1>Log in<\/h1> <p>/);
  expect(snippet.length).toBe(200);
  expect(await rejection(stream.withResponse())).toBe(error);
});

test("an endless answer that is no stream is given up, and its connection freed", async () => {
  const closed = signalled();
  const server = await serve((response) => {
    response.writeHead(200, { "content-type": "application/octet-stream" });
    const write = () => {
      while (!response.destroyed && response.write("x".repeat(10_000)));
    };
    response.on("drain", write).on("close", closed.resolve);
    write();
  });
  expect(await rejection(notes(server).stream(streamNotes, {}).withResponse())).toBeInstanceOf(ApiResponseError);
  await closed.promise;
});

test.each([200, 204])("an answer of %i without a body and a type is an ApiResponseError", async (status) => {
  const server = await serve((response) => response.writeHead(status).end());
  const { error } = await drain(notes(server).stream(streamNotes, {}));
  expect(error).toBeInstanceOf(ApiResponseError);
  expect((error as Error).message).toBe(`Notes answered ${status} with an empty body`);
});

test("broken JSON in the third event gives the first two, then an ApiStreamError, and frees the connection", async () => {
  const closed = signalled();
  const server = await serve((response) => {
    response.on("close", closed.resolve);
    startEvents(response, `data: 1\n\ndata: 2\n\nevent: note\ndata: {"token": "t0p-s3cret", "a": oops}\n\ndata: 4\n\n`);
  });
  const { events, error } = await drain(notes(server).stream(streamNotes, {}));
  expect(events).toEqual([1, 2]);
  expect(error).toBeInstanceOf(ApiStreamError);
  expect(error).toMatchObject({
    name: "ApiStreamError",
    message: "Notes: the data of a `note` event is not JSON",
    event: "note",
    snippet: '{"token": "***", "a": oops}',
    operation: "streamNotes",
    method: "POST",
    url: `${server.url}/notes/stream`,
    attempts: 1,
    isRetryable: false,
  });
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("t0p-s3cret");
  await closed.promise;
});

test("the snippet of a broken event is short, on one line and without the credential, however long the event is", async () => {
  const server = await serve((response) => {
    startEvents(
      response,
      `event: a\u001b[2J${"x".repeat(500)}\ndata: ${secret} said\ndata: ${"no ".repeat(2 ** 20)}\n\n`,
    );
  });
  const { error } = await drain(notes(server, { authentication: bearer(secret) }).stream(streamNotes, {}));
  const { event, snippet, message } = error as ApiStreamError;
  expect(snippet).toMatch(/^\*\*\* said no no/);
  expect(snippet?.length).toBe(200);
  expect(event?.length).toBe(80);
  expect(message.length).toBeLessThan(150);
  for (const printed of [String(error), JSON.stringify(error), inspect(error, { depth: 9, showHidden: true })]) {
    expect(printed).not.toContain(secret);
    expect(printed).not.toContain("\u001b");
  }
});

test("a connection that breaks in the middle is an ApiStreamError with its cause, after the events that came", async () => {
  const server = await serve((response) => {
    startEvents(response, "data: 1\n\n");
    response.write('data: {"cut":', () => response.destroy());
  });
  const { events, error } = await drain(notes(server).stream(streamNotes, {}));
  expect(events).toEqual([1]);
  expect(error).toBeInstanceOf(ApiStreamError);
  expect(error).toMatchObject({ event: undefined, snippet: undefined, isRetryable: false });
  expect((error as ApiStreamError).message).toMatch(/^Notes: The answer broke off: /);
  expect((error as ApiStreamError).cause).toBeInstanceOf(Error);
});

test("a server that cannot be reached rejects the loop with what it would reject a call with", async () => {
  const { error } = await drain(notes({ url: "http://127.0.0.1:1" }).stream(streamNotes, {}));
  expect(error).toMatchObject({ name: "ApiConnectionError", attempts: 1 });
});
