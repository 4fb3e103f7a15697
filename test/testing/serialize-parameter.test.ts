import { describe, expect, test } from "vitest";
import type { ParameterLocation, ParameterStyle } from "../../src/testing/openapi.js";
import { serializeHeader, serializePairs, serializePath, type Writing } from "../../src/testing/serialize-parameter.js";

const color = (location: ParameterLocation, style: ParameterStyle, explode: boolean): Writing => ({
  name: "color",
  in: location,
  style,
  explode,
});

const query = (writing: Writing, value: Parameters<typeof serializePairs>[1]) =>
  serializePairs(writing, value)
    .map(({ name, value: text }) => `${name}=${text}`)
    .join("&");

const list = ["blue", "black", "brown"];
const object = { R: 100, G: 200, B: 150 };

/** The table "Style Examples" of the Parameter Object, with the rows of one column each in its order. */
describe("a value in a path is written as the OpenAPI table of styles says", () => {
  test.each([
    ["matrix", false, ";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"],
    ["matrix", true, ";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"],
    ["label", false, ".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"],
    ["label", true, ".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"],
    ["simple", false, "", "blue", "blue,black,brown", "R,100,G,200,B,150"],
    ["simple", true, "", "blue", "blue,black,brown", "R=100,G=200,B=150"],
  ] as const)("%s, explode %s", (style, explode, empty, single, many, members) => {
    const writing = color("path", style, explode);
    expect(["", "blue", list, object].map((value) => serializePath(writing, value))).toEqual([
      empty,
      single,
      many,
      members,
    ]);
  });
});

describe("a value in a query is written as the OpenAPI table of styles says", () => {
  test.each([
    ["form", false, "color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"],
    ["form", true, "color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"],
  ] as const)("%s, explode %s", (style, explode, empty, single, many, members) => {
    const writing = color("query", style, explode);
    expect(["", "blue", list, object].map((value) => query(writing, value))).toEqual([empty, single, many, members]);
  });

  test.each([
    ["spaceDelimited", "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"],
    ["pipeDelimited", "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"],
  ] as const)("%s", (style, many, members) => {
    const writing = color("query", style, false);
    expect([query(writing, list), query(writing, object)]).toEqual([many, members]);
  });

  test("deepObject, with its brackets percent-encoded, since a URL may not hold them", () => {
    const expected = "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150";
    expect(query(color("query", "deepObject", true), object)).toBe(expected);
  });
});

describe("percent-encoding", () => {
  test("covers everything but the unreserved characters of RFC 3986", () => {
    const writing = color("query", "form", true);
    expect(query(writing, "a b&c=d/e?f#g%h+i,é!'()*~-._")).toBe(
      "color=a%20b%26c%3Dd%2Fe%3Ff%23g%25h%2Bi%2C%C3%A9%21%27%28%29%2A~-._",
    );
    expect(serializePath(color("path", "simple", false), "../x y")).toBe("..%2Fx%20y");
  });

  test("leaves the commas between the items of a list alone, but not those in them", () => {
    expect(query(color("query", "form", false), ["a,b", "c"])).toBe("color=a%2Cb,c");
  });

  test("spares the reserved characters that a query can hold, if the description allows it", () => {
    const writing = { ...color("query", "form", true), allowReserved: true };
    expect(query(writing, "a/b:c?d&e=f#g+h")).toBe("color=a/b:c?d%26e%3Df%23g%2Bh");
  });

  test("covers the name of a parameter too", () => {
    expect(query({ ...color("query", "form", true), name: "a[b]" }, 1)).toBe("a%5Bb%5D=1");
  });
});

describe("a value elsewhere", () => {
  test("in a header is written with commas and not percent-encoded", () => {
    expect(serializeHeader(color("header", "simple", false), ["a b", "c"])).toBe("a b,c");
    expect(serializeHeader(color("header", "simple", true), object)).toBe("R=100,G=200,B=150");
  });

  test("in a cookie is percent-encoded under the style form, and not under the style cookie", () => {
    expect(query(color("cookie", "form", true), "a b")).toBe("color=a%20b");
    expect(query(color("cookie", "cookie", true), "a b")).toBe("color=a b");
  });

  test("that is described by a media type is written in it", () => {
    const writing = { ...color("query", "form", true), mediaType: "application/json" };
    expect(query(writing, { a: 1 })).toBe("color=%7B%22a%22%3A1%7D");
  });

  test("is not sent at all if it is an empty list", () => {
    expect(query(color("query", "form", false), [])).toBe("");
    expect(query(color("query", "form", true), [])).toBe("");
  });
});
