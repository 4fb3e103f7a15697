import { describe, expect, test } from "vitest";
import { isJson, matchMediaType, parseMediaType } from "../../src/testing/media-type.js";

const pick = (documented: string[], received: string) =>
  matchMediaType(
    documented.map((mediaType) => ({ mediaType })),
    received,
  )?.mediaType;

describe("a received media type falls under a documented one", () => {
  test.each([
    ["application/json", "application/json"],
    ["application/json", "application/json; charset=utf-8"],
    ["application/json", "Application/JSON;charset=UTF-8"],
    ["application/*", "application/json"],
    ["*/*", "image/png"],
    ["application/*+json", "application/problem+json"],
    ["text/html; charset=utf-8", 'text/html; charset="UTF-8"'],
  ])("%s covers %s", (documented, received) => {
    expect(pick([documented], received)).toBe(documented);
  });

  test.each([
    ["application/json", "text/html"],
    ["application/json", "application/problem+json"],
    ["text/html; charset=utf-8", "text/html"],
    ["text/html; charset=utf-8", "text/html; charset=latin1"],
    ["text/*", "application/text"],
    ["application/*+json", "application/json"],
    ["application/json", "nonsense"],
  ])("%s does not cover %s", (documented, received) => {
    expect(pick([documented], received)).toBeUndefined();
  });

  test("and the most specific of several is meant, wherever it stands", () => {
    const documented = ["*/*", "text/*", "text/plain", "text/plain; format=flowed"];
    expect(pick(documented, "text/plain")).toBe("text/plain");
    expect(pick(documented, "text/plain; format=flowed")).toBe("text/plain; format=flowed");
    expect(pick(documented, "text/css")).toBe("text/*");
    expect(pick(documented, "image/png")).toBe("*/*");
  });
});

test("quoted parameters are read as RFC 9110 says", () => {
  expect(parseMediaType('a/b; x="1;\\"2"; Y=3')?.parameters).toEqual(
    new Map([
      ["x", '1;"2'],
      ["y", "3"],
    ]),
  );
});

test("JSON is told by its subtype or by its suffix", () => {
  expect(["application/json", "application/problem+json; charset=utf-8", "text/json"].every(isJson)).toBe(true);
  expect(["application/jsonl", "text/event-stream", "json"].some(isJson)).toBe(false);
});
