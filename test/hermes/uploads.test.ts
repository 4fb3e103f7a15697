import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { ApiAbortError, HermesError, type Upload } from "../../src/hermes.js";
import { rejection } from "../runtime/support.js";
import { startHermes } from "./server.js";
import { inSession, password } from "./support.js";

const bytes = Uint8Array.from({ length: 70_000 }, (_, at) => (at * 31) % 256);

function streamOf(...pieces: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const piece = pieces.shift();
      // Pieces come one by one, as from a disk.
      await setImmediate();
      if (piece) controller.enqueue(piece);
      else controller.close();
    },
  });
}

async function* generate(...pieces: (Uint8Array | string)[]) {
  for (const piece of pieces) {
    await setImmediate();
    yield piece;
  }
}

const shared = new Uint8Array(bytes.length + 20);
shared.set(bytes, 10);

const contents: [string, () => Upload, string, string][] = [
  ["a Blob", () => new Blob([bytes], { type: "image/png" }), "file", "image/png"],
  ["a File", () => new File([bytes], "photo.png", { type: "image/png" }), "photo.png", "image/png"],
  ["an ArrayBuffer", () => bytes.slice().buffer, "file", "application/octet-stream"],
  ["a part of a buffer", () => shared.subarray(10, -10), "file", "application/octet-stream"],
  ["a DataView", () => new DataView(shared.buffer, 10, bytes.length), "file", "application/octet-stream"],
  ["a ReadableStream", () => streamOf(bytes.slice(0, 5), bytes.slice(5)), "file", "application/octet-stream"],
  ["an async iterable", () => generate(bytes.slice(0, 5), bytes.slice(5)), "file", "application/octet-stream"],
  [
    "a stream with a name and a type",
    () => ({ content: streamOf(bytes), filename: "photo.png", contentType: "image/png" }),
    "photo.png",
    "image/png",
  ],
  [
    "a File under another name",
    () => ({ content: new File([bytes], "a.png", { type: "image/png" }), filename: "b.png" }),
    "b.png",
    "image/png",
  ],
];

test.each(contents)(
  "%s is uploaded whole, with its name and its length told beforehand",
  async (_what, make, name, type) => {
    const server = await startHermes();
    const { hermes, id } = await inSession(server);
    const answer = await hermes.files.upload({ session_id: id, file: make() });
    expect(answer).toMatchObject({ filename: name, size: bytes.length });
    const [upload] = server.files.uploads;
    expect(upload).toMatchObject({ filename: name, type });
    expect(upload?.content.equals(bytes)).toBe(true);
    expect(Number(upload?.sentLength)).toBeGreaterThan(bytes.length);
    expect(server.requests.at(-1)?.headers["transfer-encoding"]).toBeUndefined();
  },
);

test("a file is read from the disk as a stream of Node's", async () => {
  const folder = await mkdtemp(join(tmpdir(), "upload-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "data.bin"), bytes);
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  const content = createReadStream(join(folder, "data.bin"), { highWaterMark: 1000 });
  await hermes.files.upload({ session_id: id, file: { content, filename: "data.bin" } });
  expect(server.files.uploads[0]?.content.equals(bytes)).toBe(true);
});

test("text from an async iterable is sent in UTF-8, and an empty file as one", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  await hermes.files.upload({ session_id: id, file: { content: generate("Grüße ", "€"), filename: "a.txt" } });
  await hermes.files.upload({ session_id: id, file: { content: generate(), filename: "b.txt" } });
  expect(server.files.uploads.map(({ content }) => content.toString())).toEqual(["Grüße €", ""]);
});

test.each([
  ["/home/me/secret project/a.png", "a.png"],
  ["C:\\Users\\me\\a.png", "a.png"],
  ["../../etc/passwd", "passwd"],
  ["folder/", "file"],
  ["..", "file"],
  ["a/..", "file"],
  [".", "file"],
  [".gitignore", ".gitignore"],
])("no folder of the sender's machine gets into the name (%s)", async (filename, sent) => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  await hermes.files.upload({ session_id: id, file: { content: new Blob(["a"]), filename } });
  await hermes.files.upload({ session_id: id, file: new File(["a"], filename) });
  expect(server.files.uploads.map((upload) => upload.filename)).toEqual([sent, sent]);
});

test("a name cannot add a field or a header to the form", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  const filename = 'a"\r\nContent-Type: text/html\r\n\r\n<script>"; name="session_id.png';
  await hermes.files.upload({ session_id: id, file: { content: new Blob(["a"]), filename, contentType: "image/png" } });
  expect(server.files.uploads).toHaveLength(1);
  expect(server.files.uploads[0]).toMatchObject({ name: "file", type: "image/png" });
  expect(server.files.uploads[0]?.content.toString()).toBe("a");
});

test("names in any language arrive", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  const { filename } = await hermes.files.upload({ session_id: id, file: new File(["a"], "Übersicht_概要.txt") });
  expect(server.files.uploads[0]?.filename).toBe("Übersicht_概要.txt");
  expect(filename).toBe("Übersicht_概要.txt");
});

test("an upload that the gate has refused is sent again whole, also one from a stream", async () => {
  const server = await startHermes({ password });
  const { hermes, id } = await inSession(server, { retry: false });
  server.auth.endSessions();
  await hermes.files.upload({ session_id: id, file: { content: streamOf(bytes), filename: "a.bin" } });
  expect(server.count("POST /api/upload")).toBe(2);
  expect(server.files.uploads).toHaveLength(1);
  expect(server.files.uploads[0]?.content.equals(bytes)).toBe(true);
});

test("what an upload answers goes with a message as it is", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  const file = await hermes.files.upload({ session_id: id, file: new File(["a"], "a.png") });
  await hermes.chat.send(id, "Look", { attachments: [file] }).started;
  expect(JSON.parse(String(server.requests.at(-1)?.body))).toMatchObject({ attachments: [{ filename: "a.png" }] });
});

test("refusals of an upload are HermesErrors", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  const unknown = await rejection(hermes.files.upload({ session_id: "unknown", file: new Blob(["a"]) }));
  const large = await rejection(hermes.files.upload({ session_id: id, file: new Blob([new Uint8Array(20_971_520)]) }));
  expect(unknown).toBeInstanceOf(HermesError);
  expect(unknown).toMatchObject({ status: 404, operation: "uploadFile", body: { error: "Session not found" } });
  expect(large).toBeInstanceOf(HermesError);
  expect(large).toMatchObject({ status: 413, body: { error: "File too large (max 20MB)" } });
});

test.each([["text"], [42], [null], [{}], [["a"]]])(
  "what is no file is a TypeError that names the field (%j)",
  async (file) => {
    const server = await startHermes();
    const { hermes, id } = await inSession(server);
    const before = server.requests.length;
    const error = await rejection(hermes.files.upload({ session_id: id, file: file as unknown as Upload }));
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: expect.stringContaining("`file`") });
    expect(server.requests).toHaveLength(before);
  },
);

test("a stream that fails fails the upload with its own error, and nothing is sent", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  const content = new ReadableStream<Uint8Array>({
    pull() {
      throw new Error("The disk is gone.");
    },
  });
  const error = await rejection(hermes.files.upload({ session_id: id, file: { content } }));
  expect(error).toMatchObject({ message: "The disk is gone." });
  expect(server.count("POST /api/upload")).toBe(0);
});

test("an abort ends the reading of a stream that never ends, and gives the stream up", { timeout: 5000 }, async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  const controller = new AbortController();
  let isGivenUp = false;
  const content = new ReadableStream<Uint8Array>({
    cancel() {
      isGivenUp = true;
    },
  });
  const upload = rejection(hermes.files.upload({ session_id: id, file: content }, { signal: controller.signal }));
  controller.abort("enough");
  expect(await upload).toBeInstanceOf(ApiAbortError);
  expect(isGivenUp).toBe(true);
  expect(server.count("POST /api/upload")).toBe(0);
});
