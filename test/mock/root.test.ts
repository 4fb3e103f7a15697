import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AccessEntry, type Mock, startMock } from "../../src/mock/index.js";
import { shop } from "./shop.js";
import { studio } from "./studio.js";

const description = { studio, shop };
const entries: AccessEntry[] = [];
let root: Mock;
let prefixed: Mock;

beforeAll(async () => {
  root = await startMock({ root: "studio", port: 0, description, onAccess: (entry) => entries.push(entry) });
  prefixed = await startMock({ apis: ["studio", "shop"], port: 0, description });
});
afterAll(() => Promise.all([root.close(), prefixed.close()]));

test("one API at the root answers under its own paths, and its base URL is the bare origin", async () => {
  expect(root.baseUrls).toEqual({ studio: root.origin });
  expect(await (await fetch(`${root.origin}/whole`)).text()).toBe("0123456789abcdef");
  await expect.poll(() => entries.at(-1)).toMatchObject({ api: "studio", operationId: "readWhole", path: "/whole" });
});

test("at the root, / is the API's own and no index page", async () => {
  expect(await (await fetch(root.origin)).json()).toEqual({ home: true });
});

test("an API at the root that has no / answers 404 there", async () => {
  const mock = await startMock({ root: "shop", port: 0, description });
  const response = await fetch(mock.origin);
  expect([response.status, (await response.json()).detail]).toEqual([404, "Shop has no path /."]);
  await mock.close();
});

test("at the root a prefix is no path of the API", async () => {
  expect((await fetch(`${root.origin}/studio/whole`)).status).toBe(404);
});

test("behind prefixes / stays the index page, and an API's own / is below its prefix", async () => {
  expect(await (await fetch(prefixed.origin)).json()).toMatchObject({ apis: [{ name: "studio" }, { name: "shop" }] });
  expect(await (await fetch(`${prefixed.baseUrls.studio}/`)).json()).toEqual({ home: true });
});

test("an API at the root leaves no place for others", async () => {
  await expect(startMock({ root: "studio", apis: ["shop"], description, port: 0 })).rejects.toThrow(TypeError);
  await expect(startMock({ root: "studoi", description, port: 0 })).rejects.toThrow("studoi");
});

test.each(["root", "prefixed"] as const)("what an answer says of its own address is the mock's: %s", async (mode) => {
  const base = (mode === "root" ? root : prefixed).baseUrls.studio ?? "";
  const prefix = new URL(base).pathname.replace(/\/$/, "");
  const response = await fetch(`${base}/address`);
  expect(await response.json()).toEqual({
    self: base,
    song: `${base}/songs?a=${base}.`,
    other: "https://studio.tester/x https://studio.test.example",
  });
  expect(response.headers.get("location")).toBe(`${prefix}/songs/7`);
  expect(response.headers.get("link")).toBe(`<${prefix}/songs>; rel="a", </none>; rel="b", <//cdn>; rel="c"`);
});

test.each(["root", "prefixed"] as const)("an event that tells where to go on leads to the mock: %s", async (mode) => {
  const base = (mode === "root" ? root : prefixed).baseUrls.studio ?? "";
  const events = await (await fetch(`${base}/session`)).text();
  const [endpoint = "", none, absolute] = [...events.matchAll(/^data: (.*)$/gm)].map(([, data]) => data);
  expect((await fetch(new URL(endpoint, `${base}/session`), { method: "DELETE" })).status).toBe(204);
  expect(none).toBe("/none");
  expect(absolute).toBe(`${base}/songs`);
});

test("the address is the one that the client has called the mock by", async () => {
  const headers = { host: "mock.test:8080" };
  const request = get(`${prefixed.origin}/studio/address`, { headers });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  expect(JSON.parse(await text(response)).self).toBe("http://mock.test:8080/studio");
});
