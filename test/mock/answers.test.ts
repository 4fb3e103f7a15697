import { afterAll, beforeAll, expect, test } from "vitest";
import { type Mock, startMock } from "../../src/mock/index.js";
import { shop } from "./shop.js";

let mock: Mock;

beforeAll(async () => {
  mock = await startMock({ apis: ["shop"], port: 0, description: { shop } });
});
afterAll(() => mock.close());

const call = (path: string, init?: RequestInit) => fetch(`${mock.origin}/shop${path}`, init);
const statusOf = async (path: string, headers: Record<string, string> = {}) => (await call(path, { headers })).status;
const create = (body: object) =>
  call("/items", { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } });

test("documented headers come with the values of their examples", async () => {
  const { headers } = await call("/items");
  expect(headers.get("x-total")).toBe("3");
  expect(headers.get("x-named")).toBe("named");
  expect(headers.getSetCookie()).toEqual(["a=1", "b=2"]);
});

test("Prefer picks a status and an example, also one that is written as OpenAPI 3.2's dataValue", async () => {
  const prefer = (value: string) => call("/items", { headers: { prefer: value } });
  expect(await (await prefer("example=second")).json()).toEqual({ items: [2] });
  expect(await (await prefer('return=minimal, code=401; example="default"')).json()).toEqual({ error: "who" });
  expect((await prefer("code=418")).status).toBe(404);
  const unknown = await prefer("code=401, example=nope");
  expect(unknown.status).toBe(404);
  expect((await unknown.json()).detail).toBe('The answer with status 401 has no example called "nope".');
  expect((await prefer("code=teapot")).status).toBe(400);
});

test("texts, pages, bytes and events are sent as they are, in one concrete media type", async () => {
  for (const [path, type, body] of [
    ["/page", "text/html; charset=utf-8", "<h1>Hé</h1>"],
    ["/file", "application/octet-stream", "bytes"],
    ["/picture", "application/octet-stream", "pixels"],
    ["/stream", "text/event-stream; charset=utf-8", "event: a\ndata: 1\n\n"],
    ["/text-in-json", "application/json", '"text"'],
  ] as const) {
    const response = await call(path);
    expect([path, response.headers.get("content-type"), await response.text()]).toEqual([path, type, body]);
  }
});

test("a stream's client that accepts events only still gets the documented 429 when it asks for it", async () => {
  const response = await call("/stream", { headers: { accept: "text/event-stream", prefer: "code=429" } });
  expect(response.status).toBe(429);
  expect(response.headers.get("retry-after")).toBe("7");
  expect(await response.json()).toEqual({ error: "slow" });
});

test("an Accept that no answer fits is a 406, and one with a part that is no media type is not a crash", async () => {
  expect(await statusOf("/items", { accept: "text/html" })).toBe(406);
  expect(await statusOf("/items", { accept: "text/html, *; q=.2, */*; q=.2" })).toBe(200);
  expect(await statusOf("/items", { accept: "nonsense" })).toBe(200);
});

test("a parameter that breaks its schema gets the documented 400", async () => {
  for (const query of ["limit=6", "limit=x", "limit=1&limit=2", "since=2025-13-01", "tag=c", "tag=c&tag=a"]) {
    const response = await call(`/items?${query}`);
    expect([query, response.status, await response.json()]).toEqual([query, 400, { error: "bad" }]);
  }
  expect(await statusOf("/items", { "x-trace": "xyz" })).toBe(400);
});

test("a list is repeated by default, so a comma belongs to the value", async () => {
  expect(await statusOf("/items?tag=a&tag=b")).toBe(200);
  expect(await statusOf("/items?tag=a,b")).toBe(200);
  expect(await statusOf("/items?tag=b,a")).toBe(400);
});

test("a path parameter may hold slashes, commas and letters of any script when encoded", async () => {
  for (const id of ["a/b", "a,b", "é", "a b", "50%", "..."]) {
    expect([id, await statusOf(`/items/${encodeURIComponent(id)}`)]).toEqual([id, 200]);
    expect([id, await statusOf(`/items/${encodeURIComponent(id).replaceAll("%2C", ",")}`)]).toEqual([id, 200]);
  }
});

test("a body is held against its schema with the keywords of JSON Schema 2020-12", async () => {
  expect((await create({ name: "ab", pair: ["a", 1], parent: { id: 1 } })).status).toBe(201);
  expect((await create({ name: null })).status).toBe(201);
  for (const body of [
    {},
    { name: "a" },
    { name: "ab", pair: [1] },
    { name: "ab", pair: ["a", 1, 2] },
    { name: "ab", more: 1 },
    { name: "ab", parent: { id: 1, parent: {} } },
  ]) {
    const response = await create(body);
    expect([body, response.status]).toEqual([body, 400]);
    expect(response.headers.get("sl-violations")).toContain('"location":["request","body"');
  }
});

test("a missing body and a wrong content type get the documented 400, also when the body is chunked", async () => {
  expect((await call("/items", { method: "POST" })).status).toBe(400);
  const body = new Blob(["name=ab"]).stream();
  const headers = { "content-type": "text/plain" };
  expect((await call("/items", { method: "POST", body, headers, duplex: "half" } as RequestInit)).status).toBe(400);
});

test("an uploaded file is accepted, and missed when it is not there", async () => {
  const form = new FormData();
  form.set("file", new Blob([new Uint8Array([0, 255, 37])]), "a.bin");
  expect((await call("/uploads", { method: "POST", body: form })).status).toBe(200);
  const empty = new FormData();
  empty.set("other", "1");
  expect((await call("/uploads", { method: "POST", body: empty })).status).toBe(400);
});

test("of two bearer schemes, one of them with scopes, any token will do, and none is a 401", async () => {
  expect(await statusOf("/either", { authorization: "Bearer x" })).toBe(200);
  expect(await statusOf("/either", { authorization: "bearer x" })).toBe(200);
  expect(await statusOf("/either", { authorization: "Basic eDp5" })).toBe(401);
  const response = await call("/either");
  expect([response.status, await response.json()]).toEqual([401, { error: "who" }]);
  expect(response.headers.get("sl-violations")).toContain("Authorization: Bearer");
});

test("credentials in a cookie and in the query are looked for there", async () => {
  expect(await statusOf("/cookie", { cookie: "a=1; session=x" })).toBe(200);
  expect(await statusOf("/cookie", { cookie: "a=1" })).toBe(401);
  expect(await statusOf("/query?token=x")).toBe(200);
  expect(await statusOf("/query")).toBe(401);
});

test("optional credentials may be given, be missing, or be of another kind", async () => {
  expect(await statusOf("/optional")).toBe(200);
  expect(await statusOf("/optional", { cookie: "session=x" })).toBe(200);
  expect(await statusOf("/optional", { authorization: "Bearer x" })).toBe(200);
});
