import { describe, expect, test } from "vitest";
import { loadDescription } from "../../src/testing/index.js";
import type { Json } from "../../src/testing/json.js";
import type { Schema } from "../../src/testing/openapi.js";
import { asText, readScalar, readSimple } from "../../src/testing/text-value.js";
import { kitchenSink } from "./kitchen-sink.js";

const { document } = loadDescription(kitchenSink());
const place = (value: Schema) => ({ pointer: "/x", value, evidence: "documented", sensitive: false }) as const;

describe("a text is read by the types that its schema allows", () => {
  test.each<[Schema, string, Json]>([
    [{ type: "integer" }, "20", 20],
    [{ type: "integer" }, "1.5", 1.5],
    [{ type: "integer" }, "020", "020"],
    [{ type: "integer" }, " 20", " 20"],
    [{ type: "integer" }, "", ""],
    [{ type: "number" }, "-1e3", -1000],
    [{ type: "string" }, "20", "20"],
    [{ type: "boolean" }, "true", true],
    [{ type: "boolean" }, "1", "1"],
    [{ type: ["integer", "null"] }, "", null],
    [{ anyOf: [{ type: "integer" }, { const: "all" }] }, "all", "all"],
    [{ enum: [1, 2] }, "2", 2],
    [{ enum: [1, 2] }, "3", 3],
    [{ type: "string", enum: ["1", "0"] }, "1", "1"],
  ])("%j: %j", (schema, text, value) => {
    expect(readScalar(document, place(schema), text)).toEqual(value);
  });
});

describe("a header of style simple", () => {
  test("holds a list between commas", () => {
    const schema = place({ type: "array", items: { type: "integer" } });
    expect(readSimple(document, schema, "1, 2,x", false)).toEqual([1, 2, "x"]);
    expect(readSimple(document, schema, "", false)).toEqual([]);
  });

  test("holds an object in pairs, exploded or not", () => {
    const schema = place({ type: "object", properties: { R: { type: "integer" } } });
    expect(readSimple(document, schema, "R,100,G,x", false)).toEqual({ R: 100, G: "x" });
    expect(readSimple(document, schema, "R=100,G=x=y", true)).toEqual({ R: 100, G: "x=y" });
  });
});

test("a number in place of a text is a text when it arrives", () => {
  const schema = place({
    type: "object",
    properties: { a: { type: "string" }, b: { type: "array", items: { type: "integer" } } },
  });
  expect(asText(document, schema, { a: 5, b: [1, "x"], c: true })).toEqual({ a: "5", b: [1, "x"], c: true });
});
