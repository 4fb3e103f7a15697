import { describe, expect, test, vi } from "vitest";
import { loadDescription } from "../../src/testing/index.js";
import { validatorOf } from "../../src/testing/validator.js";
import { kitchenSink } from "./kitchen-sink.js";

const description = loadDescription(kitchenSink());
const validator = await validatorOf(description);
const schema = (name: string) => `/components/schemas/${name}`;
const where = (name: string, value: unknown, direction: "request" | "response" = "response") =>
  validator.validate(schema(name), value, direction).map(({ location, pointer }) => [location, pointer]);

const account = { id: "a1", token: "t" };
const order = { name: "abc", secret: "hidden", lines: [{ sku: "k1" }] };

describe("the direction decides what is required", () => {
  test("a writeOnly property may be absent from a response, but not from a request", () => {
    expect(where("Account", account, "response")).toEqual([]);
    expect(where("Account", account, "request")).toEqual([["", "/components/schemas/Account/required"]]);
  });

  test("a readOnly property may be absent from a request, but not from a response, also below allOf", () => {
    expect(where("Order", order, "request")).toEqual([]);
    expect(where("Order", order, "response")).toEqual([["", "/components/schemas/Order/allOf/0/required"]]);
  });
});

describe("an error points into the description, to the keyword that is broken", () => {
  test("behind a $ref it points to the component", () => {
    const pointer = "/paths/~1answers/get/responses/200/content/application~1json/schema";
    const [error] = validator.validate(pointer, { ...account, id: "b1" }, "response");
    expect(error).toMatchObject({ location: "/id", pointer: "/components/schemas/Account/properties/id/pattern" });
  });

  test("in a list it points to the schema of the items, and names the item", () => {
    const value = { ...order, lines: [{ sku: "k1" }, { sku: "no" }] };
    const pointer = "/components/schemas/Order/properties/lines/items/properties/sku/pattern";
    expect(where("Order", value, "request")).toEqual([["/lines/1/sku", pointer]]);
  });

  test("a path with braces and slashes in it can be pointed through", () => {
    const pointer = "/paths/~1things~1{number}~1{kind}/parameters/0/schema";
    expect(validator.validate(pointer, 0, "request")).toMatchObject([{ pointer: `${pointer}/minimum` }]);
  });
});

describe("a value that fits no alternative", () => {
  const union = "/paths/~1unions/post/requestBody/content/application~1json/schema";
  const brokenBy = (value: unknown) => validator.validate(union, value, "request").map(({ pointer }) => pointer);

  test("is compared with the alternative that it is meant to be, and with no other", () => {
    expect(brokenBy({ kind: "call" })).toEqual([`${union}/oneOf`, "/components/schemas/Call/required"]);
    expect(brokenBy({ kind: "note", text: 5 })).toEqual([
      `${union}/oneOf`,
      "/components/schemas/Note/properties/text/type",
    ]);
  });

  test("is only said to fit none if none comes closest", () => {
    expect(brokenBy("text")).toEqual([`${union}/oneOf`]);
  });
});

describe("formats are checked, those of OpenAPI included", () => {
  test.each([
    ["/components/schemas/Order/properties/when", "2026-01-02T03:04:05Z", "2026-01-02"],
    ["/paths/~1numbers/get/parameters/3/schema", 2_147_483_647, 2_147_483_648],
    ["/paths/~1texts/get/parameters/4/schema", "2026-01-02T03:04:05.5+01:00", "yesterday"],
  ])("%s", (pointer, good, bad) => {
    expect(validator.validate(pointer, good, "response")).toEqual([]);
    expect(validator.validate(pointer, bad, "response")).toMatchObject([{ keyword: "format" }]);
  });
});

describe("JSON inside the data of an event", () => {
  test("is checked against its contentSchema, and the error names both ways down", () => {
    const found = where("Event", { event: "tick", data: '{"count": "one"}' });
    expect(found.at(-1)).toEqual(["/data/count", "/components/schemas/Tick/properties/count/type"]);
  });

  test("has to be JSON", () => {
    const found = where("Event", { event: "tick", data: "{" });
    expect(found.at(-1)?.[1]).toMatch(/properties\/data\/contentMediaType$/);
  });

  test("may be anything that fits", () => {
    expect(where("Event", { event: "tick", data: '{"count": 1}' })).toEqual([]);
  });
});

test("examples with an $id of their own do not confuse the validator", async () => {
  const document = kitchenSink();
  const twice = { $id: "https://example.com/same", type: "object" };
  const withExamples = { ...document, components: { ...document.components, "x-note": [twice, twice] } };
  const other = await validatorOf(loadDescription(withExamples));
  expect(other.validate(schema("Tick"), { count: 1 }, "response")).toEqual([]);
});

test("without Ajv the error says what to install", async () => {
  vi.resetModules();
  vi.doMock("ajv/dist/2020.js", () => {
    throw new Error("Cannot find package 'ajv'");
  });
  const { createAjv } = await import("../../src/testing/ajv.js");
  await expect(createAjv()).rejects.toThrow("npm install --save-dev ajv ajv-formats");
  vi.doUnmock("ajv/dist/2020.js");
});
