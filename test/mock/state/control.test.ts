import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Mock, startMock, UnknownApiError } from "../../../src/mock/index.js";

let mock: Mock;
let url: string;
beforeAll(async () => {
  mock = await startMock({ apis: ["herobrain", "hero"], port: 0, stateful: true });
  url = mock.baseUrls.herobrain ?? "";
});
afterAll(() => mock.close());
beforeEach(() => mock.reset());

const send = (method: string, path: string, headers: Record<string, string> = {}, body?: object) =>
  fetch(`${url}${path}`, {
    method,
    headers: { authorization: "Bearer x", "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const memory = { content: "Water the plants", type: "task", tenantId: "user_12345" };
const create = (headers?: Record<string, string>) => send("POST", "/api/v1/memories", headers, memory);
const count = async () => (await (await send("GET", "/_mock/state")).json()).collections.memories.count;

describe("a stateful mock", () => {
  test("counts what it keeps, and is reset by request, one API at a time", async () => {
    const initial = await (await send("GET", "/_mock/state")).json();
    const tenants = { "00000000-0000-0000-0000-000000000001": 975, user_12345: 1 };
    expect(initial.collections.memories).toEqual({ count: 976, scopes: tenants });
    const { id } = (await (await create()).json()).data;
    expect(await count()).toBe(977);
    await fetch(`${mock.baseUrls.hero}/_mock/reset`, { method: "POST" });
    expect(await count()).toBe(977);
    expect(await (await send("POST", "/_mock/reset")).json()).toEqual(initial);
    expect((await send("GET", `/api/v1/memories/${id}?tenantId=user_12345`)).status).toBe(404);
  });

  test("makes the same ids after every reset, so that a test can rely on them", async () => {
    const idOf = async () => (await (await create()).json()).data.id;
    const first = [await idOf(), await idOf()];
    mock.reset("herobrain");
    expect([await idOf(), await idOf()]).toEqual(first);
    expect(() => mock.reset("shop")).toThrow(UnknownApiError);
  });

  test.each([
    ["a status", { prefer: "code=409" }, 409],
    ["the example of success by its status", { prefer: "code=200" }, 200],
    ["a made-up answer", { prefer: "dynamic=true" }, 200],
    ["a fault with a status", { "mock-fault": "502" }, 502],
    ["nothing that is accepted", { authorization: "" }, 401],
  ])("keeps nothing of a request that asks for %s", async (_what, headers, status) => {
    expect((await create(headers)).status).toBe(status);
    expect(await count()).toBe(976);
  });

  test("answers the example to whoever asks for it, also for what is not there", async () => {
    const answer = await send("GET", "/api/v1/memories/none?tenantId=user_12345", { prefer: "code=200" });
    expect((await answer.json()).data.id).toBe("mem_abc123def456");
  });

  test("keeps what a request brought whose answer was cut off, as a server does", async () => {
    await expect(create({ "mock-fault": "cut" }).then((response) => response.text())).rejects.toThrow();
    expect(await count()).toBe(977);
  });

  test("answers a HEAD as the GET, without a body", async () => {
    const path = "/api/v1/memories/none?tenantId=user_12345";
    const [head, get] = [await send("HEAD", path), await send("GET", path)];
    expect([head.status, await head.text()]).toEqual([get.status, ""]);
  });

  test("says on its index page that it keeps things", async () => {
    const page = await fetch(mock.origin, { headers: { accept: "text/html" } });
    expect(await page.text()).toContain("What is created is kept");
  });

  test("says in the log why there is a 404", async () => {
    const reasons: string[] = [];
    const logged = await startMock({
      apis: ["herobrain"],
      port: 0,
      stateful: true,
      onAccess: (entry) => reasons.push(...entry.reasons),
    });
    await fetch(`${logged.baseUrls.herobrain}/api/v1/memories/none?tenantId=t`, {
      headers: { authorization: "Bearer x" },
    });
    await logged.close();
    expect(reasons).toEqual(["the mock keeps no such thing"]);
  });

  test("refuses other methods on its own paths, and other paths", async () => {
    expect((await send("DELETE", "/_mock/state")).status).toBe(405);
    expect((await send("GET", "/_mock/reset")).status).toBe(405);
    expect((await send("GET", "/_mock/state/memories")).status).toBe(404);
  });
});

test("a mock that is not stateful answers examples, and says how to make it stateful", async () => {
  const plain = await startMock({ apis: ["herobrain"], port: 0 });
  const base = plain.baseUrls.herobrain;
  const init = { headers: { authorization: "Bearer x" } };
  const answer = await fetch(`${base}/api/v1/memories/none?tenantId=user_12345`, init);
  expect((await answer.json()).data.id).toBe("mem_abc123def456");
  const state = await fetch(`${base}/_mock/state`);
  expect([state.status, (await state.json()).detail]).toEqual([409, expect.stringContaining("--stateful")]);
  expect(() => plain.reset()).not.toThrow();
  await plain.close();
});

test("a description whose x-state names an unknown collection is refused by name", async () => {
  const paths = { "/things": { get: { "x-state": { collection: "stuff", action: "list" }, responses: {} } } };
  const description = {
    openapi: "3.2.0",
    info: { title: "Things", version: "1" },
    "x-state": { things: { id: "id" } },
    paths,
  };
  const start = startMock({ apis: ["things"], description: { things: description }, port: 0, stateful: true });
  await expect(start).rejects.toThrow(
    'There is no collection "stuff" (x-state of GET /things). The root\'s x-state has: things.',
  );
});
