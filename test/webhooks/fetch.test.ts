import { expect, test, vi } from "vitest";
import { fetchHandler, honoHandler } from "../../src/herobrain/webhooks.js";
import { body, chunked, secret, signed } from "./support.js";

const newRequest = (content: BodyInit = body) =>
  new Request("http://localhost/", { method: "POST", headers: signed(), body: content, duplex: "half" } as RequestInit);

test.each([
  ["json()", (request: Request) => request.json()],
  ["text()", (request: Request) => request.text()],
  [
    "a reader that has let go of it",
    async (request: Request) => {
      const reader = request.body?.getReader();
      await reader?.read();
      reader?.releaseLock();
    },
  ],
  ["a reader that has not begun", async (request: Request) => void request.body?.getReader()],
])("a body that %s has taken before is a mistake that onError explains, and no wrong signature", async (_, read) => {
  for (const name of ["fetch", "hono"]) {
    const onError = vi.fn();
    const options = { secrets: secret, onEvent: () => {}, onError };
    const request = newRequest();
    await read(request);
    const response =
      name === "fetch" ? await fetchHandler(options)(request) : await honoHandler(options)({ req: { raw: request } });
    expect(response.status).toBe(500);
    expect(onError.mock.calls).toEqual([[expect.any(TypeError)]]);
    expect(String(onError.mock.calls[0]?.[0])).toContain("has been read before");
  }
});

test("a clone that was read before does no harm", async () => {
  const request = newRequest();
  await request.clone().json();
  expect((await fetchHandler({ secrets: secret, onEvent: () => {} })(request)).status).toBe(200);
});

test("a body that breaks off is refused with 400", async () => {
  const onRefused = vi.fn();
  const broken = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(body));
    },
    pull(controller) {
      controller.error(new Error("reset"));
    },
  });
  const response = await fetchHandler({ secrets: secret, onEvent: () => {}, onRefused })(newRequest(broken));
  expect(response.status).toBe(400);
  expect(onRefused.mock.calls[0]?.[0]).toMatchObject({ reason: "malformed-body" });
});

test("of a body without an end no more is read than the limit", async () => {
  let chunks = 0;
  const endless = new ReadableStream({
    pull(controller) {
      chunks += 1;
      controller.enqueue(new Uint8Array(1000));
    },
  });
  const response = await fetchHandler({ secrets: secret, onEvent: () => {}, maxBytes: 5000 })(newRequest(endless));
  expect(response.status).toBe(413);
  expect(chunks).toBeLessThan(10);
});

test("nothing is read of a body that says itself that it is too long", async () => {
  const read = vi.fn();
  const body = new ReadableStream({ pull: read }, { highWaterMark: 0 });
  const request = newRequest(body);
  request.headers.set("content-length", "1048577");
  expect((await fetchHandler({ secrets: secret, onEvent: () => {} })(request)).status).toBe(413);
  expect(read).not.toHaveBeenCalled();
});

test("a character that is cut by a chunk's end is whole again", async () => {
  const contents: string[] = [];
  const handle = fetchHandler({
    secrets: secret,
    onEvent: (event) => event.event === "memory.created" && contents.push(event.data.content),
  });
  expect((await handle(newRequest(chunked(new TextEncoder().encode(body), 1)))).status).toBe(200);
  expect(contents).toEqual(["Met with Søren about Q4 goals 🎯"]);
});
