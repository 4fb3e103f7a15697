import { expect, test } from "vitest";
import { serializePath } from "../../runtime/paths.js";
import { getNote, notes, rejection, sendJson, serve } from "./support.js";

test.each([
  "..",
  ".",
  "%2e%2e",
  ".%2E",
  "%2e",
  "%252e%252e",
  "../../admin",
  "a/../../b",
  "..%2fadmin",
  "..\\admin",
  "%2e%2e%5cadmin",
])("`%s` as a path parameter cannot reach another endpoint", async (id) => {
  const server = await serve((response) => sendJson(response, 200, { data: { id: "reached" } }));
  const client = notes(server);
  const error = await rejection(client.call(getNote, { path: { id } }));
  expect(error).toBeInstanceOf(TypeError);
  expect(String(error)).toContain("`id`");
  await expect(client.fetch.GET("/notes/{id}", { params: { path: { id } } })).rejects.toBeInstanceOf(TypeError);
  expect(server.requests).toEqual([]);
});

test("an empty or missing path parameter does not turn a single item into the list", async () => {
  const server = await serve((response) => sendJson(response, 200, { data: [] }));
  const client = notes(server);
  expect(String(await rejection(client.call(getNote, { path: { id: "" } })))).toContain("`id` is empty");
  expect(String(await rejection(client.call(getNote, { path: { id: undefined } })))).toContain("`id` is missing");
  expect(String(await rejection(client.call(getNote, {})))).toContain("`id` is missing");
  expect(server.requests).toEqual([]);
});

test("what a path parameter holds stays in its segment", async () => {
  const server = await serve((response) => sendJson(response, 200, { data: null }));
  await notes(server).call(getNote, { path: { id: "a/b?c=d#e %ü$&..x" } });
  expect(server.requests[0]?.url).toBe("/notes/a%2Fb%3Fc%3Dd%23e%20%25%C3%BC%24%26..x");
});

test("half of a surrogate pair is a TypeError that names the parameter, not a URIError", () => {
  expect(() => serializePath("/notes/{id}", { id: "\ud800" })).toThrow(TypeError);
  expect(serializePath("/notes/{id}", { id: "😀" })).toBe("/notes/%F0%9F%98%80");
});

test("a number is a path parameter too, also 0", () => {
  expect(serializePath("/notes/{id}/parts/{part}", { id: 0, part: 12 })).toBe("/notes/0/parts/12");
});

test("dots within a name are harmless", () => {
  expect(serializePath("/notes/{id}", { id: "v1..2" })).toBe("/notes/v1..2");
  expect(serializePath("/notes/{id}", { id: "..." })).toBe("/notes/...");
});
