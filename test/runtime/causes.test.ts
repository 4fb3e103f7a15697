import { inspect } from "node:util";
import { expect, test } from "vitest";
import { ApiAbortError, ApiConnectionError, ApiStreamError, bearer, queryKey } from "../../runtime/index.js";
import { drain, streamNotes } from "./streams.js";
import { createNote, getNote, notes, rejection, sendJson, serve } from "./support.js";

const secret = "hb_s3cr3t/credential";
const one = { path: { id: "1" } };
const once = { retry: false, authentication: bearer(secret) } as const;
const nowhere = { url: "http://127.0.0.1:1" };
const asError = (members: object) => Object.assign(new Error("failed"), members);

/** All that a caller may print of an error. */
function printed(error: unknown): string {
  const { message, stack, cause } = error as Error;
  const views = [error, cause].flatMap((value) => [
    String(value),
    JSON.stringify(value),
    inspect(value, { depth: 9, showHidden: true }),
  ]);
  return [message, stack, ...views].join("\n");
}

const circle = asError({ headers: `Bearer ${secret}` });
circle.cause = circle;
const deep = Array.from({ length: 20 }).reduce<unknown>((inner) => ({ inner }), secret);

test.each<[string, (request: Request) => unknown]>([
  ["in its message", (request) => new Error(`cannot send ${request.headers.get("authorization")}`)],
  ["in its stack", () => Object.assign(new Error("failed"), { stack: `Error: failed\n    at ${secret}` })],
  ["in its name", () => asError({ name: `Error of ${secret}` })],
  ["in its code", () => asError({ code: `E_${secret}` })],
  ["in a member", () => asError({ config: { headers: { authorization: `Bearer ${secret}` } } })],
  ["in the name of a member", () => asError({ [secret]: true })],
  ["in a list", () => asError({ headers: ["authorization", `Bearer ${secret}`] })],
  ["in its cause", () => new Error("failed", { cause: new Error(`no ${secret}`) })],
  ["in the cause of its cause", () => new TypeError("a", { cause: new Error("b", { cause: new Error(secret) }) })],
  ["in a cause that is a text", () => new Error("failed", { cause: `Bearer ${secret}` })],
  ["in a cause that is an object", () => new Error("failed", { cause: { headers: secret } })],
  ["in one of several errors", () => new AggregateError([new Error("a"), new Error(secret)], "all failed")],
  ["in a circle of causes", () => circle],
  ["deeper than anybody looks", () => asError({ deep })],
  ["in the request", (request) => asError({ request })],
  ["in headers", ({ headers }) => asError({ headers })],
  ["in a URL", () => asError({ url: new URL(`https://x.test/?sig=${encodeURIComponent(secret)}`) })],
  ["in a Map", () => asError({ sent: new Map([["authorization", secret]]) })],
  ["in a Set", () => asError({ sent: new Set([{ secret }]) })],
  ["under a symbol", () => asError({ [Symbol("sent")]: secret })],
  ["in a member that is not enumerable", () => Object.defineProperty(new Error("failed"), "sent", { value: secret })],
  ["and is a text", () => `Bearer ${secret}`],
  ["and is an object", () => ({ headers: { authorization: `Bearer ${secret}` } })],
  ["and is a DOMException", () => new DOMException(`no ${secret}`, "NetworkError")],
])("a fetch that fails with the credential %s does not bring it into anything that is printed", async (_what, fail) => {
  const sent: string[] = [];
  const fetch = async (input: RequestInfo | URL) => {
    sent.push((input as Request).headers.get("authorization") ?? "");
    throw fail(input as Request);
  };
  const client = notes(nowhere, { ...once, fetch });
  for (const call of [
    () => client.call(getNote, one),
    () => client.fetch.GET("/notes/{id}", { params: one }),
    () => client.stream(streamNotes, {}).withResponse(),
  ]) {
    const error = await rejection(call());
    expect(error).toBeInstanceOf(ApiConnectionError);
    expect((error as Error).cause).toBeDefined();
    expect(printed(error)).not.toMatch(/s3cr3t/);
  }
  expect(sent).toEqual(Array(3).fill(`Bearer ${secret}`));
});

test("a cause that is copied keeps what is no secret: class names, code, the chain and its innocent end", async () => {
  const end = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  const failure = new TypeError(`no ${secret}`, { cause: new RangeError(`not ${secret}, either`, { cause: end }) });
  const fetch = async () => Promise.reject(Object.assign(failure, { code: "UND_ERR" }));
  const error = (await rejection(notes(nowhere, { ...once, fetch }).call(getNote, one))) as Error;
  const copy = error.cause as TypeError & { cause: Error };
  expect(copy).not.toBe(failure);
  expect(copy).toMatchObject({ name: "TypeError", message: "no ***", code: "UND_ERR" });
  expect(copy.stack).toContain("TypeError: no ***");
  expect(copy.cause).toMatchObject({ name: "RangeError", message: "not ***, either" });
  expect(copy.cause.cause).toBe(end);
  expect(failure.message).toBe(`no ${secret}`);
  expect(error.message).toBe("Notes: No answer to GET http://127.0.0.1:1/notes/1: connect ECONNREFUSED");
});

test.each<[string, () => unknown]>([
  ["an error", () => new Error("the network is down")],
  ["an error with members", () => asError({ code: "ECONNRESET", socket: { port: 1 }, tags: ["a"], none: null })],
  ["an error with a cause", () => new TypeError("fetch failed", { cause: new Error("reset") })],
  ["an error of a class of its own", () => new (class Mine extends Error {})("mine")],
  [
    "a circle",
    () => {
      const innocent = asError({ n: 1 });
      return Object.assign(innocent, { cause: innocent });
    },
  ],
  ["an object", () => ({ reason: "unknown" })],
  ["an object that is nothing", () => Object.create(null)],
  ["a text", () => "the network is down"],
  ["a symbol", () => Symbol("reason")],
  ["null", () => null],
])("a cause without a secret stays what it is: %s", async (_what, make) => {
  const cause = make();
  const fetch = async () => Promise.reject(cause);
  const error = (await rejection(notes(nowhere, { ...once, fetch }).call(getNote, one))) as Error;
  expect(error).toBeInstanceOf(ApiConnectionError);
  expect(error.cause).toBe(cause);
});

test("a getter of a cause is not called", async () => {
  const calls: string[] = [];
  const cause = Object.defineProperty(new Error("failed"), "lazy", {
    enumerable: true,
    get: () => {
      calls.push("lazy");
      throw new Error("do not touch");
    },
  });
  const fetch = async () => Promise.reject(cause);
  expect((await rejection(notes(nowhere, { ...once, fetch }).call(getNote, one))) as Error).toMatchObject({ cause });
  expect(calls).toEqual([]);
});

test("a body or a stream that breaks with the credential in its error does not bring it into what is printed", async () => {
  const broken = (type: string, start: string) =>
    new Response(
      new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode(start)),
        pull: (controller) => controller.error(asError({ headers: [`Bearer ${secret}`], message: `lost ${secret}` })),
      }),
      { headers: { "content-type": type } },
    );
  const json = notes(nowhere, { ...once, fetch: async () => broken("application/json", '{"data":') });
  const callError = await rejection(json.call(getNote, one));
  expect(callError).toBeInstanceOf(ApiConnectionError);
  const events = notes(nowhere, { ...once, fetch: async () => broken("text/event-stream", "data: 1\n\n") });
  const { events: seen, error: streamError } = await drain(events.stream(streamNotes, {}));
  expect(seen).toEqual([1]);
  expect(streamError).toBeInstanceOf(ApiStreamError);
  for (const error of [callError, streamError]) {
    expect((error as Error).message).toBe("Notes: The answer broke off: lost ***");
    expect(printed(error)).not.toContain("s3cr3t");
  }
});

test("the caller's reason for an abort stays the same object, and is masked if it repeats the credential", async () => {
  const reason = new Error("the user went away");
  const server = await serve(() => {});
  for (const [given, message] of [
    [reason, "the user went away"],
    [new Error(`no longer ${secret}`), "no longer ***"],
  ] as const) {
    const controller = new AbortController();
    const fetch = (input: RequestInfo | URL) => {
      queueMicrotask(() => controller.abort(given));
      return globalThis.fetch(input);
    };
    const error = await rejection(notes(server, { ...once, fetch }).call(getNote, one, { signal: controller.signal }));
    expect(error).toBeInstanceOf(ApiAbortError);
    expect((error as Error).cause).toMatchObject({ message });
    expect((error as Error).cause === given).toBe(given === reason);
    expect(printed(error)).not.toContain("s3cr3t");
  }
});

test("a secret of the call's own, or of its query, is masked in a foreign error, too", async () => {
  const fetch = async (input: RequestInfo | URL) => {
    const { url, headers } = input as Request;
    throw new Error(`cannot send ${url} ${headers.get("x-plain")} ${await (input as Request).text()}`);
  };
  const authentication = queryKey("sig", secret);
  const client = notes(nowhere, { retry: false, authentication, fetch });
  const operation = { ...createNote, headers: { plainKey: "X-Plain" }, query: ["access_token"] };
  const params = { plainKey: 'whsec_"s3cr3t"', access_token: "t0p/s3cr3t", text: "t" };
  const errors = [
    await rejection(client.call(operation, { params })),
    await rejection(client.call({ ...createNote }, { params: { plainKey: 'whsec_"s3cr3t"' } })),
    await rejection(client.fetch.POST("/notes", { body: { plainKey: 'whsec_"s3cr3t"' } as object })),
  ];
  for (const error of errors) {
    expect((error as Error).message).toContain("cannot send");
    expect(printed(error)).not.toContain("s3cr3t");
  }
});

test("an answer that repeats a secret of a call by path is not printed with its error", async () => {
  const server = await serve((response, { body }) => response.end(`<p>you sent ${JSON.parse(body).plainKey}</p>`));
  const error = await rejection(notes(server).fetch.POST("/notes", { body: { plainKey: "whsec_0123" } as object }));
  expect(error).toMatchObject({ name: "ApiResponseError", snippet: "<p>you sent ***</p>" });
  expect(printed(error)).not.toContain("whsec_0123");
});

test("arguments that go in a circle are a TypeError", async () => {
  const server = await serve((response) => sendJson(response, 200, { data: 1 }));
  const params: Record<string, unknown> = { text: "t" };
  params.self = { params };
  expect(await rejection(notes(server).call(createNote, { params }))).toBeInstanceOf(TypeError);
  expect(await rejection(notes(server).fetch.POST("/notes", { body: params }))).toBeInstanceOf(TypeError);
  expect(server.requests).toEqual([]);
});
