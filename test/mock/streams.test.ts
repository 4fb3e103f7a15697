import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AccessEntry, type Mock, startMock } from "../../src/mock/index.js";
import { songs, studio } from "./studio.js";

const entries: AccessEntry[] = [];
let mock: Mock;
/** Pauses between events for longer than a test takes. */
let slow: Mock;
let atOnce: Mock;

beforeAll(async () => {
  const options = { root: "studio", port: 0, description: { studio } };
  mock = await startMock(options);
  slow = await startMock({ ...options, paceMs: 3_600_000, onAccess: (entry) => entries.push(entry) });
  atOnce = await startMock({ ...options, paceMs: 0 });
});
afterAll(() => Promise.all([mock, slow, atOnce].map((one) => one.close())));

/** The chunks of an answer in HTTP's own framing, as they stand on the wire. */
async function chunksOf(origin: string, path: string): Promise<string[]> {
  const socket = connect(Number(new URL(origin).port), "127.0.0.1");
  socket.write(`GET ${path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`);
  let wire = "";
  for await (const piece of socket.setEncoding("latin1")) wire += piece;
  const chunks: string[] = [];
  for (let rest = wire.slice(wire.indexOf("\r\n\r\n") + 4); ; ) {
    const at = rest.indexOf("\r\n");
    const size = Number.parseInt(rest.slice(0, at), 16);
    if (!(size > 0)) return chunks;
    chunks.push(rest.slice(at + 2, at + 2 + size));
    rest = rest.slice(at + 4 + size);
  }
}

test.each(["mock", "atOnce"] as const)("every event and every comment is a chunk of its own: %s", async (which) => {
  expect(await chunksOf((which === "mock" ? mock : atOnce).origin, "/songs")).toEqual(songs);
});

test("the first event is there while the next one is still being waited for", async () => {
  const leave = new AbortController();
  const response = await fetch(`${slow.origin}/songs`, { signal: leave.signal });
  expect(response.headers.has("content-length")).toBe(false);
  const { value } = await response.body!.getReader().read();
  expect(new TextDecoder().decode(value)).toBe(songs[0]);
  leave.abort();
  await expect.poll(() => entries.at(-1)).toMatchObject({ status: 499, reasons: ["the client closed the connection"] });
  expect(entries.at(-1)?.error).toBeUndefined();
});

test("closing the mock ends a stream that is being sent", async () => {
  const other = await startMock({ root: "studio", port: 0, description: { studio }, paceMs: 3_600_000 });
  const response = await fetch(`${other.origin}/songs`);
  await other.close();
  await expect(response.text()).rejects.toThrow();
});

test("a stream without a described end is over behind its example", async () => {
  expect(await (await fetch(`${mock.origin}/endless`)).text()).toBe(songs.join(""));
});

test("HEAD of a stream has its headers and neither a body nor a length", async () => {
  const response = await fetch(`${slow.origin}/songs`, { method: "HEAD" });
  expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  expect(response.headers.has("content-length")).toBe(false);
  expect(await response.text()).toBe("");
});

test("the error of an operation that streams comes whole and at once", async () => {
  const response = await fetch(`${slow.origin}/songs`, { headers: { prefer: "code=429" } });
  expect(response.headers.get("content-length")).toBe('{"error":"slow"}'.length.toString());
  expect(await response.json()).toEqual({ error: "slow" });
});

test("a stream goes on behind the event whose id the parameter or Last-Event-ID has, the parameter first", async () => {
  const ask = async (query: string, headers: Record<string, string> = {}) =>
    (await fetch(`${atOnce.origin}/songs${query}`, { headers })).text();
  expect(await ask("?after=s:3")).toBe(songs.slice(4).join(""));
  expect(await ask("", { "last-event-id": "s:2" })).toBe(songs.slice(3).join(""));
  expect(await ask("?after=s:3", { "last-event-id": "s:1" })).toBe(songs.slice(4).join(""));
  expect(await ask("?after=s:4")).toBe("");
});

test("an id that is not known begins at the start, and so does a stream that is not said to resume", async () => {
  expect(await (await fetch(`${atOnce.origin}/songs?after=other`)).text()).toBe(songs.join(""));
  const headers = { "last-event-id": "s:3" };
  expect(await (await fetch(`${atOnce.origin}/endless`, { headers })).text()).toBe(songs.join(""));
});
