import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Mock, startMock } from "../../src/mock/index.js";
import { minimalFile } from "../../src/mock/minimal-files.js";
import { studio } from "./studio.js";

const content = "0123456789abcdef";
let mock: Mock;

beforeAll(async () => {
  mock = await startMock({ root: "studio", port: 0, description: { studio } });
});
afterAll(() => mock.close());

const call = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(`${mock.origin}${path}`, { headers, method });

test.each([
  ["/archive", "application/zip"],
  ["/sound", "audio/mpeg"],
  ["/paper", "application/pdf"],
  ["/font", "font/woff2"],
])("%s has no example, so a small file of type %s is sent", async (path, type) => {
  const response = await call(path);
  expect(response.headers.get("content-type")).toBe(type);
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(response.headers.get("content-length")).toBe(String(bytes.length));
  expect(bytes.equals(minimalFile(type).bytes)).toBe(true);
});

test("of a range of types one that is known is sent, and of any type at all just bytes", async () => {
  expect((await call("/picture")).headers.get("content-type")).toBe("image/png");
  expect((await call("/anything")).headers.get("content-type")).toBe("application/octet-stream");
});

test("bytes with an example are the example, and are never called text for lack of a type", async () => {
  for (const accept of ["*/*", "image/png, */*;q=0.5", undefined]) {
    const response = await call("/file", accept === undefined ? {} : { accept });
    expect(response.headers.get("content-type")).toBe("application/octet-stream");
    expect(await response.text()).toBe(content);
  }
});

test("what is text in some form is left to Prism", async () => {
  const response = await call("/xml");
  expect(response.headers.get("content-type")).toBe("application/xml");
  expect(await response.text()).toBe("string");
});

test("HEAD tells the length that GET has", async () => {
  const response = await call("/archive", {}, "HEAD");
  expect([response.headers.get("content-length"), await response.text()]).toEqual(["22", ""]);
});

test.each([
  ["bytes=2-4", "234", "bytes 2-4/16"],
  ["bytes=10-", "abcdef", "bytes 10-15/16"],
  ["bytes=-3", "def", "bytes 13-15/16"],
  ["bytes=-99", content, "bytes 0-15/16"],
  ["bytes=14-99", "ef", "bytes 14-15/16"],
  ["Bytes = 0-0", "0", "bytes 0-0/16"],
])("Range %s is answered with these bytes, and with which they are", async (range, part, which) => {
  const response = await call("/file", { range });
  expect([response.status, await response.text()]).toEqual([206, part]);
  expect(response.headers.get("content-range")).toBe(which);
  expect(response.headers.get("content-length")).toBe(String(part.length));
  expect(response.headers.get("etag")).toBe('W/"e1"');
});

test.each(["bytes=16-", "bytes=99-100", "bytes=-0"])("Range %s lies outside, which is a 416", async (range) => {
  const response = await call("/file", { range });
  expect([response.status, await response.text()]).toEqual([416, ""]);
  expect(response.headers.get("content-range")).toBe("bytes */16");
});

test.each(["bytes=4-2", "bytes=a-b", "lines=1-2", "bytes=-", "bytes=0-1,3-4", ""])(
  "Range %j is not understood, so everything comes",
  async (range) => {
    const response = await call("/file", { range });
    expect([response.status, await response.text()]).toEqual([200, content]);
  },
);

test("a range of what describes no parts is everything", async () => {
  const response = await call("/whole", { range: "bytes=1-2", "if-none-match": "*" });
  expect([response.status, await response.text()]).toEqual([200, content]);
});

test("If-Range with a weak or another validator asks for everything", async () => {
  for (const condition of ['W/"e1"', '"other"', "Wed, 21 Oct 2015 07:28:00 GMT"]) {
    expect((await call("/file", { range: "bytes=1-2", "if-range": condition })).status).toBe(200);
  }
});

test("HEAD and errors know no ranges", async () => {
  expect((await call("/file", { range: "bytes=1-2" }, "HEAD")).status).toBe(200);
  expect((await call("/file", { range: "bytes=1-2", prefer: "code=416" })).headers.has("content-range")).toBe(false);
});

test("whoever asks for a 200 by its number gets all, and for a 206 a range that is true", async () => {
  expect((await call("/file", { range: "bytes=1-2", prefer: "code=200" })).status).toBe(200);
  const all = await call("/file", { prefer: "code=206" });
  expect([await all.text(), all.headers.get("content-range")]).toEqual([content, "bytes 0-15/16"]);
  const part = await call("/file", { prefer: "code=206", range: "bytes=1-2" });
  expect([await part.text(), part.headers.get("content-range")]).toEqual(["12", "bytes 1-2/16"]);
});

test.each(['W/"e1"', '"e1"', '"other", W/"e1"', "*"])("If-None-Match %s is a 304 without a body", async (condition) => {
  for (const method of ["GET", "HEAD"]) {
    const request = get(`${mock.origin}/file`, { method, headers: { "if-none-match": condition, range: "bytes=0-1" } });
    const [response] = (await once(request, "response")) as [IncomingMessage];
    response.resume();
    const { statusCode, headers } = response;
    expect([statusCode, headers.etag, headers["content-length"], headers["content-type"]]).toEqual([
      304,
      'W/"e1"',
      undefined,
      undefined,
    ]);
  }
});

test("If-None-Match with another tag is answered in full", async () => {
  expect((await call("/file", { "if-none-match": '"e2"' })).status).toBe(200);
});
