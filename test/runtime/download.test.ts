import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import {
  ApiAbortError,
  ApiConnectionError,
  ApiStatusError,
  ApiTimeoutError,
  Download,
  type OperationDescriptor,
  type RequestOptions,
} from "../../runtime/index.js";
import { NotesError, notes, rejection, sendJson, serve, signalled, watchTimers } from "./support.js";

const readFile: OperationDescriptor = {
  id: "readFile",
  method: "GET",
  path: "/files/{id}",
  headers: { ifNoneMatch: "If-None-Match", range: "Range" },
  answer: "bytes",
};
const one = { path: { id: "1" } };

const read = (server: { readonly url: string }, options?: RequestOptions, params: object = {}) =>
  notes(server).call<Download>(readFile, { ...one, params }, options);

/** A server that answers with these headers. */
const answer = (headers: Record<string, string>, body: string | Uint8Array = "bytes", status = 200) =>
  serve((response) => response.writeHead(status, headers).end(body));

/** A download of an answer with these headers. */
const downloadOf = (headers: Record<string, string>) =>
  new Download(new Response(null, { headers }), undefined, new AbortController());

/** A server that begins a body and leaves it open; `closed` when it sees the connection go. */
async function openBodies(text: string, headers: Record<string, string> = {}) {
  const closed = signalled();
  const started: ServerResponse[] = [];
  const server = await serve((response) => {
    response.on("close", closed.resolve);
    started.push(response);
    response.writeHead(200, headers).write(text);
  });
  return { ...server, started, closed: closed.promise };
}

const decode = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

test("a file comes with its type, length, name and version", async () => {
  const server = await answer({
    "content-type": "text/plain; charset=utf-8",
    "content-length": "5",
    "content-disposition": 'attachment; filename="a b.txt"',
    etag: 'W/"v1"',
  });
  const call = read(server);
  const { data, response } = await call.withResponse();
  expect(data).toBeInstanceOf(Download);
  expect(data).toMatchObject({
    status: 200,
    contentType: "text/plain; charset=utf-8",
    size: 5,
    filename: "a b.txt",
    etag: 'W/"v1"',
    range: undefined,
  });
  expect(response.headers.get("content-length")).toBe("5");
  expect(await (await call).text()).toBe("bytes");
  expect(server.requests[0]?.headers.accept).toBe("*/*");
});

test("what the server does not tell is undefined", async () => {
  const server = await serve((response) => void response.writeHead(200).write("by", () => response.end("tes")));
  const download = await read(server);
  const { contentType, size, filename, range, etag } = download;
  expect([contentType, size, filename, range, etag]).toEqual(Array(5).fill(undefined));
  expect(await download.text()).toBe("bytes");
});

test("a file is read as bytes, as text or as a Blob", async () => {
  const all = Uint8Array.from({ length: 256 }, (_, index) => index);
  const server = await answer({ "content-type": "image/png" }, all);
  expect(await (await read(server)).bytes()).toEqual(all);
  const blob = await (await read(server)).blob();
  expect(blob.type).toBe("image/png");
  expect(new Uint8Array(await blob.arrayBuffer())).toEqual(all);
  const text = await answer({ "content-type": "text/plain" }, "Größe 📄");
  expect(await (await read(text)).text()).toBe("Größe 📄");
});

test("a file can be read once, and says so the second time", async () => {
  const download = await read(await answer({}));
  await download.text();
  expect(await rejection(download.text())).toBeInstanceOf(TypeError);
  expect(await rejection(download.bytes())).toBeInstanceOf(TypeError);
});

test("JSON is a file like any other", async () => {
  const download = await read(await answer({ "content-type": "application/json" }, '{"a":1}'));
  expect(await download.text()).toBe('{"a":1}');
});

test.each([
  // RFC 6266, 5, and RFC 8187, 3.2.3.
  ["Attachment; filename=example.html", "example.html"],
  ['INLINE; FILENAME= "an example.html"', "an example.html"],
  ["attachment; filename*= UTF-8''%e2%82%ac%20rates", "€ rates"],
  [`attachment; filename="EURO rates"; filename*=utf-8''%e2%82%ac%20rates`, "€ rates"],
  [`attachment; filename*=utf-8''%e2%82%ac%20rates; filename="EURO rates"`, "€ rates"],
  ["attachment; filename*=UTF-8'en'a%2Cb.txt", "a,b.txt"],
  ['attachment;filename="a.txt";size=5', "a.txt"],
  ['attachment; filename="a\\"b\\\\c.txt"', "c.txt"],
  ['attachment; filename="a\\"b.txt"', 'a"b.txt'],
  ['attachment; filename="a;b=c.txt"', "a;b=c.txt"],
  ["attachment; filename = a.txt ; x=y", "a.txt"],
  ["attachment; filename=a b.txt", "a b.txt"],
  ['attachment; x="; filename=wrong.txt"; filename=right.txt', "right.txt"],
  [`attachment; filename="a; filename*=utf-8''wrong.txt"`, "a; filename*=utf-8''wrong.txt"],
  ['form-data; name="filename=wrong.txt"', undefined],
  ["attachment", undefined],
  ["inline; size=5", undefined],
  ['attachment; filename=""', undefined],
  ["attachment; filename=", undefined],
  ["attachment; myfilename=wrong.txt", undefined],
])("the name in %j is %j", (disposition, filename) => {
  expect(downloadOf({ "content-disposition": disposition }).filename).toBe(filename);
});

test.each([
  [`attachment; filename*=utf-8''%zz.txt; filename="plain.txt"`, "plain.txt"],
  [`attachment; filename*=utf-8''%ff%fe.txt; filename="plain.txt"`, "plain.txt"],
  [`attachment; filename*=utf-16''a.txt; filename="plain.txt"`, "plain.txt"],
  [`attachment; filename*=plain; filename="plain.txt"`, "plain.txt"],
  [`attachment; filename*=utf-8''; filename="plain.txt"`, "plain.txt"],
  ["attachment; filename*=utf-8''%", undefined],
  ['attachment; filename="open', undefined],
])("a name that cannot be decoded gives way to the plain one (%s)", (disposition, filename) => {
  expect(downloadOf({ "content-disposition": disposition }).filename).toBe(filename);
});

test.each([
  ['attachment; filename="/etc/passwd"', "passwd"],
  ['attachment; filename="../../.bashrc"', ".bashrc"],
  ['attachment; filename="C:\\\\Windows\\\\evil.exe"', "evil.exe"],
  ["attachment; filename*=utf-8''..%2F..%2Fevil.sh", "evil.sh"],
  ["attachment; filename*=utf-8''..%5Cevil.sh", "evil.sh"],
  ["attachment; filename*=utf-8''%2e%2e", undefined],
  ["attachment; filename*=utf-8''.%00.", undefined],
  ['attachment; filename=".."', undefined],
  ['attachment; filename="a/."', undefined],
  ['attachment; filename="a/"', undefined],
  ["attachment; filename*=utf-8''%0Aa%1B%5B2J%00.txt", "a[2J.txt"],
  ['attachment; filename="  a.txt "', "a.txt"],
])("a name cannot lead elsewhere or deceive, whatever the server says (%s)", (disposition, filename) => {
  expect(downloadOf({ "content-disposition": disposition }).filename).toBe(filename);
});

test.each([
  ["bytes 0-499/1234", { first: 0, last: 499, size: 1234 }],
  ["bytes 500-999/*", { first: 500, last: 999, size: undefined }],
  ["bytes */1234", undefined],
  ["lines 1-2/3", undefined],
  ["bytes 1-/3", undefined],
  ["bytes 1-2", undefined],
  ["", undefined],
])("a Content-Range of %j is %j", (range, expected) => {
  expect(downloadOf({ "content-range": range }).range).toEqual(expected);
});

test("a part of a file is a download with its place", async () => {
  const server = await answer({ "content-range": "bytes 1-3/5", "content-length": "3" }, "yte", 206);
  const download = await read(server, {}, { range: "bytes=1-3" });
  expect(server.requests[0]?.headers.range).toBe("bytes=1-3");
  expect(download).toMatchObject({ status: 206, size: 3, range: { first: 1, last: 3, size: 5 } });
  expect(await download.text()).toBe("yte");
});

test("a body that is compressed on its way comes unpacked, and its length is not known beforehand", async () => {
  const packed = gzipSync("bytes".repeat(100));
  const server = await answer({ "content-encoding": "gzip", "content-length": String(packed.length) }, packed);
  const download = await read(server);
  expect(download.size).toBeUndefined();
  expect((await download.bytes()).length).toBe(500);
});

test.each(["", "-1", "1.5", "1e3", "0x10", "5, 5"])("a length that is none is undefined (%j)", (length) => {
  expect(downloadOf({ "content-length": length }).size).toBeUndefined();
});

test("a file that has not changed is a download without bytes and not an error", async () => {
  const server = await serve((response) => response.writeHead(304, { etag: '"v1"' }).end());
  const download = await read(server, {}, { ifNoneMatch: '"v1"' });
  expect(server.requests[0]?.headers["if-none-match"]).toBe('"v1"');
  expect(download).toMatchObject({ status: 304, etag: '"v1"' });
  expect(await download.text()).toBe("");
});

test("a 304 of an operation that is no download is an error", async () => {
  const server = await serve((response) => response.writeHead(304).end());
  const error = await rejection(notes(server).call({ ...readFile, answer: "json" }, one));
  expect(error).toMatchObject({ name: "ApiStatusError", status: 304 });
});

test.each([
  ["a length of 0", { "content-length": "0" }, 200],
  ["no piece", { "transfer-encoding": "chunked" }, 200],
  ["204", {}, 204],
])("an empty file is a download (%s)", async (_what, headers, status) => {
  const server = await answer(headers, "", status);
  expect(await (await read(server)).bytes()).toEqual(new Uint8Array());
  for await (const _ of (await read(server)).body) expect.fail("there is nothing to read");
  await (await read(server)).cancel();
});

test("a file that does not exist is the API's own error", async () => {
  const server = await serve((response) => sendJson(response, 404, { errors: [{ code: "NOT_FOUND" }] }));
  const error = await rejection(read(server));
  expect(error).toBeInstanceOf(NotesError);
  expect(error).toMatchObject({ status: 404, code: "NOT_FOUND", operation: "readFile" });
  const outside = await answer({ "content-range": "bytes */5" }, "", 416);
  expect(await rejection(read(outside, {}, { range: "bytes=9-" }))).toBeInstanceOf(ApiStatusError);
});

test("a body comes piece by piece, each as soon as the server has sent it", async () => {
  const server = await openBodies("first");
  const reader = (await read(server)).body.getReader();
  expect(decode((await reader.read()).value)).toBe("first");
  server.started[0]?.write("second");
  expect(decode((await reader.read()).value)).toBe("second");
  server.started[0]?.end();
  expect((await reader.read()).done).toBe(true);
});

test("leaving a loop over the pieces frees the connection", async () => {
  const server = await openBodies("first");
  for await (const piece of (await read(server)).body) {
    expect(decode(piece)).toBe("first");
    break;
  }
  await server.closed;
});

test("cancel() before anything is read frees the connection and the timers", async () => {
  const pending = watchTimers();
  const server = await openBodies("first");
  const download = await read(server, { timeouts: { total: 1e12 } });
  expect(pending()).toBe(1);
  await download.cancel();
  await server.closed;
  expect(pending()).toBe(0);
  await download.cancel();
});

test("cancel() while the body is read frees the connection and ends the reading with an ApiAbortError", async () => {
  const server = await openBodies("first");
  const download = await read(server);
  const reading = rejection(download.text());
  await download.cancel();
  expect(await reading).toBeInstanceOf(ApiAbortError);
  await server.closed;
});

test("cancel() in a `finally` does no harm once everything has been read", async () => {
  const download = await read(await answer({}));
  try {
    expect(await download.text()).toBe("bytes");
  } finally {
    await download.cancel();
  }
});

test("a call's signal ends the reading of its body and frees the connection", async () => {
  const server = await openBodies("first");
  const controller = new AbortController();
  const download = await read(server, { signal: controller.signal });
  const reading = rejection(download.bytes());
  controller.abort("enough");
  const error = await reading;
  expect(error).toBeInstanceOf(ApiAbortError);
  expect(error).toMatchObject({ cause: "enough", operation: "readFile" });
  await server.closed;
});

test("a body that falls silent uses up the idle budget and frees the connection", async () => {
  const server = await openBodies("first", { "content-length": "999" });
  const error = await rejection((await read(server, { timeouts: { idle: 50 } })).text());
  expect(error).toBeInstanceOf(ApiTimeoutError);
  expect(error).toMatchObject({ budget: "idle", operation: "readFile" });
  await server.closed;
});

test("a body that takes too long uses up the total budget, though nobody reads it", async () => {
  const server = await openBodies("first");
  const download = await read(server, { timeouts: { total: 50 } });
  await server.closed;
  expect(await rejection(download.text())).toMatchObject({ name: "ApiTimeoutError", budget: "total" });
});

test.each<["text" | "bytes" | "blob"]>([["text"], ["bytes"], ["blob"]])(
  "a connection that breaks in the middle rejects %s() with an ApiConnectionError, and no half of a file is given",
  async (method) => {
    const server = await serve((response) => {
      response.writeHead(200, { "content-length": "999" });
      response.write("half", () => response.destroy());
    });
    const error = await rejection((await read(server))[method]());
    expect(error).toBeInstanceOf(ApiConnectionError);
    expect(error).toMatchObject({ operation: "readFile", isRetryable: true });
    expect((error as Error).message).toMatch(/^Notes: The answer broke off: /);
    expect(server.requests).toHaveLength(1);
  },
);

test("the pieces before a connection breaks are good", async () => {
  const server = await openBodies("first", { "content-length": "999" });
  const reader = (await read(server)).body.getReader();
  expect(decode((await reader.read()).value)).toBe("first");
  server.started[0]?.destroy();
  expect(await rejection(reader.read())).toBeInstanceOf(ApiConnectionError);
});

test("a request is sent again until a download has begun", async () => {
  const server = await serve((response, _request, count) => response.writeHead(count < 3 ? 503 : 200).end("bytes"));
  expect(await (await read(server)).text()).toBe("bytes");
  expect(server.requests).toHaveLength(3);
});
