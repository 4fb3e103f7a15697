import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AccessEntry, type Mock, startMock } from "../../src/mock/index.js";
import { shop } from "./shop.js";

let mock: Mock;
const entries: AccessEntry[] = [];

beforeAll(async () => {
  mock = await startMock({
    apis: ["shop"],
    port: 0,
    description: { shop },
    onAccess: (entry) => entries.push(entry),
  });
});
afterAll(() => mock.close());

const call = (path: string, init?: RequestInit) => fetch(`${mock.origin}${path}`, init);
const post = (path: string, body: unknown, type = "application/json") =>
  call(path, { method: "POST", body: String(body), headers: { "content-type": type } });

test("the root lists the APIs and their base URLs as JSON", async () => {
  const response = await call("/");
  expect(await response.json()).toEqual({
    apis: [expect.objectContaining({ name: "shop", title: "Shop", version: "2.0.0", baseUrl: mock.baseUrls.shop })],
  });
});

test("the root is a page for a browser", async () => {
  const response = await call("/", { headers: { accept: "text/html,*/*;q=0.8" } });
  expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(await response.text()).toContain(`<code>${mock.baseUrls.shop}</code>`);
});

test("an unknown prefix is a 404 problem that lists the prefixes", async () => {
  const response = await call("/shoop/items");
  expect(response.status).toBe(404);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await response.json()).toMatchObject({ status: 404, prefixes: ["/shop"] });
});

test("an unknown path in an API is a 404 problem that names the path", async () => {
  const response = await call("/shop/itemz");
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ detail: "Shop has no path /itemz." });
});

test("an empty path parameter does not match, so a slash too many is not taken for an id", async () => {
  expect((await call("/shop/items/")).status).toBe(404);
});

test("a method that is not described is a 405 with Allow", async () => {
  const response = await call("/shop/items/i1", { method: "PUT" });
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toBe("GET, DELETE, HEAD, OPTIONS");
});

test("a literal path wins over one with a parameter, and gives way where it lacks the method", async () => {
  expect(await (await call("/shop/items/search", { method: "POST" })).json()).toEqual({ found: true });
  expect(await (await call("/shop/items/search")).json()).toEqual({ id: "i1" });
});

test("HEAD gives what GET gives, without a body", async () => {
  const response = await call("/shop/items", { method: "HEAD" });
  expect(response.status).toBe(200);
  expect(response.headers.get("x-total")).toBe("3");
  expect(response.headers.get("content-length")).toBe(String('{"items":[1]}'.length));
  expect(await response.text()).toBe("");
});

test("a 204 has neither a body nor a content type", async () => {
  const response = await call("/shop/items/i1", { method: "DELETE" });
  expect(response.status).toBe(204);
  expect(response.headers.get("content-type")).toBeNull();
});

test("OPTIONS that is no preflight tells the methods", async () => {
  const response = await call("/shop/items", { method: "OPTIONS" });
  expect(response.status).toBe(204);
  expect(response.headers.get("allow")).toContain("POST");
});

test("a preflight of any origin is granted whatever it asks for", async () => {
  const headers = {
    origin: "http://app.test",
    "access-control-request-method": "DELETE",
    "access-control-request-headers": "authorization, x-any",
  };
  const response = await call("/shop/items/i1", { method: "OPTIONS", headers });
  expect(response.status).toBe(204);
  expect(response.headers.get("access-control-allow-origin")).toBe("http://app.test");
  expect(response.headers.get("access-control-allow-methods")).toBe("DELETE");
  expect(response.headers.get("access-control-allow-headers")).toBe("authorization, x-any");
});

test("a web page of any origin may read the answer and each of its headers, also of a refusal", async () => {
  for (const path of ["/shop/items", "/shop/nothing"]) {
    const response = await call(path, { headers: { origin: "http://app.test" } });
    expect(response.headers.get("access-control-allow-origin")).toBe("http://app.test");
    expect(response.headers.get("access-control-expose-headers")).toContain("content-type");
    expect(response.headers.get("vary")).toContain("Origin");
  }
  const response = await call("/shop/items", { headers: { origin: "http://app.test" } });
  expect(response.headers.get("access-control-expose-headers")).toContain("x-total");
  expect(response.headers.get("vary")).toBe("Accept, Origin");
});

test("a body of more than 20 MiB is a 413 problem that reaches the client", async () => {
  const response = await post("/shop/items", "x".repeat(20 * 1024 * 1024 + 1));
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ title: "Payload Too Large" });
});

test("malformed JSON gets the documented 400 and the reason in a header", async () => {
  const response = await post("/shop/items", '{"name":');
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ error: "bad" });
  expect(response.headers.get("sl-violations")).toContain("the body is not valid JSON");
});

test("a malformed body gets a 400 problem where no 400 is documented", async () => {
  const response = await post("/shop/forms", "%zz=1", "application/x-www-form-urlencoded");
  expect(response.status).toBe(400);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect((await post("/shop/items", "{}", "nonsense")).status).toBe(400);
});

test("a path that is not percent-encoded properly is a 400, not a crash", async () => {
  expect((await call("/shop/items/%zz")).status).toBe(400);
});

test("an example that cannot be sent is a 500 problem with a message, and the mock goes on", async () => {
  const response = await call("/shop/broken");
  expect(response.status).toBe(500);
  expect(await response.json()).toMatchObject({ detail: expect.stringContaining("X-Broken".toLowerCase()) });
  await expect.poll(() => entries.at(-1)?.error).toBeInstanceOf(Error);
  expect((await call("/shop/items")).status).toBe(200);
});

test("a client that goes away in the middle of its body harms nobody", async () => {
  const socket = connect(mock.port, "127.0.0.1");
  socket.write("POST /shop/items HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n{");
  socket.end();
  await expect.poll(() => entries.at(-1)).toMatchObject({ method: "POST" });
  expect(entries.at(-1)?.error).toBeUndefined();
  expect((await call("/shop/items")).status).toBe(200);
});

test("an entry tells operation, status and reason", async () => {
  await call("/shop/items?limit=6&page_token=hidden");
  await expect
    .poll(() => entries.at(-1))
    .toMatchObject({
      api: "shop",
      operationId: "listItems",
      path: "/shop/items?limit=6&page_token=***",
      status: 400,
      reasons: ["query limit must be <= 5"],
    });
});

test("neither a credential nor a token gets into an entry", async () => {
  const headers = { authorization: "Bearer hidden", cookie: "session=hidden" };
  await call("/shop/query?token=hidden&API%5FKey=hidden&clientSecret=hidden&password=hidden&q=shown", { headers });
  await call("/shop/shared/hidden", { headers });
  await expect.poll(() => entries.at(-1)?.path).toBe("/shop/shared/***");
  expect(JSON.stringify(entries)).not.toContain("hidden");
  expect(JSON.stringify(entries)).toContain("q=shown");
});
