import fc from "fast-check";
import { expect, test } from "vitest";
import { eventsAfter, isEvent, splitEvents } from "../../src/mock/events.js";

test.each([
  ["data: 1\n\ndata: 2\n\n", ["data: 1\n\n", "data: 2\n\n"]],
  ["data: 1\r\n\r\ndata: 2\r\n\r\n", ["data: 1\r\n\r\n", "data: 2\r\n\r\n"]],
  ["data: 1\r\rdata: 2\r\r", ["data: 1\r\r", "data: 2\r\r"]],
  ["data: 1\r\ndata: 2\r\n\r\n", ["data: 1\r\ndata: 2\r\n\r\n"]],
  ["data: 1\n\n\n\ndata: 2\n\n", ["data: 1\n\n\n\n", "data: 2\n\n"]],
  [": hi\n\ndata: 1\n\n", [": hi\n\n", "data: 1\n\n"]],
  [": hi\ndata: 1\n: inside\ndata: 2\n\n", [": hi\n", "data: 1\n: inside\ndata: 2\n\n"]],
  ["data: 1\n\ndata: cut o", ["data: 1\n\n", "data: cut o"]],
  ["\n\ndata: 1\n\n", ["\n\n", "data: 1\n\n"]],
  ["", []],
])("%j is sent in the pieces %j", (text, pieces) => {
  expect(splitEvents(text)).toEqual(pieces);
});

test("no text is changed by being sent in pieces", () => {
  const line = fc.constantFrom("data: x", ": c", "id: 1", "", "event: a", "é");
  const end = fc.constantFrom("\n", "\r\n", "\r");
  const text = fc.array(fc.tuple(line, end)).map((lines) => lines.flat().join(""));
  fc.assert(fc.property(text, (written) => splitEvents(written).join("") === written));
});

test("a comment is no event, and an event with a comment in it is one", () => {
  expect([": hi\n\n", "\n", "data: 1\n\n", ": hi\ndata: 1\n\n"].map(isEvent)).toEqual([false, false, true, true]);
});

test("only what comes after the event with an id is left, and everything if no event has it", () => {
  const text = "id: a:1\ndata: 1\n\n: c\n\nid:a:2\r\ndata: 2\n\ndata: 3\n\n";
  expect(eventsAfter(text, "a:1")).toBe(": c\n\nid:a:2\r\ndata: 2\n\ndata: 3\n\n");
  expect(eventsAfter(text, "a:2")).toBe("data: 3\n\n");
  expect(eventsAfter(text, "a")).toBe(text);
});
