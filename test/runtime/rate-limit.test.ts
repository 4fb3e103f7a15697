import { expect, test } from "vitest";
import { readRateLimit, readRetryAfter } from "../../runtime/rate-limit.js";
import { api } from "./support.js";

const now = Date.UTC(2025, 10, 22, 12, 0, 0);
const retryAfter = (headers: Record<string, string>) =>
  readRetryAfter(new Headers(headers), api.rateLimit?.retryAfter, now);

test("the API's own header comes before the standard one", () => {
  expect(retryAfter({ "x-ratelimit-retry-after": "60", "retry-after": "5" })).toBe(60_000);
  expect(retryAfter({ "x-ratelimit-retry-after": "soon", "retry-after": "5" })).toBe(5000);
});

test("a Retry-After in seconds is understood, also 0", () => {
  expect(retryAfter({ "retry-after": "120" })).toBe(120_000);
  expect(retryAfter({ "retry-after": "0" })).toBe(0);
});

test("a Retry-After in each of the three date forms of RFC 9110 is understood", () => {
  expect(retryAfter({ "retry-after": "Sat, 22 Nov 2025 12:00:30 GMT" })).toBe(30_000);
  expect(retryAfter({ "retry-after": "Saturday, 22-Nov-25 12:00:30 GMT" })).toBe(30_000);
  expect(retryAfter({ "retry-after": "Sat Nov 22 12:00:30 2025" })).toBe(30_000);
});

test("a Retry-After in the past means now", () => {
  expect(retryAfter({ "retry-after": "Sat, 22 Nov 2025 11:00:00 GMT" })).toBe(0);
});

test("a client whose clock is an hour slow waits as long as one whose clock is right", () => {
  expect(retryAfter({ "retry-after": "Sat, 22 Nov 2025 13:00:30 GMT", date: "Sat, 22 Nov 2025 13:00:00 GMT" })).toBe(
    30_000,
  );
});

test.each(["", "-5", "soon", "1e9", "0x10", "Infinity", "NaN", "5, 6", "12:00", "Sat, soon"])(
  "a Retry-After of `%s` is ignored",
  (value) => {
    expect(retryAfter({ "retry-after": value })).toBeUndefined();
  },
);

test("the state of the rate limit is read from the headers that the API documents", () => {
  const headers = new Headers({
    "x-ratelimit-limit": "1000",
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": "1638360000",
  });
  expect(readRateLimit(headers, api.rateLimit, now)).toEqual({
    limit: 1000,
    remaining: 0,
    reset: new Date("2021-12-01T12:00:00Z"),
  });
});

test("a reset may count the seconds from the answer on", () => {
  const headers = new Headers({ "x-ratelimit-reset": "30" });
  const reset = (resetUnit: "unix-seconds" | "delta-seconds") =>
    readRateLimit(headers, { reset: "x-ratelimit-reset", resetUnit }, now);
  expect(reset("delta-seconds")).toEqual({ reset: new Date("2025-11-22T12:00:30Z") });
  expect(reset("unix-seconds")).toEqual({ reset: new Date("1970-01-01T00:00:30Z") });
});

test("the API's own header may be the standard one, with seconds or a date", () => {
  const wait = (value: string) =>
    readRateLimit(new Headers({ "retry-after": value }), { retryAfter: "Retry-After" }, now);
  expect(wait("5")).toEqual({ retryAfterMs: 5000 });
  expect(wait("Sat, 22 Nov 2025 12:00:30 GMT")).toEqual({ retryAfterMs: 30_000 });
});

test("an answer without such headers has no rate limit", () => {
  expect(readRateLimit(new Headers({ "x-ratelimit-limit": "many" }), api.rateLimit, now)).toBeUndefined();
  expect(readRateLimit(new Headers({ "x-ratelimit-limit": "1" }), undefined, now)).toBeUndefined();
});

test("a number that no clock and no counter can have is passed over", () => {
  const many = "9".repeat(400);
  expect(retryAfter({ "retry-after": many })).toBeUndefined();
  const headers = { "x-ratelimit-limit": many, "x-ratelimit-remaining": "1", "x-ratelimit-reset": "9".repeat(15) };
  expect(readRateLimit(new Headers(headers), api.rateLimit, now)).toEqual({ remaining: 1 });
});
