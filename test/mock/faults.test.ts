import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AccessEntry, FaultError, type Mock, type MockOptions, startMock } from "../../src/mock/index.js";
import { shop } from "./shop.js";
import { songs, studio } from "./studio.js";

const entries: AccessEntry[] = [];
const description = { studio, shop };
let mock: Mock;

beforeAll(async () => {
  mock = await start({ onAccess: (entry) => entries.push(entry) });
});
afterAll(() => mock.close());

function start(options: MockOptions): Promise<Mock> {
  return startMock({ apis: ["studio", "shop"], port: 0, paceMs: 0, description, ...options });
}

const call = (path: string, fault?: string, init: RequestInit = {}, at = mock) =>
  fetch(`${at.origin}/studio${path}`, { ...init, headers: fault === undefined ? {} : { "Mock-Fault": fault } });

/** What comes of an answer until its connection is closed, and whether it came to its own end. */
async function received(path: string, fault: string): Promise<{ body: string; ended: boolean }> {
  const request = get(`${mock.origin}/studio${path}`, { headers: { "mock-fault": fault }, agent: false });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  let body = "";
  response.setEncoding("utf8").on("data", (text) => {
    body += text;
  });
  // Also emits an error when it is cut, which here is no failure.
  await new Promise((resolve) => response.on("error", () => {}).on("close", resolve));
  return { body, ended: response.complete };
}

test("a status comes with its documented body, and with the seconds to wait in HTTP's and in the API's own header", async () => {
  const response = await call("/songs", "429; retry-after=2");
  expect([response.status, await response.json()]).toEqual([429, { error: "slow" }]);
  expect([response.headers.get("retry-after"), response.headers.get("x-wait")]).toEqual(["2", "2"]);
  const usual = await call("/songs", "429");
  expect([usual.headers.get("retry-after"), usual.headers.get("x-wait")]).toEqual([null, "60"]);
});

test("a status that is not documented comes as a problem", async () => {
  const response = await call("/songs", "503; retry-after=1");
  expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
  expect(await response.json()).toMatchObject({ status: 503, detail: "The mock was told to answer 503." });
});

test("a request without a credential is refused as ever before it gets a faulty status", async () => {
  const headers = { "mock-fault": "401" };
  expect((await fetch(`${mock.origin}/shop/either`, { headers: { "mock-fault": "500" } })).status).toBe(500);
  expect(await (await fetch(`${mock.origin}/shop/either`, { headers })).json()).toEqual({ error: "who" });
});

test("an answer that is late is whole when it comes", async () => {
  expect(await (await call("/whole", "delay=20")).text()).toBe("0123456789abcdef");
});

test("of answers that stall nothing comes but the headers, or so many events or bytes as were asked for", async () => {
  for (const [path, fault, expected] of [
    ["/songs", "stall", ""],
    ["/songs", "stall; after=1", songs.slice(0, 2).join("")],
    ["/songs", "stall; after=2", songs.slice(0, 3).join("")],
    ["/songs", "stall; after=99", songs.join("")],
    ["/whole", "stall; after=3", "012"],
    ["/whole", "stall; after=99", "0123456789abcde"],
  ] as const) {
    const leave = new AbortController();
    const response = await call(path, fault, { signal: leave.signal });
    expect(response.status).toBe(200);
    const reader = response.body!.getReader();
    let body = "";
    while (body.length < expected.length) body += new TextDecoder().decode((await reader.read()).value);
    expect(body).toBe(expected);
    const next = reader.read().then(
      () => "more",
      () => "left",
    );
    leave.abort();
    expect(await next).toBe("left");
  }
});

test("an answer without a body stalls before its headers", async () => {
  const signal = AbortSignal.timeout(200);
  await expect(call("/songs/1", "stall", { method: "DELETE", signal })).rejects.toThrow(/timeout/);
});

test("a stream is cut in the middle of an event, the one in its middle or behind so many others", async () => {
  const half = (event: string) => event.slice(0, Math.ceil(event.length / 2));
  expect(await received("/songs", "cut")).toEqual({ body: songs.slice(0, 3).join("") + half(songs[3]!), ended: false });
  expect(await received("/songs", "cut; after=0")).toEqual({ body: half(songs[0]!), ended: false });
  expect(await received("/songs", "cut; after=4")).toEqual({ body: songs.join(""), ended: false });
});

test("a body is cut in the middle, or behind so many bytes, and never behind all", async () => {
  expect(await received("/whole", "cut")).toEqual({ body: "01234567", ended: false });
  expect(await received("/whole", "cut; after=3")).toEqual({ body: "012", ended: false });
  expect(await received("/whole", "cut; after=99")).toEqual({ body: "0123456789abcde", ended: false });
  await expect((await call("/whole", "cut")).text()).rejects.toThrow();
});

test("an answer without a body is cut before its headers", async () => {
  await expect(call("/songs/1", "cut", { method: "DELETE" })).rejects.toThrow();
});

test("broken JSON is no JSON, wherever it breaks, and as long as it says", async () => {
  const { length } = await (await call("/address")).text();
  for (let after = 0; after <= length; after += 5) {
    const response = await call("/address", `malformed; after=${after}`);
    const body = await response.text();
    expect(response.headers.get("content-length")).toBe(String(body.length));
    expect(() => JSON.parse(body), body).toThrow();
  }
  await expect((await call("/address", "malformed")).json()).rejects.toThrow(SyntaxError);
});

test("a broken event stands between whole ones", async () => {
  const { body, ended } = await received("/songs", "malformed");
  expect(ended).toBe(true);
  const events = body.split("\n\n").filter((text) => text.startsWith("id:"));
  const payloads = events.map((event) => /^data: (.*)$/m.exec(event)?.[1] ?? "");
  expect(payloads.map((data) => data === "bye" || isJson(data))).toEqual([true, true, false, true]);
  expect(events.map((event) => event.split("\n").length)).toEqual([3, 3, 3, 3]);
});

test("a malformed text, be it of an event, is not UTF-8", async () => {
  for (const [path, fault] of [
    ["/whole", "malformed"],
    ["/songs", "malformed; after=3"],
  ] as const) {
    const bytes = await (await call(path, fault)).arrayBuffer();
    expect(() => new TextDecoder("utf-8", { fatal: true }).decode(bytes)).toThrow(TypeError);
  }
});

test("a connection is reset before anything comes", async () => {
  const error = await call("/whole", "reset").catch(({ cause }) => cause);
  expect(error.code).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
});

test("a fault in a header happens so many times to equal requests, then one succeeds, and it begins anew", async () => {
  const statuses = [];
  for (let round = 0; round < 6; round++) statuses.push((await call("/whole?x=1", "503; times=2")).status);
  expect(statuses).toEqual([503, 503, 200, 503, 503, 200]);
  expect((await call("/whole?x=2", "503; times=2")).status).toBe(503);
});

test("a probability is drawn anew for each request, and the same way in every run", async () => {
  const run = async () => {
    const other = await start({ faults: ["readWhole:503; probability=0.5"] });
    const statuses = [];
    for (let round = 0; round < 20; round++) statuses.push((await call("/whole", undefined, {}, other)).status);
    await other.close();
    return statuses;
  };
  const [first, second] = [await run(), await run()];
  expect(new Set(first)).toEqual(new Set([200, 503]));
  expect(second).toEqual(first);
});

test("rules are for an operation, for all of an API or for all, and one that is used up gives way to the next", async () => {
  const other = await start({
    faults: ["readWhole:503; times=1", "studio/readWhole:504;times=1", "shop/*:500", "*:418; times=1"],
  });
  const status = async (path: string) => (await fetch(`${other.origin}${path}`)).status;
  expect(await status("/shop/page")).toBe(500);
  expect([await status("/studio/whole"), await status("/studio/whole"), await status("/studio/whole")]).toEqual([
    503, 504, 418,
  ]);
  expect([await status("/studio/whole"), await status("/shop/page")]).toEqual([200, 500]);
  expect(await status("/nothing")).toBe(404);
  await other.close();
});

test("a fault in a header goes before the rules", async () => {
  const other = await start({ faults: ["*:500"] });
  expect((await call("/whole", "503", {}, other)).status).toBe(503);
  await other.close();
});

test("a fault can be added and mended while the mock runs", async () => {
  const mend = mock.addFault("readWhole:503");
  expect((await call("/whole")).status).toBe(503);
  mend();
  expect((await call("/whole")).status).toBe(200);
});

test("a wrong fault in a header is a 400 that says what would be right", async () => {
  const response = await call("/whole", "429; retry=1");
  expect(response.status).toBe(400);
  expect((await response.json()).detail).toBe(
    'Mock-Fault: The fault "429" has no parameter "retry"; it may have retry-after, delay, times, probability.',
  );
});

test.each([
  ["readWhole", '"readWhole" names no operation'],
  ["readWole:429", 'There is no operation "readWole"'],
  ["shop/readWhole:429", 'There is no operation "readWhole"'],
  ["shpo/*:429", 'No API "shpo" is served'],
  ["readWhole:cutt", 'There is no fault "cutt"'],
])("the rule %j is refused", async (rule, message) => {
  expect(() => mock.addFault(rule)).toThrow(FaultError);
  expect(() => mock.addFault(rule)).toThrow(message);
  await expect(start({ faults: [rule] })).rejects.toThrow(message);
});

test("the log tells of a fault, and of no client that went away", async () => {
  for (const [fault, status] of [
    ["cut", 499],
    ["reset", 499],
    ["503", 503],
    ["malformed", 200],
  ] as const) {
    await call("/whole", fault).then(
      (response) => response.text().catch(() => {}),
      () => {},
    );
    await expect.poll(() => entries.at(-1)).toMatchObject({ status, reasons: [`fault: ${fault}`] });
    expect(entries.at(-1)?.error).toBeUndefined();
  }
});

test("HEAD of what would stall or be cut has no body to stall or be cut in", async () => {
  await expect(call("/whole", "cut", { method: "HEAD" })).rejects.toThrow();
  expect((await call("/whole", "malformed", { method: "HEAD" })).status).toBe(200);
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
