import { expect, test, vi } from "vitest";
import { ApiClient, type OperationDescriptor } from "../../runtime/index.js";
import { api, createNote, getNote, listNotes, notes, rejection, sendJson, serve, signalled } from "./support.js";

const ok = () => serve((response) => sendJson(response, 200, { data: 1 }));
const place: OperationDescriptor = {
  id: "placeNote",
  method: "POST",
  path: "/tenants/{tenantId}/notes",
  query: ["dryRun", "region"],
  body: "json",
  defaults: {
    tenantId: { in: "path", option: "tenantId" },
    region: { in: "query", option: "region", optional: true },
    owner: { in: "body", option: "owner" },
  },
};

test("fields go into the query or the body, and members that are undefined go nowhere", async () => {
  const server = await ok();
  const params = { dryRun: true, text: "t", tags: ["a"], gone: undefined, none: null };
  await notes(server).call(place, { path: { tenantId: "t1" }, params: { ...params, owner: "o" } });
  expect(server.requests[0]).toMatchObject({
    method: "POST",
    url: "/tenants/t1/notes?dryRun=true",
    body: '{"text":"t","tags":["a"],"none":null,"owner":"o"}',
  });
  expect(server.requests[0]?.headers).toMatchObject({ accept: "application/json", "content-type": "application/json" });
});

test("what the constructor was given fills in for what a call leaves out, and yields to what it gives", async () => {
  const server = await ok();
  const client = notes(server, { defaults: { tenantId: "t1", region: "eu", owner: "me" } });
  await client.call(place, { path: { tenantId: undefined }, params: { owner: undefined } });
  await client.call(place, { path: { tenantId: "t2" }, params: { owner: "you", region: "us" } });
  expect(server.requests.map(({ url, body }) => [url, body])).toEqual([
    ["/tenants/t1/notes?region=eu", '{"owner":"me"}'],
    ["/tenants/t2/notes?region=us", '{"owner":"you"}'],
  ]);
});

test("a value that nobody gives is a TypeError that says where to give it", async () => {
  const server = await ok();
  const error = await rejection(notes(server, { defaults: { tenantId: undefined } }).call(place, { params: {} }));
  expect(error).toBeInstanceOf(TypeError);
  expect(String(error)).toBe(
    "TypeError: placeNote needs `tenantId`. Give it in the call, or once for all calls: new Notes({ tenantId: … }).",
  );
  expect(server.requests).toEqual([]);
});

test("the caller's objects are not changed", async () => {
  const server = await ok();
  const args = { path: Object.freeze({}), params: Object.freeze({ text: "t" }) };
  await notes(server, { defaults: { tenantId: "t1", owner: "me" } }).call(place, Object.freeze(args));
  expect(args).toEqual({ path: {}, params: { text: "t" } });
});

test("what is sent is what the arguments were at the time of the call", async () => {
  const server = await ok();
  const params = { text: "before" };
  const call = notes(server).call(createNote, { params });
  params.text = "after";
  await call;
  expect(server.requests[0]?.body).toBe('{"text":"before"}');
});

test("an operation without a body sends none, and no Content-Type", async () => {
  const server = await ok();
  await notes(server).call(getNote, { path: { id: "1" } });
  expect(server.requests[0]?.body).toBe("");
  expect(server.requests[0]?.headers).not.toHaveProperty("content-type");
});

test("a call's headers come before the constructor's, and those before the defaults", async () => {
  const server = await ok();
  const client = notes(server, { headers: { "X-Trace": "all", "X-Team": "a", Accept: "application/problem+json" } });
  await client.call(getNote, { path: { id: "1" } }, { headers: new Headers({ "x-trace": "one" }) });
  await client.call(getNote, { path: { id: "1" } }, { headers: { "x-team": null, "x-none": undefined } });
  expect(server.requests[0]?.headers).toMatchObject({
    "x-trace": "one",
    "x-team": "a",
    accept: "application/problem+json",
  });
  expect(server.requests[1]?.headers).toMatchObject({ "x-trace": "all" });
  expect(server.requests[1]?.headers).not.toHaveProperty("x-team");
});

test("headers may be given as pairs, and a name twice", async () => {
  const server = await ok();
  await notes(server, {
    headers: [
      ["x-a", "1"],
      ["X-A", "2"],
    ],
  }).call(getNote, { path: { id: "1" } });
  expect(server.requests[0]?.headers["x-a"]).toBe("1, 2");
});

test("a base URL may have a path, and a slash at its end", async () => {
  const server = await ok();
  await notes({ url: `${server.url}/mock/notes/` }).call(getNote, { path: { id: "1" } });
  expect(server.requests[0]?.url).toBe("/mock/notes/notes/1");
});

test.each(["", "/relative", "ftp://x.test", "https://me:hunter2@x.test", "https://x.test?a=1", "https://x.test#a"])(
  "a base URL that cannot be one is a TypeError that does not print it (%s)",
  (baseUrl) => {
    expect(() => new ApiClient(api, { baseUrl })).toThrow(/^baseUrl must be/);
  },
);

test("the payload comes with its response on request, and nothing is sent twice", async () => {
  const server = await serve((response) =>
    sendJson(response, 201, { data: "x", metadata: { requestId: "req_1" } }, { "x-ratelimit-limit": "10" }),
  );
  const call = notes(server).call(createNote, { params: {} });
  const { data, response, requestId, rateLimit } = await call.withResponse();
  expect(await call).toBe("x");
  expect({ data, requestId, rateLimit }).toEqual({ data: "x", requestId: "req_1", rateLimit: { limit: 10 } });
  expect(response.status).toBe(201);
  expect(response.url).toBe(`${server.url}/notes`);
  expect(server.requests).toHaveLength(1);
});

test("the request id is taken from a header where the body has none", async () => {
  const server = await serve((response) => sendJson(response, 200, { data: 1 }, { "x-request-id": "req_2" }));
  const { requestId } = await notes(server)
    .call(getNote, { path: { id: "1" } })
    .withResponse();
  expect(requestId).toBe("req_2");
});

test("a call is sent at once, without anybody waiting for it", async () => {
  const arrived = signalled();
  const server = await serve((response) => {
    sendJson(response, 200, { data: 1 });
    arrived.resolve();
  });
  const call = notes(server).call(getNote, { path: { id: "1" } });
  await arrived.promise;
  expect(await call).toBe(1);
});

test("a call is a promise: catch, finally and Promise.all work", async () => {
  const server = await serve((response, { url }) => sendJson(response, url.endsWith("1") ? 200 : 404, { data: 1 }));
  const client = notes(server);
  const onFinally = vi.fn();
  expect(await client.call(getNote, { path: { id: "2" } }).catch(() => "caught")).toBe("caught");
  expect(await client.call(getNote, { path: { id: "1" } }).finally(onFinally)).toBe(1);
  expect(onFinally).toHaveBeenCalledOnce();
  expect(await Promise.all([client.call(getNote, { path: { id: "1" } }), 2])).toEqual([1, 2]);
});

test("a global fetch that is replaced later is the one that is used", async () => {
  const client = notes({ url: "http://127.0.0.1:1" });
  const spy = vi.spyOn(globalThis, "fetch").mockResolvedValue(Response.json({ data: "replaced" }));
  expect(await client.call(getNote, { path: { id: "1" } })).toBe("replaced");
  spy.mockRestore();
});

test("a parameter that the description does not know goes into the query of an operation without a body", async () => {
  const server = await ok();
  await notes(server).call(listNotes, { params: { tag: "a b", brandNew: "x" } });
  expect(server.requests[0]?.url).toBe("/notes?tag=a%20b&brandNew=x");
});

test("an envelope that may come without its payload resolves to undefined, and not to an error", async () => {
  const server = await serve((response) => sendJson(response, 200, { ok: true }));
  const operation: OperationDescriptor = { id: "a", method: "GET", path: "/a", payload: "data", payloadOptional: true };
  expect(await notes(server).call(operation, {})).toBeUndefined();
});

test("an answer without a body resolves to undefined where one is documented, and is an error where none is", async () => {
  const server = await serve((response) => response.writeHead(202).end());
  const operation: OperationDescriptor = { id: "a", method: "POST", path: "/a" };
  expect(await notes(server).call({ ...operation, bodyOptional: true }, {})).toBeUndefined();
  expect(String(await rejection(notes(server).call(operation, {})))).toContain("an empty body");
});

test("a header that is given twice in one go is checked as a whole, and its value is not printed", async () => {
  const server = await ok();
  const headers = { "X-Trace": "s3cr3t\n", "x-trace": "b" };
  const client = notes(server);
  for (const call of [
    () => client.call(getNote, { path: { id: "1" } }, { headers }),
    () => client.fetch.GET("/notes/{id}", { params: { path: { id: "1" } }, headers }),
  ]) {
    const error = await rejection(call());
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain('"x-trace"');
    expect(String(error)).not.toContain("s3cr3t");
  }
  expect(server.requests).toEqual([]);
});
