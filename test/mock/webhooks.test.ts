import { createServer, type IncomingHttpHeaders } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { verify } from "../../src/herobrain/webhooks.js";
import { verify as verifyHeyCMO } from "../../src/heycmo/webhooks.js";
import { type Delivery, type Mock, type MockOptions, startMock, WebhookTargetError } from "../../src/mock/index.js";
import { type Listening, listen } from "../../src/server/listen.js";
import { studio } from "./studio.js";

interface Received {
  method: string | undefined;
  path: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

let received: Received[] = [];
let answer = { status: 200, headers: {} as Record<string, string> };
let receiver: Listening;
const mocks: Mock[] = [];

beforeAll(async () => {
  receiver = await listen(
    createServer(async (request, response) => {
      let body = "";
      for await (const piece of request.setEncoding("utf8")) body += piece;
      received.push({ method: request.method, path: request.url, headers: request.headers, body });
      response.writeHead(answer.status, answer.headers).end("taken");
    }),
  );
});
beforeEach(() => {
  received = [];
  answer = { status: 200, headers: {} };
});
afterEach(() => Promise.all(mocks.splice(0).map((mock) => mock.close())));
afterAll(() => receiver.close());

async function start(options: Partial<MockOptions> & { every?: number; secret?: string } = {}): Promise<Mock> {
  const { every, secret, ...rest } = options;
  const webhooks = {
    to: `${receiver.origin}/hooks`,
    ...(every === undefined ? {} : { everyMs: every }),
    ...(secret === undefined ? {} : { secret }),
  };
  const apis = rest.root === undefined ? { apis: ["studio"] } : {};
  const mock = await startMock({ ...apis, port: 0, description: { studio }, webhooks, ...rest });
  mocks.push(mock);
  return mock;
}

const events = () => received.map(({ body }) => JSON.parse(body).event);

test("an operation is followed by the webhook that it causes, with the example of the description", async () => {
  const deliveries: Delivery[] = [];
  const mock = await start({ onDelivery: (delivery) => deliveries.push(delivery) });
  expect((await fetch(`${mock.baseUrls.studio}/songs`, { method: "POST" })).status).toBe(201);
  await expect.poll(() => deliveries).toHaveLength(1);
  expect(received).toMatchObject([
    { method: "POST", path: "/hooks", body: '{"event":"song.created","data":{"id":1}}' },
  ]);
  expect(received[0]?.headers["content-type"]).toBe("application/json");
  expect(deliveries).toMatchObject([{ api: "studio", event: "song.created", status: 200, signed: false }]);
  expect((await fetch(`${mock.baseUrls.studio}/songs/1`, { method: "DELETE" })).status).toBe(204);
  await expect.poll(events).toEqual(["song.created", "song.deleted"]);
});

test("what did not succeed causes nothing, be it refused or faulty, and what is only late does", async () => {
  const mock = await start();
  const create = (headers: Record<string, string>) =>
    fetch(`${mock.baseUrls.studio}/songs`, { method: "POST", headers }).then(
      (response) => response.text().catch(() => {}),
      () => {},
    );
  await create({ prefer: "code=400" });
  for (const fault of ["503", "cut", "reset", "malformed"]) await create({ "mock-fault": fault });
  await create({ "mock-fault": "delay=1" });
  await expect.poll(events).toEqual(["song.created"]);
  await mock.webhooks?.send("studio", "concert.cancelled");
  expect(events()).toEqual(["song.created", "concert.cancelled"]);
});

test.each([["root"], ["prefixed"]])("a request to the mock itself sends a webhook: %s", async (mode) => {
  const mock = await start(mode === "root" ? { root: "studio" } : {});
  const control = `${mock.baseUrls.studio}/_mock/webhooks`;
  expect(await (await fetch(control)).json()).toEqual({
    to: `${receiver.origin}/hooks`,
    webhooks: [
      { event: "song.created", cause: "createSong" },
      { event: "song.deleted", cause: "deleteSong" },
      { event: "concert.cancelled" },
    ],
  });
  const response = await fetch(`${control}/concert.cancelled`, { method: "POST" });
  expect([response.status, await response.json()]).toEqual([
    200,
    expect.objectContaining({ event: "concert.cancelled", status: 200, signed: false }),
  ]);
  expect(events()).toEqual(["concert.cancelled"]);
});

test("a payload of one's own is sent in place of the example", async () => {
  const mock = await start();
  const control = `${mock.baseUrls.studio}/_mock/webhooks/song.created`;
  expect((await fetch(control, { method: "POST", body: '{"event":"other"}' })).status).toBe(200);
  expect(events()).toEqual(["other"]);
  expect((await fetch(control, { method: "POST", body: "{" })).status).toBe(400);
});

test("a request to the mock itself that cannot be met says why", async () => {
  const mock = await start();
  const control = `${mock.baseUrls.studio}/_mock`;
  expect((await fetch(`${control}/webhooks/song.sung`, { method: "POST" })).status).toBe(404);
  expect((await fetch(`${control}/nothing`)).status).toBe(404);
  const wrong = await fetch(`${control}/webhooks/song.created`);
  expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "POST"]);
  const silent = await startMock({ apis: ["studio"], port: 0, description: { studio } });
  mocks.push(silent);
  const response = await fetch(`${silent.baseUrls.studio}/_mock/webhooks/song.created`, { method: "POST" });
  expect([response.status, (await response.json()).detail]).toEqual([409, expect.stringContaining("--webhooks-to")]);
});

test("all webhooks are sent in turn, and none any more once the mock is closed", async () => {
  await start({ every: 5 });
  await expect.poll(() => events().length).toBeGreaterThanOrEqual(4);
  expect(events().slice(0, 4)).toEqual(["song.created", "song.deleted", "concert.cancelled", "song.created"]);
  await mocks.pop()?.close();
  await new Promise((resolve) => setTimeout(resolve, 30));
  const count = received.length;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(received).toHaveLength(count);
});

test("a receiver that cannot be reached, or that refuses, is told of and harms nobody", async () => {
  const deliveries: Delivery[] = [];
  const closed = await listen(createServer());
  await closed.close();
  const webhooks = { to: closed.origin };
  const mock = await start({ webhooks, onDelivery: (delivery) => deliveries.push(delivery) });
  await fetch(`${mock.baseUrls.studio}/songs`, { method: "POST" });
  await expect.poll(() => deliveries).toMatchObject([{ error: expect.stringContaining("ECONNREFUSED") }]);
  const response = await fetch(`${mock.baseUrls.studio}/_mock/webhooks/song.created`, { method: "POST" });
  expect(response.status).toBe(502);
  answer = { status: 500, headers: {} };
  const other = await start();
  expect(await other.webhooks?.send("studio", "song.created")).toMatchObject({ status: 500 });
});

test("a redirect is not followed, as it would lead to an address that nobody has allowed", async () => {
  answer = { status: 307, headers: { location: `${receiver.origin}/elsewhere` } };
  const mock = await start();
  expect(await mock.webhooks?.send("studio", "song.created")).toMatchObject({ status: 307 });
  expect(received.map(({ path }) => path)).toEqual(["/hooks"]);
});

test.each([
  "http://example.com/",
  "http://192.168.1.1/",
  "http://127.0.0.1.example.com/",
  "http://10.0.0.1:80",
  "http://[::2]/",
])("%s is not on this machine, so nothing is sent there unless that is allowed", async (to) => {
  await expect(start({ webhooks: { to } })).rejects.toThrow(WebhookTargetError);
  expect((await start({ webhooks: { to, allowRemote: true } })).webhooks?.to).toBe(new URL(to).href);
});

test.each([
  "http://localhost:1/",
  "http://127.1.2.3/",
  "http://[::1]:3/",
  "http://0x7f000001/",
  "https://hooks.localhost/a",
])("%s is on this machine", async (to) => {
  expect((await start({ webhooks: { to } })).webhooks?.to).toBe(new URL(to).href);
});

test.each(["example", "ftp://127.0.0.1/", "", "//127.0.0.1"])("%j is no address for webhooks", async (to) => {
  await expect(start({ webhooks: { to, allowRemote: true } })).rejects.toThrow(WebhookTargetError);
});

test("HeroBrain's webhooks are signed as its receiver verifies them", async () => {
  const mock = await start({ apis: ["herobrain"], secret: "s3cret" });
  const headers = { authorization: "Bearer x", "content-type": "application/json" };
  const body = JSON.stringify({ content: "a", type: "task", tenantId: "t" });
  await fetch(`${mock.baseUrls.herobrain}/api/v1/memories`, { method: "POST", headers, body });
  await expect.poll(() => received).toHaveLength(1);
  const event = await verify(received[0]!.body, received[0]!.headers, "s3cret");
  expect(event).toMatchObject({ event: "memory.created", data: { id: "mem_abc123def456" } });
  await expect(verify(received[0]!.body, received[0]!.headers, "other")).rejects.toThrow();
});

test("HeyCMO's are signed once it is said how, and else sent without a signature, which the mock tells", async () => {
  const bare = await start({ apis: ["heycmo"], secret: "s3cret" });
  expect(bare.webhooks?.unsigned).toEqual(["heycmo"]);
  expect(await bare.webhooks?.send("heycmo", "content.created")).toMatchObject({ signed: false, status: 200 });
  const signature = { header: "x-signature", encoding: "base64" } as const;
  const webhooks = { to: receiver.origin, secret: "s3cret", signature };
  const mock = await start({ apis: ["heycmo"], webhooks });
  expect(mock.webhooks?.unsigned).toEqual([]);
  await mock.webhooks?.send("heycmo", "content.created");
  expect(await verifyHeyCMO(received[1]!.body, received[1]!.headers, "s3cret", signature)).toEqual({});
});

test("an API of one's own has no known signature", async () => {
  expect((await start({ secret: "s3cret" })).webhooks?.unsigned).toEqual(["studio"]);
});

test("a signature that makes no sense is an error and not a delivery without one", async () => {
  const webhooks = { to: receiver.origin, secret: "s3cret", signature: { header: "a b" } };
  await expect(start({ apis: ["herobrain"], webhooks })).rejects.toThrow(TypeError);
});
