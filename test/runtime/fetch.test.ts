import { expect, test } from "vitest";
import type { Middleware } from "../../runtime/index.js";
import { getNote, notes, rejection, sendJson, serve } from "./support.js";

const byPath = { params: { path: { id: "1" } } };

test("a call by path gives data, or the error's body without throwing", async () => {
  const server = await serve((response, { url }) =>
    url === "/notes/1" ? sendJson(response, 200, { data: { id: "1" } }) : sendJson(response, 404, { errors: [] }),
  );
  const client = notes(server);
  const found = await client.fetch.GET("/notes/{id}", byPath);
  expect(found.data?.data.id).toBe("1");
  const missing = await client.fetch.GET("/notes/{id}", { params: { path: { id: "2" } } });
  expect(missing.error).toEqual({ errors: [] });
  expect(missing.response.status).toBe(404);
});

test("a call by path is sent again like any other, and takes options of its own", async () => {
  const server = await serve((response) => sendJson(response, 503, {}));
  const client = notes(server);
  expect((await client.fetch.GET("/notes/{id}", byPath)).response.status).toBe(503);
  expect(server.requests).toHaveLength(3);
  await client.fetch.GET("/notes/{id}", { ...byPath, retry: false });
  expect(server.requests).toHaveLength(4);
  await client.fetch.request("get", "/notes/{id}", { ...byPath, retry: { attempts: 2 } });
  expect(server.requests).toHaveLength(6);
});

test("one middleware sees both kinds of call, once each, however often they are sent", async () => {
  const server = await serve((response, _request, count) => sendJson(response, count % 2 ? 503 : 200, { data: 1 }));
  const seen: string[] = [];
  const middleware: Middleware = {
    onRequest: ({ schemaPath }) => void seen.push(`request ${schemaPath}`),
    onResponse: ({ response }) => void seen.push(`response ${response.status}`),
  };
  const client = notes(server, { middleware: [middleware] });
  await client.call(getNote, { path: { id: "1" } });
  await client.fetch.GET("/notes/{id}", byPath);
  const once = ["request /notes/{id}", "response 200"];
  expect(seen).toEqual([...once, ...once]);
  expect(server.requests).toHaveLength(4);
});

test("middleware can be added and taken away later, for both kinds of call", async () => {
  const server = await serve((response) => sendJson(response, 200, { data: 1 }));
  const client = notes(server);
  const mark: Middleware = { onRequest: ({ request }) => request.headers.set("x-mark", "1") };
  client.fetch.use(mark);
  await client.call(getNote, { path: { id: "1" } });
  client.fetch.eject(mark);
  await client.call(getNote, { path: { id: "1" } });
  expect(server.requests.map(({ headers }) => headers["x-mark"])).toEqual(["1", undefined]);
});

test("middleware can read a copy of the body before the caller does", async () => {
  const server = await serve((response) => sendJson(response, 200, { data: 1 }));
  const bodies: unknown[] = [];
  const middleware: Middleware = {
    onResponse: async ({ response }) => void bodies.push(await response.clone().json()),
  };
  expect(await notes(server, { middleware: [middleware] }).call(getNote, { path: { id: "1" } })).toBe(1);
  expect(bodies).toEqual([{ data: 1 }]);
});

test("middleware can turn a missing answer into one", async () => {
  const middleware: Middleware = { onError: () => Response.json({ data: "cached" }) };
  const client = notes({ url: "http://127.0.0.1:1" }, { middleware: [middleware] });
  expect(await client.call(getNote, { path: { id: "1" } })).toBe("cached");
});

test("what middleware throws reaches the caller as it is", async () => {
  const refused = new Error("not today");
  const middleware: Middleware = {
    onRequest: () => {
      throw refused;
    },
  };
  const client = notes({ url: "http://127.0.0.1:1" }, { middleware: [middleware] });
  expect(await rejection(client.call(getNote, { path: { id: "1" } }))).toBe(refused);
});
