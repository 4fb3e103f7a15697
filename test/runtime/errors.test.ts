import { inspect } from "node:util";
import { expect, test } from "vitest";
import {
  ApiClient,
  ApiConnectionError,
  ApiError,
  ApiResponseError,
  ApiStatusError,
  type Middleware,
} from "../../runtime/index.js";
import { api, createNote, deleteNote, getNote, NotesError, notes, rejection, sendJson, serve } from "./support.js";

const one = { path: { id: "1" } };
const once = { retry: false } as const;

test("a documented status and code is the API's own error", async () => {
  const server = await serve((response) =>
    sendJson(
      response,
      402,
      { errors: [{ code: "INSUFFICIENT_QUOTA", message: "the plan is used up" }], metadata: { requestId: "req_1" } },
      { "x-ratelimit-remaining": "0", "retry-after": "7" },
    ),
  );
  const error = await rejection(notes(server).call(createNote, { params: { text: "t" } }));
  expect(error).toBeInstanceOf(NotesError);
  expect(error).toBeInstanceOf(ApiStatusError);
  expect(error).toMatchObject({
    name: "NotesError",
    message: "Notes answered 402 INSUFFICIENT_QUOTA: the plan is used up",
    operation: "createNote",
    method: "POST",
    url: `${server.url}/notes`,
    status: 402,
    code: "INSUFFICIENT_QUOTA",
    requestId: "req_1",
    rateLimit: { remaining: 0, retryAfterMs: 7000 },
    retryAfterMs: 7000,
    attempts: 1,
    isRetryable: false,
  });
  expect((error as ApiStatusError).headers.get("retry-after")).toBe("7");
  expect((error as ApiStatusError).body).toMatchObject({ errors: [{ code: "INSUFFICIENT_QUOTA" }] });
});

test("a code that is not documented for the status is a plain ApiStatusError", async () => {
  const server = await serve((response) => sendJson(response, 402, { errors: [{ code: "NOT_FOUND" }] }));
  const error = await rejection(notes(server).call(getNote, one));
  expect(error).toBeInstanceOf(ApiStatusError);
  expect(error).not.toBeInstanceOf(NotesError);
  expect(error).toMatchObject({ name: "ApiStatusError", code: "NOT_FOUND", message: "Notes answered 402 NOT_FOUND" });
});

test("a status that is documented without codes is the API's own error, whatever its body", async () => {
  const server = await serve((response) => response.writeHead(413).end());
  expect(await rejection(notes(server).call(getNote, one))).toBeInstanceOf(NotesError);
});

test("an HTML error page is an ApiStatusError and not a SyntaxError", async () => {
  const page = `<!doctype html><title>502</title>${"<p>Bad gateway</p>".repeat(1000)}`;
  const server = await serve((response) => response.writeHead(502, { "content-type": "text/html" }).end(page));
  const error = await rejection(notes(server).call(getNote, one, once));
  expect(error).toBeInstanceOf(ApiStatusError);
  expect(error).toMatchObject({ status: 502, code: undefined, message: "Notes answered 502 Bad Gateway (text/html)" });
  expect((error as ApiStatusError).body).toBe(page.slice(0, 4096));
});

test("an empty error body is an ApiStatusError with a status", async () => {
  const server = await serve((response) => response.writeHead(500).end());
  const error = await rejection(notes(server).call(getNote, one, once));
  expect(error).toMatchObject({ status: 500, message: "Notes answered 500 Internal Server Error", isRetryable: true });
  expect((error as ApiStatusError).body).toBeUndefined();
});

test("an error body that breaks off still gives the status", async () => {
  const server = await serve((response) => {
    response.writeHead(402, { "content-type": "application/json", "content-length": "999" });
    response.write('{"errors":', () => response.destroy());
  });
  const error = await rejection(notes(server).call(getNote, one));
  expect(error).toBeInstanceOf(ApiStatusError);
  expect(error).toMatchObject({ status: 402 });
  expect((error as Error).cause).toBeInstanceOf(ApiConnectionError);
});

test("an error's message is one bounded line, whatever the server writes", async () => {
  const message = `first\nsecond\u001b[31m ${"long ".repeat(500)}`;
  const server = await serve((response) => sendJson(response, 409, { errors: [{ code: "A\nB", message }] }));
  const error = (await rejection(notes(server).call(getNote, one))) as Error;
  expect(error.message).toMatch(/^Notes answered 409 A B: first second \[31m long/);
  expect(error.message.length).toBeLessThan(300);
});

test.each([
  ["an HTML page", "<html>Log in</html>", "a body that is not JSON (text/html)"],
  ["nothing", "", "an empty body (text/html)"],
  ["JSON that breaks off", '{"data":', "a body that is not JSON (text/html)"],
  ["no envelope", '["data"]', "a body without `data` (text/html)"],
])("a 200 with %s is an ApiResponseError and not a SyntaxError or undefined", async (_what, body, problem) => {
  const server = await serve((response) => response.writeHead(200, { "content-type": "text/html" }).end(body));
  const error = await rejection(notes(server).call(getNote, one));
  expect(error).toBeInstanceOf(ApiResponseError);
  expect(error).toMatchObject({
    message: `Notes answered 200 with ${problem}`,
    status: 200,
    contentType: "text/html",
    snippet: body,
    operation: "getNote",
    attempts: 1,
  });
});

test("a snippet is short and has no secrets in it", async () => {
  const body = { plainKey: "hb_0123456789", padding: "x".repeat(5000) };
  const server = await serve((response) => sendJson(response, 200, body));
  const error = (await rejection(notes(server).call(createNote, { params: {} }))) as ApiResponseError;
  expect(error.snippet).toMatch(/^\{"plainKey":"\*\*\*","padding":"xxx/);
  expect(error.snippet.length).toBe(200);
});

test("an answer that breaks off is an ApiConnectionError", async () => {
  const server = await serve((response) => {
    response.writeHead(200, { "content-length": "999" });
    response.write('{"data":', () => response.destroy());
  });
  const error = await rejection(notes(server).call(getNote, one));
  expect(error).toBeInstanceOf(ApiConnectionError);
  expect(error).toMatchObject({ operation: "getNote", isRetryable: true });
});

test("a connection that is refused is an ApiConnectionError that says why", async () => {
  const error = await rejection(notes({ url: "http://127.0.0.1:1" }).call(getNote, one, once));
  expect(error).toBeInstanceOf(ApiConnectionError);
  expect((error as Error).message).toMatch(/^Notes: No answer to GET http:\/\/127\.0\.0\.1:1\/notes\/1: ./);
  expect((error as Error).cause).toBeInstanceOf(TypeError);
});

test.each([200, 201, 202, 299])("%i is success", async (status) => {
  const server = await serve((response) => sendJson(response, status, { data: "x" }));
  expect(await notes(server).call(getNote, one)).toBe("x");
});

test.each([
  ["204", 204, "", {}],
  ["205", 205, "", {}],
  ["a Content-Length of 0", 200, "", { "content-length": "0" }],
  ["an empty chunked body", 200, "", { "transfer-encoding": "chunked" }],
  ["a body nobody asked for", 200, "OK", {}],
])("%s is undefined for an operation that answers nothing", async (_what, status, body, headers) => {
  const server = await serve((response) => response.writeHead(status, headers).end(body));
  expect(await notes(server).call(deleteNote, one)).toBeUndefined();
});

test("JSON null is a payload", async () => {
  const server = await serve((response) => sendJson(response, 200, { data: null }));
  expect(await notes(server).call(getNote, one)).toBeNull();
});

test("what JSON.stringify prints of an error tells what happened", async () => {
  const server = await serve((response) => sendJson(response, 404, { errors: [{ code: "NOT_FOUND" }] }));
  const printed = JSON.parse(JSON.stringify(await rejection(notes(server).call(getNote, one))));
  expect(printed).toMatchObject({ name: "NotesError", status: 404, code: "NOT_FOUND", operation: "getNote" });
  expect(printed).not.toHaveProperty("body");
  expect(printed).not.toHaveProperty("headers");
});

test("the first line of a stack trace names the error's class", async () => {
  const error = await rejection(notes({ url: "http://127.0.0.1:1" }).call(getNote, one, once));
  expect((error as Error).stack).toMatch(/^ApiConnectionError: Notes/);
  expect(inspect(error)).toMatch(/^ApiConnectionError: Notes/);
});

test("a response that middleware makes up is read like any other", async () => {
  const server = await serve((response) => sendJson(response, 200, { data: "real" }));
  const madeUp: Middleware = { onRequest: () => Response.json({ errors: [{ code: "NOT_FOUND" }] }, { status: 404 }) };
  const error = await rejection(notes(server, { middleware: [madeUp] }).call(getNote, one));
  expect(error).toBeInstanceOf(NotesError);
  expect(error).toMatchObject({ attempts: 0, url: `${server.url}/notes/{id}` });
  expect(server.requests).toEqual([]);
});

test("every error of a call is an ApiError", async () => {
  const server = await serve((response) => response.writeHead(418).end());
  expect(await rejection(notes(server).call(getNote, one))).toBeInstanceOf(ApiError);
});

const withCode = (code: unknown) => ({ errors: [{ code }] });

test.each([
  ["known codes", { known: ["A", "B"] }, [withCode("B")], [withCode("C"), withCode(""), withCode(7), {}, null, "A"]],
  ["any code", { other: true }, [withCode("C")], [withCode(""), withCode(null), {}, null, "A"]],
  ["no code", { none: true }, [withCode(""), withCode(7), {}, null, "A", []], [withCode("C")]],
  ["known codes or none", { known: ["A"], none: true }, [withCode("A"), {}], [withCode("C")]],
  ["known and other codes", { known: ["A"], other: true }, [withCode("A"), withCode("C")], [{}]],
  ["any code or none", { other: true, none: true }, [withCode("C"), {}, null], []],
  ["nothing", {}, [], [withCode("A"), {}, null]],
])(
  "a status that is documented with %s is the API's own error with nothing else",
  async (_what, codes, own, others) => {
    let body: unknown;
    const server = await serve((response) => sendJson(response, 409, body));
    const client = new ApiClient({ ...api, errorCodes: { 409: codes } }, { baseUrl: server.url });
    for (body of [...own, ...others]) {
      const error = await rejection(client.call(getNote, one));
      expect(error, JSON.stringify(body)).toMatchObject({
        name: own.includes(body as never) ? "NotesError" : "ApiStatusError",
      });
      expect(error).toBeInstanceOf(ApiStatusError);
      expect((error as ApiStatusError).status).toBe(409);
    }
  },
);

test("a page of HTML is the API's own error where a status may come without a code", async () => {
  const server = await serve((response) => response.writeHead(409, { "content-type": "text/html" }).end("<p>busy"));
  const client = new ApiClient({ ...api, errorCodes: { 409: { known: ["A"], none: true } } }, { baseUrl: server.url });
  const error = await rejection(client.call(getNote, one));
  expect(error).toBeInstanceOf(NotesError);
  expect(error).toMatchObject({ status: 409, code: undefined, message: "Notes answered 409 Conflict (text/html)" });
});
