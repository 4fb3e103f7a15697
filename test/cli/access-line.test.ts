import { expect, test } from "vitest";
import { accessLine } from "../../src/cli/access-line.js";
import type { AccessEntry } from "../../src/mock/index.js";

const entry: AccessEntry = {
  time: new Date(2025, 0, 2, 3, 4, 5),
  method: "GET",
  path: "/shop/items",
  status: 200,
  durationMs: 1.4,
  reasons: [],
};

test("a line has time, method, status, duration and path", () => {
  expect(accessLine(entry, true)).toBe("03:04:05 GET    200   1 ms  /shop/items");
});

test("a short reason stands behind the path, a long one below it, and nothing is wider than 80 columns", () => {
  const refused = (reasons: string[], path = "/shop/items") =>
    accessLine({ ...entry, status: 400, path, reasons }, true).split("\n");
  expect(refused(["query limit must be <= 5"])).toEqual([
    "03:04:05 GET    400   1 ms  /shop/items  query limit must be <= 5",
  ]);
  const long = refused(["word ".repeat(30).trim(), "x".repeat(200)], `/${"y".repeat(100)}`);
  expect(long.length).toBeGreaterThan(3);
  expect(Math.max(...long.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("a log that is no terminal has one whole line a request", () => {
  const path = `/${"y".repeat(100)}`;
  const line = accessLine({ ...entry, status: 400, path, reasons: ["a", "b ".repeat(60).trim()] }, false);
  expect(line).toContain(path);
  expect(line).toMatch(/ {2}a; (b )+b$/);
  expect(line).not.toContain("\n");
});

test("a path cannot write control characters to the terminal", () => {
  const line = accessLine({ ...entry, path: "/\u001b[31m\u009b2J\r\n", reasons: ["\u0007"] }, false);
  expect(line).not.toMatch(/\p{Cc}/u);
});

test("a failure of the mock is printed with its stack", () => {
  const error = new Error("broken");
  expect(accessLine({ ...entry, status: 500, error, reasons: ["broken"] }, true)).toContain(String(error.stack));
});
