import { createServer, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  type ApiClientOptions,
  ApiConnectionError,
  ApiError,
  ApiStreamError,
  ApiTimeoutError,
} from "../../runtime/index.js";
import { serveRaw } from "./sockets.js";
import { drain, streamNotes, watchNotes } from "./streams.js";
import { createNote, getNote, notes, rejection, serverAt, signalled, watchTimers } from "./support.js";

const one = { path: { id: "1" } };
const text = { params: { text: "t" } };
type Notes = ReturnType<typeof notes>;

const calls: readonly [kind: string, isSafe: boolean, call: (client: Notes) => PromiseLike<unknown>][] = [
  ["a GET", true, (client) => client.call(getNote, one)],
  ["a POST", false, (client) => client.call(createNote, text)],
  ["a GET by path", true, (client) => client.fetch.GET("/notes/{id}", { params: one })],
  ["a POST by path", false, (client) => client.fetch.POST("/notes", { body: {} })],
];

/** Every test fails that leaves a rejection behind which nobody handles. */
const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeEach(() => {
  process.on("unhandledRejection", note);
});
afterEach(async () => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", note);
  expect(unhandled.splice(0)).toEqual([]);
});

/** A fetch that tells when the headers have come: what a server resets sooner may never be read. */
function watchedFetch() {
  let arrived = signalled();
  const fetch = async (input: RequestInfo | URL) => {
    const response = await globalThis.fetch(input);
    arrived.resolve();
    arrived = signalled();
    return response;
  };
  return { fetch, headers: () => arrived.promise };
}

const head = (...lines: string[]) =>
  ["HTTP/1.1 200 OK", "Content-Type: application/json", ...lines, "", ""].join("\r\n");

/** What a server does wrong before its headers are whole. The request may be sent again if it only reads. */
const beforeHeaders: readonly [what: string, act: (socket: Socket) => unknown, options?: ApiClientOptions][] = [
  ["a connection that is reset before the headers", (socket) => socket.resetAndDestroy()],
  ["a connection that is closed before the headers", (socket) => socket.end()],
  ["a connection that is closed in the middle of the headers", (socket) => socket.end("HTTP/1.1 200 OK\r\nContent-")],
  ["garbage instead of HTTP", (socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n")],
  ["zeros instead of HTTP", (socket) => socket.end(new Uint8Array(1000))],
  ["a status that is none", (socket) => socket.end("HTTP/1.1 abc OK\r\n\r\n")],
  ["a header of 64 KiB", (socket) => socket.end(head(`X-Long: ${"x".repeat(65_536)}`, "Content-Length: 0"))],
  ["two different lengths", (socket) => socket.end(`${head("Content-Length: 2", "Content-Length: 9")}{}`)],
];

test.each(beforeHeaders.flatMap(([what, act]) => calls.map((call) => [what, ...call, act] as const)))(
  "%s is an ApiConnectionError for %s, and leaves nothing behind",
  async (_what, _kind, isSafe, call, act) => {
    const pending = watchTimers();
    const server = await serveRaw(act);
    const error = await rejection(call(notes(server)));
    expect(error).toBeInstanceOf(ApiConnectionError);
    expect(error).toMatchObject({
      message: expect.stringMatching(/^Notes: No answer to (GET|POST) http\S+: ./),
      attempts: isSafe ? 3 : 1,
      isRetryable: isSafe,
    });
    expect((error as Error).cause).toBeInstanceOf(Error);
    expect(server.requests()).toBe(isSafe ? 3 : 1);
    expect(pending()).toBe(0);
    await server.allClosed();
  },
);

test.each(calls)(
  "silence before the headers uses up the headers budget of %s, and leaves nothing behind",
  async (_kind, isSafe, call) => {
    const pending = watchTimers();
    const server = await serveRaw(() => {});
    // Long enough for each request to arrive on a busy machine, since the server counts them.
    const error = await rejection(call(notes(server, { timeouts: { headers: 400 } })));
    expect(error).toBeInstanceOf(ApiTimeoutError);
    expect(error).toMatchObject({ budget: "headers", attempts: isSafe ? 3 : 1, isRetryable: isSafe });
    expect(server.requests()).toBe(isSafe ? 3 : 1);
    expect(pending()).toBe(0);
    await server.allClosed();
  },
);

/** What a server does wrong in a body, once the client has the headers. It is never sent again by itself. */
const inTheBody: readonly [what: string, headers: string, act: (socket: Socket) => unknown][] = [
  ["a connection that is reset after the headers", head("Content-Length: 20"), (socket) => socket.resetAndDestroy()],
  ["a connection that is closed after the headers", head("Content-Length: 20"), (socket) => socket.end()],
  [
    "a connection that is reset in the middle of JSON",
    `${head("Content-Length: 20")}{"data":`,
    (socket) => socket.resetAndDestroy(),
  ],
  ["a body that is shorter than its Content-Length", `${head("Content-Length: 20")}{"data":`, (socket) => socket.end()],
  [
    "a JSON value that is whole in a body that is not",
    `${head("Content-Length: 20")}{"data":1}`,
    (socket) => socket.end(),
  ],
  [
    "a chunked body without its last chunk",
    `${head("Transfer-Encoding: chunked")}A\r\n{"data":1}\r\n`,
    (socket) => socket.end(),
  ],
  [
    "a chunk that is shorter than it says",
    `${head("Transfer-Encoding: chunked")}FF\r\n{"data":1}\r\n`,
    (socket) => socket.end(),
  ],
  ["a chunk whose length is none", head("Transfer-Encoding: chunked"), (socket) => socket.end("zz\r\n{}\r\n0\r\n\r\n")],
];

test.each(inTheBody.flatMap(([what, headers, act]) => calls.map((call) => [what, ...call, headers, act] as const)))(
  "%s is an ApiConnectionError for %s, and leaves nothing behind",
  async (_what, _kind, isSafe, call, headers, act) => {
    const pending = watchTimers();
    const watched = watchedFetch();
    const server = await serveRaw((socket) => {
      watched.headers().then(() => act(socket));
      socket.write(headers);
    });
    const error = await rejection(call(notes(server, { fetch: watched.fetch })));
    expect(error).toBeInstanceOf(ApiConnectionError);
    expect(error).toMatchObject({
      message: expect.stringMatching(/^Notes: The answer broke off: ./),
      attempts: 1,
      isRetryable: isSafe,
    });
    expect((error as Error).cause).toBeInstanceOf(Error);
    expect(server.requests()).toBe(1);
    expect(pending()).toBe(0);
    await server.allClosed();
  },
);

test.each(calls)(
  "headers and then silence use up the idle budget of %s, and leave nothing behind",
  async (_kind, isSafe, call) => {
    const pending = watchTimers();
    const server = await serveRaw((socket) => socket.write(`${head("Content-Length: 20")}{"da`));
    const error = await rejection(call(notes(server, { timeouts: { idle: 50 } })));
    expect(error).toBeInstanceOf(ApiTimeoutError);
    expect(error).toMatchObject({ budget: "idle", attempts: 1, isRetryable: isSafe });
    expect(server.requests()).toBe(1);
    expect(pending()).toBe(0);
    await server.allClosed();
  },
);

test("a body of one byte per tick comes whole, and none of its pieces uses up the idle budget", async () => {
  const pending = watchTimers();
  const body = JSON.stringify({ data: "a slow answer".repeat(20) });
  const server = await serveRaw((socket) => {
    socket.setNoDelay(true);
    socket.write(head(`Content-Length: ${body.length}`, "Connection: close"));
    let at = 0;
    const next = () => {
      socket.write(body[at++] ?? "");
      if (at < body.length) setImmediate(next);
      else socket.end();
    };
    next();
  });
  expect(await notes(server).call(getNote, one)).toBe("a slow answer".repeat(20));
  expect(pending()).toBe(0);
  await server.allClosed();
});

test("a body of one byte per tick that has no end uses up the total budget, and leaves nothing behind", async () => {
  const pending = watchTimers();
  const server = await serveRaw((socket) => {
    socket.write(head());
    const trickle = setInterval(() => socket.write(" "), 1);
    socket.on("close", () => clearInterval(trickle));
  });
  const error = await rejection(notes(server, { timeouts: { total: 100 } }).call(getNote, one));
  expect(error).toBeInstanceOf(ApiTimeoutError);
  expect(error).toMatchObject({ budget: "total", attempts: 1, isRetryable: true });
  expect(pending()).toBe(0);
  await server.allClosed();
});

test.each([
  ["a status line without a reason", "HTTP/1.1 200\r\n"],
  ["a status line with an empty reason", "HTTP/1.1 200 \r\n"],
  [
    "early hints before the answer",
    "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\n",
  ],
  ["line ends and lengths that are unusual", "HTTP/1.1 200 OK\r\nX-Empty:\r\nX-Space: \t a \t\r\n"],
])("%s is an answer like any other", async (_what, start) => {
  const server = await serveRaw((socket) =>
    socket.end(`${start}Content-Length: 10\r\nConnection: close\r\n\r\n{"data":1}`),
  );
  expect(await notes(server).call(getNote, one)).toBe(1);
  await server.allClosed();
});

test.each(calls)(
  "a 100 before the answer ends %s in its answer or in an ApiConnectionError, as the runtime has it",
  async (_kind, isSafe, call) => {
    const pending = watchTimers();
    const server = await serveRaw((socket) =>
      socket.end(`HTTP/1.1 100 Continue\r\n\r\n${head("Content-Length: 10", "Connection: close")}{"data":1}`),
    );
    const outcome = await Promise.resolve(call(notes(server))).catch((error: unknown) => error);
    if (outcome instanceof Error) {
      expect(outcome).toBeInstanceOf(ApiConnectionError);
      expect(outcome).toMatchObject({ attempts: isSafe ? 3 : 1, isRetryable: isSafe });
    } else {
      expect(outcome === 1 || (outcome as { data: unknown }).data).toBeTruthy();
      expect(server.requests()).toBe(1);
    }
    expect(pending()).toBe(0);
    await server.allClosed();
  },
);

test.each(calls)("a connection that is refused is an ApiConnectionError for %s", async (_kind, isSafe, call) => {
  const pending = watchTimers();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = serverAt(server);
  await new Promise((resolve) => server.close(resolve));
  const error = await rejection(call(notes({ url })));
  expect(error).toBeInstanceOf(ApiConnectionError);
  expect(error).toMatchObject({
    message: expect.stringContaining("ECONNREFUSED"),
    attempts: isSafe ? 3 : 1,
    isRetryable: isSafe,
  });
  expect(pending()).toBe(0);
});

test.each(calls)("TLS to a plain port is an ApiConnectionError for %s", async (_kind, isSafe, call) => {
  const pending = watchTimers();
  const server = await serveRaw((socket) => socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"));
  const error = await rejection(call(notes({ url: server.url.replace("http:", "https:") })));
  expect(error).toBeInstanceOf(ApiConnectionError);
  expect(error).toMatchObject({ attempts: isSafe ? 3 : 1, isRetryable: isSafe });
  expect(server.requests()).toBe(isSafe ? 3 : 1);
  expect(pending()).toBe(0);
  await server.allClosed();
});

const events = ["HTTP/1.1 200 OK", "Content-Type: text/event-stream", "Transfer-Encoding: chunked", "", ""].join(
  "\r\n",
);
const chunk = (data: string) => `${data.length.toString(16)}\r\n${data}\r\n`;

test.each([
  ["reset", streamNotes, (socket: Socket) => socket.resetAndDestroy()],
  ["closed", streamNotes, (socket: Socket) => socket.end()],
  ["reset", watchNotes, (socket: Socket) => socket.resetAndDestroy()],
  ["closed", watchNotes, (socket: Socket) => socket.end()],
])(
  "a connection that is %s in the middle of an event ends the loop with an ApiStreamError after the events before it (%o)",
  async (_how, operation, act) => {
    const pending = watchTimers();
    const read = signalled();
    const server = await serveRaw((socket) => {
      socket.write(`${events}${chunk('data: {"n":1}\n\n')}${chunk('data: {"n"')}`);
      read.promise.then(() => act(socket));
    });
    const seen: unknown[] = [];
    const loop = async () => {
      for await (const event of notes(server).stream(operation, {})) {
        seen.push(event);
        read.resolve();
      }
    };
    const error = await rejection(loop());
    expect(seen).toHaveLength(1);
    expect(error).toBeInstanceOf(ApiStreamError);
    expect(error).toMatchObject({
      message: expect.stringMatching(/^Notes: The answer broke off: ./),
      event: undefined,
      attempts: 1,
      isRetryable: operation.method === "GET",
    });
    expect((error as Error).cause).toBeInstanceOf(Error);
    expect(server.requests()).toBe(1);
    expect(pending()).toBe(0);
    await server.allClosed();
  },
);

test("an event and then silence use up the idle budget of a stream, and leave nothing behind", async () => {
  const pending = watchTimers();
  const server = await serveRaw((socket) => socket.write(`${events}${chunk('data: {"n":1}\n\n')}${chunk("data: ")}`));
  const { events: seen, error } = await drain(notes(server, { timeouts: { idle: 50 } }).stream(watchNotes, {}));
  expect(seen).toEqual([{ event: "message", data: { n: 1 } }]);
  expect(error).toBeInstanceOf(ApiTimeoutError);
  expect(error).toMatchObject({ budget: "idle", attempts: 1, isRetryable: true });
  expect(server.requests()).toBe(1);
  expect(pending()).toBe(0);
  await server.allClosed();
});

test.each(beforeHeaders)("%s rejects the loop over a stream with an ApiConnectionError", async (_what, act) => {
  const pending = watchTimers();
  const server = await serveRaw(act);
  const { events: seen, error } = await drain(notes(server).stream(watchNotes, {}));
  expect(seen).toEqual([]);
  expect(error).toBeInstanceOf(ApiConnectionError);
  expect(error).toMatchObject({ attempts: 3, isRetryable: true });
  expect(pending()).toBe(0);
  await server.allClosed();
});

test("a server that recovers after a reset, garbage and silence is answered for by the fourth attempt", async () => {
  const server = await serveRaw((socket, _request, count) => {
    if (count === 1) socket.resetAndDestroy();
    else if (count === 2) socket.end("garbage\r\n\r\n");
    else if (count === 4) socket.end(`${head("Content-Length: 10", "Connection: close")}{"data":4}`);
  });
  const client = notes(server, { retry: { attempts: 4 }, timeouts: { headers: 50 } });
  expect(await client.call(getNote, one)).toBe(4);
  await server.allClosed();
});

test("no fault is anything but an ApiError, whatever bytes a server answers with", async () => {
  const answers = [
    "\0",
    "HTTP/1.1",
    "HTTP/9.9 200 OK\r\n\r\n",
    "HTTP/1.1 200 OK\r\nbad header\r\n\r\n",
    "\r\n\r\n",
    "200 OK",
  ];
  const server = await serveRaw((socket, _request, count) => socket.end(answers[count - 1] ?? ""));
  for (const answer of answers) {
    const error = await rejection(notes(server, { retry: false }).call(getNote, one));
    expect(error, answer).toBeInstanceOf(ApiError);
  }
  await server.allClosed();
});
