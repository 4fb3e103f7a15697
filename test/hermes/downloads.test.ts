import { expect, test } from "vitest";
import { ApiAbortError, ApiConnectionError, ApiTimeoutError, Download, HermesError } from "../../src/hermes.js";
import { rejection, signalled } from "../runtime/support.js";
import { type HermesServer, startHermes } from "./server.js";
import { inSession, password } from "./support.js";

const text = "Ten bytes.";

async function withFile(options: Parameters<typeof startHermes>[0] = {}, client: Parameters<typeof inSession>[1] = {}) {
  const server: HermesServer = await startHermes(options);
  server.files.workspace.set("a.txt", Buffer.from(text));
  return { server, ...(await inSession(server, client)) };
}

test("a file comes with its bytes, its media type, its size and its name", async () => {
  const { server, hermes, id } = await withFile({ password });
  const file = { session_id: id, path: "a.txt" };
  const download = await hermes.files.readRaw(file);
  expect(download).toBeInstanceOf(Download);
  expect(download).toMatchObject({
    status: 200,
    contentType: "application/octet-stream",
    size: 10,
    filename: "a.txt",
    range: undefined,
    etag: undefined,
  });
  expect(await download.bytes()).toEqual(new Uint8Array(Buffer.from(text)));
  expect(await (await hermes.files.readRaw(file)).text()).toBe(text);
  const blob = await (await hermes.files.readRaw(file)).blob();
  expect([blob.size, blob.type]).toEqual([10, "application/octet-stream"]);
  expect(server.requests.at(-1)?.headers.accept).toBe("*/*");
});

test("a file of no bytes is one, and not an error", async () => {
  const { server, hermes, id } = await withFile();
  server.files.workspace.set("empty", Buffer.alloc(0));
  const download = await hermes.files.readRaw({ session_id: id, path: "empty" });
  expect(download).toMatchObject({ status: 200, size: 0 });
  expect(await download.bytes()).toEqual(new Uint8Array());
});

test("a download can be read before all of it is sent", async () => {
  const { server, hermes, id } = await withFile();
  server.files.holdAfter = 4;
  const download = await hermes.files.readRaw({ session_id: id, path: "a.txt" });
  const reader = download.body.getReader();
  const first = await reader.read();
  expect(Buffer.from(first.value ?? []).toString()).toBe("Ten ");
  server.files.release();
  let rest = "";
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) rest += Buffer.from(piece.value);
  expect(rest).toBe("bytes.");
});

test("a part of a file is asked for as a range, and says which part it is", async () => {
  const { server, hermes, id } = await withFile();
  const download = await hermes.files.readRaw({ session_id: id, path: "a.txt", range: "bytes=4-8" });
  expect(download).toMatchObject({ status: 206, size: 5, range: { first: 4, last: 8, size: 10 }, filename: "a.txt" });
  expect(await download.text()).toBe("bytes");
  expect(server.requests.at(-1)?.headers.range).toBe("bytes=4-8");
  expect(server.requests.at(-1)?.query.has("range")).toBe(false);
  const tail = await hermes.files.readRaw({ session_id: id, path: "a.txt", range: "bytes=-6" });
  expect(tail.range).toEqual({ first: 4, last: 9, size: 10 });
  expect(await tail.text()).toBe("bytes.");
});

test("a range outside of the file is a HermesError", async () => {
  const { server, hermes, id } = await withFile();
  const error = await rejection(hermes.files.readRaw({ session_id: id, path: "a.txt", range: "bytes=10-" }));
  expect(error).toBeInstanceOf(HermesError);
  expect(error).toMatchObject({ status: 416, operation: "readFileRaw", body: undefined, attempts: 1 });
  expect(server.count("GET /api/file/raw")).toBe(1);
});

test("a file that is not there is a HermesError with the server's words", async () => {
  const { hermes, id } = await withFile();
  const error = await rejection(hermes.files.readRaw({ session_id: id, path: "../a.txt" }));
  expect(error).toBeInstanceOf(HermesError);
  expect(error).toMatchObject({ status: 404, body: { error: "not found" } });
});

test("media that has not changed is no error and has no bytes", async () => {
  const { server, hermes } = await withFile();
  server.files.media.set("/media/a.png", Buffer.from("PNG"));
  const first = await hermes.files.getMedia({ path: "/media/a.png" });
  expect(first).toMatchObject({ status: 200, contentType: "image/png" });
  expect(first.etag).toMatch(/^W\/"[0-9a-f]+"$/);
  expect(await first.text()).toBe("PNG");
  const known = { path: "/media/a.png", ifNoneMatch: first.etag ?? "" };
  const second = await hermes.files.getMedia(known);
  expect(second).toMatchObject({ status: 304, etag: first.etag });
  expect(await second.bytes()).toEqual(new Uint8Array());
  server.files.media.set("/media/a.png", Buffer.from("PNG2"));
  const third = await hermes.files.getMedia(known);
  expect(third.status).toBe(200);
  expect(await third.text()).toBe("PNG2");
});

test("media from where the server allows none is a HermesError", async () => {
  const { hermes } = await withFile();
  const error = await rejection(hermes.files.getMedia({ path: "/etc/passwd" }));
  expect(error).toBeInstanceOf(HermesError);
  expect(error).toMatchObject({ status: 403, body: { error: "Path not in allowed location" } });
});

test("a folder comes as an archive whose length nobody knows beforehand", async () => {
  const { hermes, id } = await withFile();
  const download = await hermes.files.downloadFolder({ session_id: id, path: "src" });
  expect(download).toMatchObject({ contentType: "application/zip", size: undefined, filename: "src.zip" });
  expect((await download.bytes()).slice(0, 2)).toEqual(new Uint8Array(Buffer.from("PK")));
});

test("speech comes as audio", async () => {
  const { hermes } = await withFile();
  const speech = await hermes.voice.synthesize({ text: "Hello" });
  expect(speech).toMatchObject({ status: 200, contentType: "audio/mpeg", size: 9 });
  expect((await speech.bytes())[0]).toBe(0xff);
});

test.each([
  ["Übersicht 概要.txt", "Übersicht 概要.txt"],
  ['say "hi".txt', 'say "hi".txt'],
  ["100%.txt", "100%.txt"],
])("the name of a download arrives in any language (%s)", async (path, filename) => {
  const { server, hermes, id } = await withFile();
  server.files.workspace.set(path, Buffer.from("a"));
  const download = await hermes.files.readRaw({ session_id: id, path, download: 1 });
  expect(download.filename).toBe(filename);
  await download.cancel();
});

test.each([
  ["attachment; filename=plain.txt", "plain.txt"],
  ['attachment; filename="a \\"b\\".txt"', 'a "b".txt'],
  ["attachment; filename*=UTF-8''%2e%2e%2f%2e%2e%2fetc%2fpasswd", "passwd"],
  ['attachment; filename="..\\\\..\\\\boot.ini"', "boot.ini"],
  ['attachment; filename="/"', undefined],
  ['attachment; filename=".."', undefined],
  ["attachment; filename*=UTF-8''%E0%A4%A; filename=\"plain.txt\"", "plain.txt"],
  ["attachment; filename=\"a; filename*=UTF-8''b.txt\"", "a; filename*=UTF-8''b.txt"],
  ["inline", undefined],
])("a name that a server gives leads to no other folder (%s)", async (disposition, filename) => {
  const { server, hermes, id } = await withFile();
  server.intercept = (_request, response) => {
    response.writeHead(200, { "content-disposition": disposition }).end("a");
    return true;
  };
  const download = await hermes.files.readRaw({ session_id: id, path: "a.txt" });
  expect(download.filename).toBe(filename);
  await download.cancel();
});

test("a download logs in, and is asked for again after a 503", async () => {
  const { server, hermes, id } = await withFile({ password });
  server.auth.endSessions();
  let left = 1;
  server.intercept = ({ path }, response) => {
    if (path !== "/api/file/raw" || left-- <= 0) return false;
    response.writeHead(503).end();
    return true;
  };
  expect(await (await hermes.files.readRaw({ session_id: id, path: "a.txt" })).text()).toBe(text);
  expect(server.count("POST /api/auth/login")).toBe(2);
});

test("a download that breaks off is an ApiConnectionError, and not a short file", async () => {
  const { server, hermes, id } = await withFile();
  server.intercept = (_request, response) => {
    response.writeHead(200, { "content-length": 10 });
    response.write("Ten ", () => response.destroy());
    return true;
  };
  const download = await hermes.files.readRaw({ session_id: id, path: "a.txt" });
  const error = await rejection(download.bytes());
  expect(error).toBeInstanceOf(ApiConnectionError);
  expect(error).toMatchObject({ operation: "readFileRaw" });
});

test("a download that stops is a timeout", async () => {
  const { server, hermes, id } = await withFile({}, { timeouts: { idle: 50 } });
  server.files.holdAfter = 4;
  const error = await rejection((await hermes.files.readRaw({ session_id: id, path: "a.txt" })).text());
  expect(error).toBeInstanceOf(ApiTimeoutError);
  expect(error).toMatchObject({ budget: "idle" });
});

test.each(["abort", "cancel"])("a download that is given up gives its connection back (%s)", async (how) => {
  const { server, hermes, id } = await withFile();
  const closed = signalled();
  server.files.holdAfter = 4;
  server.intercept = (_request, response) => {
    response.on("close", closed.resolve);
    return false;
  };
  const controller = new AbortController();
  const download = await hermes.files.readRaw({ session_id: id, path: "a.txt" }, { signal: controller.signal });
  if (how === "cancel") await download.cancel();
  else {
    const reading = rejection(download.bytes());
    controller.abort("enough");
    expect(await reading).toBeInstanceOf(ApiAbortError);
  }
  await closed.promise;
});

test("a session is exported as JSON or as a page", async () => {
  const { hermes, id } = await withFile();
  const { data, response } = await hermes.sessions.export({ session_id: id }).withResponse();
  expect(data).toMatchObject({ session_id: id, messages: [], context_messages: [] });
  expect(response.headers.get("content-disposition")).toBe(`attachment; filename="hermes-${id}.json"`);
  expect(await hermes.sessions.export({ session_id: id, format: "html" })).toBe(
    "<!doctype html><title>Untitled</title>",
  );
  const error = await rejection(hermes.sessions.export({ session_id: "unknown", format: "html" }));
  expect(error).toMatchObject({ status: 404, body: { error: "Session not found" } });
});
