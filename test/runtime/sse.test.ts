import { expect, test } from "vitest";
import type { OperationDescriptor } from "../../runtime/index.js";
import { answerInPieces, drain, startEvents, streamNotes, watchNotes } from "./streams.js";
import { notes, serve } from "./support.js";

/** What the HTML Living Standard says of an event stream (9.2.6), in one. */
const corpus = [
  "\ufeff: a comment",
  "data: first",
  "",
  ":",
  "event: ping",
  "data:second",
  "id: 7",
  "",
  "data",
  "data",
  "",
  "data:",
  "",
  "event: lost, as it has no data",
  "",
  'data: "one\ndata:  two\ndata\ndata: end"',
  "event:ping",
  "",
  "id: has a \u0000",
  "retry: 3000",
  "retry: soon",
  "DATA: no field",
  " data: no field",
  "unknown: x",
  "unknown",
  "event: brand-new",
  "data: a\u2028b\u2029c\u0085d",
  "",
  "",
  ":heartbeat",
  "",
  "event: ping",
  "event",
  'data: 日本語 🎉 é: "x"',
  "id",
  "",
  'data:{"last":[1]}',
].join("\n");
const events = [
  { event: "message", data: "first" },
  { event: "ping", data: "second", id: "7" },
  { event: "message", data: "\n" },
  { event: "message", data: "" },
  { event: "ping", data: '"one\n two\n\nend"' },
  { event: "brand-new", data: "a\u2028b\u2029c\u0085d" },
  { event: "message", data: '日本語 🎉 é: "x"', id: "" },
  { event: "message", data: '{"last":[1]}' },
];
const lineEnds = { LF: "\n", CRLF: "\r\n", CR: "\r" };
const asStrings: OperationDescriptor = { ...watchNotes, eventJson: [] };

const read = (pieces: Iterable<Uint8Array>, operation = asStrings) =>
  drain(notes({ url: "http://127.0.0.1:1" }, { fetch: async () => answerInPieces(pieces) }).stream(operation, {}));

test.each(Object.entries(lineEnds))(
  "the whole standard with %s, in one piece from a server",
  async (_name, lineEnd) => {
    const server = await serve((response) => {
      startEvents(response);
      response.end(corpus.replaceAll("\n", lineEnd));
    });
    expect(await drain(notes(server).stream(asStrings, {}))).toEqual({ events, error: undefined });
  },
);

test.each(Object.entries(lineEnds))("the whole standard with %s, byte by byte", async (_name, lineEnd) => {
  const bytes = Buffer.from(corpus.replaceAll("\n", lineEnd));
  expect(await read([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual({ events, error: undefined });
});

test.each(Object.entries(lineEnds))("the whole standard with %s, divided at every byte", async (_name, lineEnd) => {
  const bytes = Buffer.from(corpus.replaceAll("\n", lineEnd));
  for (let at = 0; at <= bytes.length; at++) {
    const pieces = [bytes.subarray(0, at), new Uint8Array(), bytes.subarray(at)];
    expect(await read(pieces), `divided at ${at}`).toEqual({ events, error: undefined });
  }
});

test("all line ends may be mixed", async () => {
  const text = "data: 1\r\ndata: 2\rdata: 3\n\ndata: 4\r\r\ndata: 5\r\n\rdata: 6\n\r\n\n\r\r\ndata: 7\n\r";
  for (let at = 0; at <= text.length; at++) {
    const { events } = await read([text.slice(0, at), text.slice(at)].map((piece) => Buffer.from(piece)));
    expect(events, `divided at ${at}`).toEqual(
      ["1\n2\n3", "4", "5", "6", "7"].map((data) => ({ event: "message", data })),
    );
  }
});

test("an event is delivered when its blank line has come, though that is a CR at the end of a piece", async () => {
  const server = await serve((response) => startEvents(response, 'data: {"id":"1"}\r\r'));
  const stream = notes(server).stream(streamNotes, {})[Symbol.asyncIterator]();
  expect(await stream.next()).toEqual({ done: false, value: { id: "1" } });
  await stream.return?.();
});

test.each(["", "\n", "\r", "\r\n"])(
  "an event that the end cuts off is delivered if its data is whole (%j)",
  async (end) => {
    expect(await read([Buffer.from(`data: 1\n\nevent: note\ndata: {"id":\ndata: "2"}${end}`)], watchNotes)).toEqual({
      events: [
        { event: "message", data: 1 },
        { event: "note", data: { id: "2" } },
      ],
      error: undefined,
    });
  },
);

test.each([
  'data: {"id":',
  "data: half a te",
  "data: 12",
  "data: nul",
  "data: {}\nevent: no",
  "data: {}\nid: 4",
  "dat",
  "event: note",
])("an event that the end cuts off in the middle is not an event (%j)", async (end) => {
  expect(await read([Buffer.from(`data: 1\n\n${end}`)], watchNotes)).toEqual({
    events: [{ event: "message", data: 1 }],
    error: undefined,
  });
});

test("half a character at the end makes the event incomplete, and a broken one elsewhere does not", async () => {
  const bytes = Buffer.from('data: "é');
  expect(await read([bytes.subarray(0, -1)])).toEqual({ events: [], error: undefined });
  expect(await read([Buffer.from("data: {}"), bytes.subarray(-2, -1)])).toEqual({ events: [], error: undefined });
  expect((await read([Buffer.from("data: "), Uint8Array.of(0xff), Buffer.from("\n\n")])).events).toEqual([
    { event: "message", data: "\ufffd" },
  ]);
});

test("text that looks like an undecoded byte order mark is text", async () => {
  expect((await read([Buffer.from("\u00ef\u00bb\u00bfdata: no field\n\ndata: 1\n\n")])).events).toEqual([
    { event: "message", data: "1" },
  ]);
});

test("an event of 3 MiB comes through, in one line and in many", async () => {
  const text = "0123456789abcdé\n".repeat(3 * 65_536);
  const server = await serve((response) => {
    startEvents(response, `data: ${JSON.stringify({ text })}\n\n`);
    response.end(`data: ${JSON.stringify(text.split("\n"), null, 1).replaceAll("\n", "\r\ndata: ")}\r\n\r\n`);
  });
  const { events, error } = await drain(notes(server).stream(streamNotes, {}));
  expect(error).toBeUndefined();
  expect(events).toEqual([{ text }, text.split("\n")]);
});

test("an event of 3 MiB in small pieces takes no more than its share of time", async () => {
  const data = Buffer.from(`data: "${"x".repeat(3 * 2 ** 20)}"\n\n`);
  const pieces = Array.from({ length: Math.ceil(data.length / 100) }, (_, index) =>
    data.subarray(index * 100, index * 100 + 100),
  );
  expect((await read(pieces)).events).toHaveLength(1);
});
