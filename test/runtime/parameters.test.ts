import { inspect } from "node:util";
import { expect, test } from "vitest";
import type { OperationDescriptor } from "../../runtime/index.js";
import { notes, rejection, sendJson, serve } from "./support.js";

const ok = () => serve((response) => sendJson(response, 200, { data: 1 }));
const post: OperationDescriptor = {
  id: "postNote",
  method: "POST",
  path: "/notes",
  query: ["dryRun"],
  headers: { sessionId: "Mcp-Session-Id", idempotencyKey: "Idempotency-Key", plainKey: "X-Plain" },
  body: "json",
};
const whole: OperationDescriptor = { ...post, body: "whole" };

test("a field that belongs into a header goes there, and not into the query or the body", async () => {
  const server = await ok();
  const params = { sessionId: "s1", idempotencyKey: 7, dryRun: true, text: "t", plainKey: undefined };
  await notes(server).call(post, { params });
  await notes(server).call(
    { id: "get", method: "GET", path: "/n", headers: { ids: "X-Ids" } },
    { params: { ids: [1, 2] } },
  );
  expect(server.requests[0]).toMatchObject({ url: "/notes?dryRun=true", body: '{"text":"t"}' });
  expect(server.requests[0]?.headers).toMatchObject({ "mcp-session-id": "s1", "idempotency-key": "7" });
  expect(server.requests[0]?.headers).not.toHaveProperty("x-plain");
  expect(server.requests[1]).toMatchObject({ url: "/n", headers: { "x-ids": "1,2" } });
});

test("a field's header comes before the constructor's, and the call's own headers before the field's", async () => {
  const server = await ok();
  const client = notes(server, { headers: { "mcp-session-id": "all" } });
  await client.call(post, { params: {} });
  await client.call(post, { params: { sessionId: "field" } });
  await client.call(post, { params: { sessionId: "field" } }, { headers: { "MCP-session-ID": "call" } });
  await client.call(post, { params: { sessionId: "field" } }, { headers: { "mcp-session-id": null } });
  await client.call(post, { params: { sessionId: null } });
  expect(server.requests.map(({ headers }) => headers["mcp-session-id"])).toEqual([
    "all",
    "field",
    "call",
    undefined,
    undefined,
  ]);
});

test("a field that a header cannot carry is a TypeError that names the header and not the value", async () => {
  const server = await ok();
  const error = await rejection(notes(server).call(post, { params: { sessionId: "a\nb: s3cret" } }));
  expect(error).toBeInstanceOf(TypeError);
  expect(String(error)).toMatch(/"Mcp-Session-Id"/i);
  expect(inspect(error)).not.toContain("s3cret");
  expect(server.requests).toEqual([]);
});

test("a secret that a field's header carries is not in the error that repeats it", async () => {
  const server = await serve((response, { headers }) =>
    sendJson(response, 400, { errors: [{ message: headers["x-plain"] }] }),
  );
  const error = await rejection(notes(server).call(post, { params: { plainKey: "whsec_0123" } }));
  expect(inspect(error)).not.toContain("whsec_0123");
});

test.each([[["a", { b: 1 }]], ["text"], [""], [null], [false], [0], [{ sessionId: "in the body" }]])(
  "a whole body is sent as it is (%j)",
  async (body) => {
    const server = await ok();
    await notes(server).call(whole, { body });
    expect(server.requests[0]).toMatchObject({ url: "/notes", body: JSON.stringify(body) });
    expect(server.requests[0]?.headers["content-type"]).toBe("application/json");
  },
);

test("beside a whole body every field goes into the query, but for those of headers", async () => {
  const server = await ok();
  await notes(server).call(whole, { params: { dryRun: true, brandNew: "x", sessionId: "s1" }, body: [1] });
  expect(server.requests[0]).toMatchObject({
    url: "/notes?dryRun=true&brandNew=x",
    body: "[1]",
    headers: { "mcp-session-id": "s1" },
  });
});

test("without a whole body nothing is sent, and no Content-Type", async () => {
  const server = await ok();
  await notes(server).call(whole, { params: { dryRun: true } });
  expect(server.requests[0]).toMatchObject({ url: "/notes?dryRun=true", body: "" });
  expect(server.requests[0]?.headers).not.toHaveProperty("content-type");
});

test("a whole body is sent as it was at the time of the call, and again after a 429", async () => {
  const server = await serve((response, _request, count) => sendJson(response, count === 1 ? 429 : 200, { data: 1 }));
  const body = ["before"];
  const call = notes(server).call(whole, { body });
  body[0] = "after";
  await call;
  expect(server.requests.map((request) => request.body)).toEqual(['["before"]', '["before"]']);
});

test("a secret in a whole body is not in the error that repeats it", async () => {
  const server = await serve((response, { body }) =>
    sendJson(response, 400, { errors: [{ message: `bad: ${JSON.parse(body)[0].plainKey}` }] }),
  );
  const error = await rejection(notes(server).call(whole, { body: [{ plainKey: "whsec_0123" }] }));
  expect(inspect(error)).not.toContain("whsec_0123");
});
