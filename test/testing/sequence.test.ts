import { expect, test } from "vitest";
import { parseEvents, splitSequence } from "../../src/testing/sequence.js";

test.each([
  ["LF", "\n"],
  ["CRLF", "\r\n"],
  ["CR", "\r"],
])("events are read whatever ends their lines: %s", (_, end) => {
  const lines = [": hello", "event: a", "data: 1", "data:2", "id: 7", "retry: 100", "", "data", "", "data: cut off"];
  expect(parseEvents(lines.join(end))).toEqual([{ event: "a", data: "1\n2", id: "7", retry: 100 }, { data: "" }]);
});

test("a byte order mark before the first event is dropped", () => {
  expect(parseEvents("\uFEFFdata: x\n\n")).toEqual([{ data: "x" }]);
});

test("lines of JSON are taken apart, and one that is broken does not hide the others", () => {
  expect(splitSequence("application/x-ndjson", '{"a":1}\n{"a":\n\n{"a":3}')).toEqual([
    { value: { a: 1 } },
    { broken: "An item of 5 characters is not JSON." },
    { value: { a: 3 } },
  ]);
  expect(splitSequence("application/json-seq", "\u001e1\n\u001e2\n")).toEqual([{ value: 1 }, { value: 2 }]);
});

test("a sequence in a framing that nobody knows is left alone", () => {
  expect(splitSequence("multipart/mixed", "--x")).toBeUndefined();
});
