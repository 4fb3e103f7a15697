import { inspect } from "node:util";
import { expect, test } from "vitest";
import {
  ApiClient,
  type ApiClientOptions,
  type ApiDescriptor,
  bearer,
  headerKey,
  type Logger,
  type Middleware,
  type OperationDescriptor,
  queryKey,
} from "../../runtime/index.js";
import { drain, startEvents } from "./streams.js";
import { api, notes, rejection, sendJson, serve } from "./support.js";

const secret = "hb_s3cr3t+credential/1";
const get = (id: string, security?: readonly string[]): OperationDescriptor => ({
  id,
  method: "GET",
  path: `/${id}`,
  ...(security ? { security } : {}),
});
const usual = get("usual");
const either = get("either", ["queryToken", "bearerToken"]);
const open = get("open", []);
const admin = get("admin", ["adminKey"]);
const secured: ApiDescriptor = { ...api, security: ["bearerToken"], operations: { usual, either, open, admin } };

type AnyPath = { get: { responses: { 200: { content: { "application/json": unknown } } } } };
interface Paths {
  "/usual": AnyPath;
  "/either": AnyPath;
  "/open": AnyPath;
  "/admin": AnyPath;
  "/unknown": AnyPath;
}
const client = (server: { readonly url: string }, authentication: ApiClientOptions["authentication"]) =>
  new ApiClient<Paths>(secured, { baseUrl: server.url, authentication });

/** What a server receives of the credentials. */
async function carried(authentication: ApiClientOptions["authentication"]) {
  const server = await serve((response) => sendJson(response, 200, {}));
  const calls = client(server, authentication);
  for (const operation of [usual, either, open, admin]) await calls.call(operation, {});
  for (const path of ["/usual", "/either", "/open", "/admin", "/unknown"] as const) await calls.fetch.GET(path);
  return server.requests.map(({ url, headers }) =>
    [url, headers.authorization, headers["x-admin"]].filter((part) => part !== undefined).join(" "),
  );
}

test("each operation carries the first credential that it accepts and that is given, a call by path too", async () => {
  const authentication = {
    bearerToken: bearer("the-bearer"),
    queryToken: queryKey("token", "the-query"),
    adminKey: headerKey("X-Admin", "the-admin"),
  };
  const each = ["/usual Bearer the-bearer", "/either?token=the-query", "/open", "/admin the-admin"];
  expect(await carried(authentication)).toEqual([...each, ...each, "/unknown Bearer the-bearer"]);
});

test("where the best credential is not given, the next one is taken, and where none is, none is sent", async () => {
  const authentication = { bearerToken: bearer("the-bearer"), queryToken: undefined };
  const each = ["/usual Bearer the-bearer", "/either Bearer the-bearer", "/open", "/admin"];
  expect(await carried(authentication)).toEqual([...each, ...each, "/unknown Bearer the-bearer"]);
  expect(await carried({})).toEqual(
    [..."ab"].flatMap(() => ["/usual", "/either", "/open", "/admin"]).concat("/unknown"),
  );
});

test("a single credential goes to every operation that takes one at all", async () => {
  const each = ["/usual Bearer b", "/either Bearer b", "/open", "/admin Bearer b"];
  expect(await carried(bearer("b"))).toEqual([...each, ...each, "/unknown Bearer b"]);
});

test("an API that takes no credential is sent none", async () => {
  const server = await serve((response) => sendJson(response, 200, {}));
  const calls = new ApiClient({ ...api, security: [] }, { baseUrl: server.url, authentication: bearer("b") });
  await calls.call(usual, {});
  expect(server.requests[0]?.headers.authorization).toBeUndefined();
});

test("a scheme's name that every object has is not taken for a credential", async () => {
  const server = await serve((response) => sendJson(response, 200, {}));
  await client(server, {}).call(get("odd", ["toString", "constructor"]), {});
  expect(server.requests).toHaveLength(1);
});

test("a key in the query comes after the call's own parameters, which stay as they are", async () => {
  const server = await serve((response) => sendJson(response, 200, {}));
  const calls = notes(server, { authentication: queryKey("a key", secret) });
  await calls.call(usual, { params: { q: "a b", "f[]": "x,y" } });
  await calls.call({ ...usual, method: "POST", body: "json" }, { params: { text: "é" } });
  await calls.call({ ...usual, method: "POST", body: "json" }, { params: { text: "é" } }, { retry: false });
  const key = `a%20key=${encodeURIComponent(secret)}`;
  expect(server.requests.map(({ url, body }) => [url, body])).toEqual([
    [`/usual?q=a%20b&f[]=x%2Cy&${key}`, ""],
    [`/usual?${key}`, '{"text":"é"}'],
    [`/usual?${key}`, '{"text":"é"}'],
  ]);
  expect(server.requests[1]?.headers["content-type"]).toBe("application/json");
});

test("a key that the caller sends itself is kept", async () => {
  const server = await serve((response) => sendJson(response, 200, {}));
  await notes(server, { authentication: queryKey("token", secret) }).call(usual, { params: { token: "own" } });
  await notes(server, { authentication: headerKey("x-key", secret) }).call(usual, {}, { headers: { "X-Key": "own" } });
  expect(server.requests.map(({ url, headers }) => [url, headers["x-key"]])).toEqual([
    ["/usual?token=own", undefined],
    ["/usual", "own"],
  ]);
});

test("a key in the query ends with the caller's signal, and is asked for at every attempt", async () => {
  const server = await serve((response, _request, count) => sendJson(response, count < 3 ? 503 : 200, {}));
  let asked = 0;
  await notes(server, { authentication: queryKey("sig", async () => `key-${++asked}`) }).call(usual, {});
  expect(server.requests.map(({ url }) => url)).toEqual(["/usual?sig=key-1", "/usual?sig=key-2", "/usual?sig=key-3"]);
  const controller = new AbortController();
  const silent = await serve(() => controller.abort());
  const call = notes(silent, { authentication: queryKey("sig", secret) }).call(
    usual,
    {},
    { signal: controller.signal },
  );
  expect(await rejection(call)).toMatchObject({ name: "ApiAbortError" });
});

test("a key in the query is not seen by middleware, the log, the answer or an error, whatever its name", async () => {
  const server = await serve((response, { url }, count) => {
    if (count === 1) return sendJson(response, 200, {});
    sendJson(response, 402, { errors: [{ code: "INSUFFICIENT_QUOTA", message: `no: ${url} and ${secret}` }] });
  });
  const printed: unknown[] = [];
  const write: Logger["debug"] = (message, details) => void printed.push(message, details);
  const middleware: Middleware = {
    onRequest: ({ request }) => void printed.push(request.url),
    onResponse: ({ request, response }) => void printed.push(request.url, response.url, response),
  };
  const calls = notes(server, {
    authentication: queryKey("sig", secret),
    logger: { debug: write, info: write, warn: write, error: write },
    middleware: [middleware],
  });
  const { response } = await calls.call(usual, { params: { page: 2 } }).withResponse();
  expect(response.url).toBe(`${server.url}/usual?page=2&sig=***`);
  const error = await rejection(calls.call(usual, {}));
  expect((error as Error).message).toBe("Notes answered 402 INSUFFICIENT_QUOTA: no: /usual?sig=*** and ***");
  const refused = await rejection(
    notes({ url: "http://127.0.0.1:1" }, { authentication: queryKey("sig", secret) }).call(usual, {}),
  );
  const all = [response, error, refused, calls, ...printed].map((value) => inspect(value, { depth: 9 })).join("\n");
  expect(all).not.toContain(secret);
  expect(all).not.toContain(encodeURIComponent(secret));
  expect(server.requests[0]?.url).toContain(encodeURIComponent(secret));
});

test("a key in the query is not in the errors of a stream", async () => {
  const server = await serve((response, { url }) => {
    startEvents(response, `data: 1\n\ndata: ${url} is broken\n\n`);
  });
  const calls = notes(server, { authentication: { queryToken: queryKey("sig", secret) } });
  const watch = { ...get("watch", ["queryToken"]), answer: "stream" } as const;
  const { events, error } = await drain(calls.stream(watch, {}));
  expect(events).toEqual([1]);
  expect(error).toMatchObject({ name: "ApiStreamError", snippet: "/watch?sig=*** is broken" });
});

test("a key that a caller puts into the query under the credential's name is masked too", async () => {
  const server = await serve((response) => sendJson(response, 404, {}));
  const calls = notes(server, { authentication: { queryToken: queryKey("sig", secret) } });
  const error = await rejection(calls.call({ ...usual, path: "/usual?sig=by-hand" }, {}));
  expect(error).toMatchObject({ url: `${server.url}/usual?sig=***` });
});

test("a key in a header is not in the error that repeats it, whatever its name", async () => {
  const server = await serve((response, { headers }) => sendJson(response, 404, `unknown: ${headers["x-id"]}`));
  const error = await rejection(notes(server, { authentication: headerKey("X-Id", secret) }).call(usual, {}));
  expect(inspect(error)).not.toContain(secret);
});

test.each([headerKey, queryKey])("a credential that cannot be one is a TypeError (%o)", async (key) => {
  expect(() => key("x-key", "")).toThrow("The credential is empty.");
  expect(() => key("x-key", `${secret}\n`)).toThrow(TypeError);
  expect(() => key("x-key", `${secret}\n`)).not.toThrow(secret);
  const error = await rejection(
    notes({ url: api.baseUrl }, { authentication: key("x-key", () => "") }).call(usual, {}),
  );
  expect(error).toBeInstanceOf(TypeError);
});

test("a header's name that HTTP does not allow is a TypeError when the client is made", () => {
  expect(() => headerKey("no name", secret)).toThrow(/"no name"/);
});
