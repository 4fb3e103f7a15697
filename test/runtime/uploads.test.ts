import { getEventListeners } from "node:events";
import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { ApiAbortError, type OperationDescriptor, type RequestOptions, type Upload } from "../../runtime/index.js";
import { notes, rejection, sendJson, signalled } from "./support.js";

const upload: OperationDescriptor = {
  id: "uploadFile",
  method: "POST",
  path: "/files",
  body: "form",
  files: ["file", "preview"],
  query: ["folder"],
  payload: "data",
};

/** A form as a server has got it. */
interface ReceivedForm {
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  /** A character for each byte. */
  readonly raw: string;
  readonly form: FormData;
}

/** Starts a server that takes forms, and refuses the first `refusals` of them with 429. */
async function takeForms(refusals = 0) {
  const received: ReceivedForm[] = [];
  const server = createServer(async (request, response) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of request) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    const { url, headers } = request;
    const type = headers["content-type"] ?? "";
    const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
    received.push({ url, headers, raw: bytes.toString("latin1"), form });
    sendJson(response, received.length <= refusals ? 429 : 200, { data: "stored" });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const send = (params: object, options?: RequestOptions) => notes({ url }).call(upload, { params }, options);
  return { received, send };
}

/** Sends one file, and tells what has come of it. */
async function sendFile(file: Upload) {
  const { received, send } = await takeForms();
  expect(await send({ file })).toBe("stored");
  const [{ form, raw, headers } = expect.fail("nothing came")] = received;
  const part = form.get("file") as File;
  return { name: part.name, type: part.type, text: await part.text(), raw, headers };
}

/** A web stream of these pieces. */
const streamOf = (...pieces: readonly Uint8Array[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
const bytes = (text: string) => new TextEncoder().encode(text);

test.each<[string, () => Upload]>([
  ["a File", () => new File(["the ", "content"], "a.txt")],
  ["a Blob", () => new Blob(["the content"])],
  ["an ArrayBuffer", () => bytes("the content").buffer],
  ["a Uint8Array", () => bytes("the content")],
  ["a Buffer", () => Buffer.from("the content")],
  ["a part of a buffer", () => new DataView(bytes(">>the content<<").buffer, 2, 11)],
  ["a web stream", () => streamOf(bytes("the "), bytes("content"))],
  ["a stream of Node's", () => Readable.from([Buffer.from("the "), "content"])],
  [
    "a generator of bytes and strings",
    async function* () {
      yield "the ";
      yield bytes("content");
    },
  ],
])("%s is sent with its bytes, by itself or with a name", async (_what, content) => {
  expect((await sendFile(content())).text).toBe("the content");
  const named = await sendFile({ content: content() as Blob, filename: "b.txt" });
  expect(named).toMatchObject({ text: "the content", name: "b.txt" });
});

test("bytes that are no text arrive as they were", async () => {
  const all = Uint8Array.from({ length: 1024 }, (_, index) => index % 256);
  const { received, send } = await takeForms();
  await send({ file: all, preview: streamOf(all.subarray(0, 500), all.subarray(500)) });
  for (const field of ["file", "preview"]) {
    const part = received[0]?.form.get(field) as File;
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(all);
  }
});

test("an empty file is a file", async () => {
  expect(await sendFile(new Uint8Array())).toMatchObject({ text: "", name: "file" });
  expect(await sendFile(streamOf())).toMatchObject({ text: "" });
});

test("a file of the disk is sent as it is read", async () => {
  const folder = await mkdtemp(join(tmpdir(), "notes-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "a.txt"), "x".repeat(200_000));
  const { text, name } = await sendFile(createReadStream(join(folder, "a.txt")));
  expect(text.length).toBe(200_000);
  expect(name).toBe("file");
});

test.each([
  ["a.txt", "a.txt"],
  ["/home/me/secret project/a.txt", "a.txt"],
  ["C:\\Users\\me\\a.txt", "a.txt"],
  ["..\\../a.txt", "a.txt"],
  ["../../etc/passwd", "passwd"],
  ["folder/", "file"],
  ["..", "file"],
  [".", "file"],
  ["a/..", "file"],
  ["..\\..", "file"],
  ["", "file"],
  [".env", ".env"],
  ["a..b", "a..b"],
  ["line\n/home/me/a.txt", "a.txt"],
  ["Bericht März 📄.pdf", "Bericht März 📄.pdf"],
])("a name is sent without its folders (%j)", async (given, name) => {
  expect((await sendFile({ content: bytes("x"), filename: given })).name).toBe(name);
  expect((await sendFile(new File(["x"], given))).name).toBe(name);
});

test("a name of its own comes before that of a File, and content without any is called `file`", async () => {
  const file = new File(["x"], "theirs.txt");
  expect((await sendFile({ content: file, filename: "mine.txt" })).name).toBe("mine.txt");
  expect((await sendFile({ content: file })).name).toBe("theirs.txt");
  expect((await sendFile({ content: file, filename: undefined })).name).toBe("theirs.txt");
  expect((await sendFile(new Blob(["x"]))).name).toBe("file");
});

test("quotes and line breaks in a name or in a field's name cannot break the headers of a part", async () => {
  const evil = 'a"; name="role"\r\nX-Evil: 1\r\n\r\nadmin\n--';
  const { received, send } = await takeForms();
  await send({ file: { content: bytes("x"), filename: evil }, [evil]: "text" });
  const [{ form, raw } = expect.fail("nothing came")] = received;
  expect([...form.keys()]).toHaveLength(2);
  expect(form.has("role")).toBe(false);
  expect(raw).not.toMatch(/^X-Evil/m);
  expect(raw).toContain('filename="a%22; name=%22role%22%0D%0AX-Evil: 1%0D%0A%0D%0Aadmin%0A--"');
});

test("a media type with a line break in it cannot break the headers of a part", async () => {
  const contentType = "text/plain\r\nX-Evil: 1";
  const { raw, type, text } = await sendFile({ content: bytes("x"), contentType });
  expect(raw).not.toContain("X-Evil");
  expect([type, text]).toEqual(["application/octet-stream", "x"]);
});

test("the media type is the given one, else the Blob's, else that of bytes", async () => {
  const png = new Blob(["x"], { type: "image/png" });
  expect((await sendFile(png)).type).toBe("image/png");
  expect((await sendFile({ content: png, contentType: "image/webp" })).type).toBe("image/webp");
  expect((await sendFile(new Blob(["x"]))).type).toBe("application/octet-stream");
  expect((await sendFile(bytes("x"))).type).toBe("application/octet-stream");
  expect((await sendFile({ content: streamOf(bytes("x")), contentType: "audio/webm;codecs=opus" })).raw).toContain(
    "Content-Type: audio/webm;codecs=opus\r\n",
  );
});

test("other fields are sent as text, objects as JSON, a list as a part for each item, and what is undefined not at all", async () => {
  const { received, send } = await takeForms();
  await send({
    folder: "a b",
    file: bytes("x"),
    title: "Größe & \r\n more",
    count: 3,
    flag: false,
    nothing: null,
    missing: undefined,
    tags: ["a", "b"],
    meta: { a: [1] },
  });
  const [{ form, url } = expect.fail("nothing came")] = received;
  expect(url).toBe("/files?folder=a%20b");
  expect([...form.keys()]).toEqual(["file", "title", "count", "flag", "nothing", "tags", "tags", "meta"]);
  const values = ["title", "count", "flag", "nothing", "meta"].map((name) => form.get(name));
  expect(values).toEqual(["Größe & \r\n more", "3", "false", "null", '{"a":[1]}']);
  expect(form.getAll("tags")).toEqual(["a", "b"]);
});

test("a form without any field is a form", async () => {
  const { received, send } = await takeForms();
  await send({});
  expect([...(received[0]?.form.keys() ?? ["nothing came"])]).toEqual([]);
});

test("the length of a form is sent, also of one with a stream in it", async () => {
  for (const file of [bytes("x"), streamOf(bytes("x"))]) {
    const { headers, raw } = await sendFile(file);
    expect(headers["content-length"]).toBe(String(raw.length));
    expect(headers["transfer-encoding"]).toBeUndefined();
    expect(headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
  }
});

test("a form with a stream in it is sent again as it was", async () => {
  const { received, send } = await takeForms(1);
  expect(await send({ file: streamOf(bytes("the "), bytes("content")) })).toBe("stored");
  expect(received).toHaveLength(2);
  expect(received[1]?.raw).toBe(received[0]?.raw);
  expect(received[1]?.raw).toContain("the content");
});

test.each<[string, unknown]>([
  ["a string, which might be meant as a path", "/home/me/a.txt"],
  ["a number", 7],
  ["null", null],
  ["an object that is no file", { path: "a.txt" }],
  ["a list with something else in it", [bytes("x"), "text"]],
  ["a name without content", { content: undefined, filename: "a.txt" }],
  ["content that is text", { content: "text", filename: "a.txt" }],
  ["a promise of a file", Promise.resolve(bytes("x"))],
])("%s as a file is a TypeError that names the field, and nothing is sent", async (_what, preview) => {
  const { received, send } = await takeForms();
  const error = await rejection(send({ file: bytes("x"), preview }));
  expect(error).toBeInstanceOf(TypeError);
  expect((error as Error).message).toMatch(/^`preview` must be a File, a Blob, bytes or a stream/);
  expect(received).toEqual([]);
});

test.each<[string, unknown]>([
  ["objects", { a: 1 }],
  ["numbers", 1],
  ["undefined", undefined],
])("a stream of %s is a TypeError that names the field, and not a file of their names", async (_what, piece) => {
  async function* pieces() {
    yield "good";
    yield piece;
  }
  const { received, send } = await takeForms();
  const error = await rejection(send({ file: pieces() }));
  expect(error).toBeInstanceOf(TypeError);
  expect((error as Error).message).toMatch(/^`file` must be a stream of bytes or strings/);
  expect(received).toEqual([]);
});

test.each<[string, (failure: Error) => unknown]>([
  [
    "a generator",
    async function* (failure) {
      yield "half of it";
      throw failure;
    },
  ],
  [
    "a web stream",
    (failure) =>
      new ReadableStream({
        pull: (controller) => controller.error(failure),
      }),
  ],
])("%s that fails rejects the call with its own error, and nothing is sent", async (_what, fail) => {
  const failure = new Error("the disk is gone");
  const { received, send } = await takeForms();
  expect(await rejection(send({ file: fail(failure) }))).toBe(failure);
  expect(await rejection(send({ file: fail(failure) }, { signal: new AbortController().signal }))).toBe(failure);
  expect(received).toEqual([]);
});

test("an abort ends a call that still waits for its file, and nothing is sent", async () => {
  const { received, send } = await takeForms();
  const controller = new AbortController();
  const givenUp: unknown[] = [];
  const endless = new ReadableStream<Uint8Array>({
    pull: () => {
      queueMicrotask(() => controller.abort("enough"));
      return new Promise(() => {});
    },
    cancel: (reason) => void givenUp.push(reason),
  });
  const error = await rejection(send({ file: endless }, { signal: controller.signal }));
  expect(error).toBeInstanceOf(ApiAbortError);
  expect(error).toMatchObject({ cause: "enough", operation: "uploadFile", attempts: 0 });
  expect(givenUp).toEqual(["enough"]);
  expect(received).toEqual([]);
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
});

test("an abort ends the reading of a generator with its next piece", async () => {
  const { received, send } = await takeForms();
  const controller = new AbortController();
  const left = signalled();
  async function* endless() {
    try {
      for (;;) {
        yield "more ";
        controller.abort();
      }
    } finally {
      left.resolve();
    }
  }
  const error = await rejection(send({ file: endless() }, { signal: controller.signal }));
  expect(error).toBeInstanceOf(ApiAbortError);
  await left.promise;
  expect(received).toEqual([]);
});

test("a web stream with a piece of another kind is given up", async () => {
  const { send } = await takeForms();
  const cancelled = signalled();
  const stream = new ReadableStream({ pull: (controller) => controller.enqueue(7), cancel: cancelled.resolve });
  expect(await rejection(send({ file: stream }))).toBeInstanceOf(TypeError);
  await cancelled.promise;
});

test("a call that is aborted before it begins does not touch its file", async () => {
  const { send } = await takeForms();
  const untouched = streamOf(bytes("x"));
  const error = await rejection(send({ file: untouched }, { signal: AbortSignal.abort() }));
  expect(error).toBeInstanceOf(ApiAbortError);
  expect(untouched.locked).toBe(false);
  expect(await new Response(untouched).text()).toBe("x");
});

test("where a loop cannot read a web stream it is read all the same", async () => {
  const stream = streamOf(bytes("the "), bytes("content"));
  Object.defineProperty(stream, Symbol.asyncIterator, { value: undefined });
  expect((await sendFile(stream)).text).toBe("the content");
});
