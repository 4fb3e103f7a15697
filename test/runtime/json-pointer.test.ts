import { expect, test } from "vitest";
import { stringAt, valueAt } from "../../runtime/json-pointer.js";

// The examples of RFC 6901, section 5.
const document = { foo: ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "m~n": 8, " ": 7 };

test("a pointer finds what RFC 6901 says it finds", () => {
  expect(valueAt(document, "")).toBe(document);
  expect(valueAt(document, "/foo")).toBe(document.foo);
  expect(valueAt(document, "/foo/0")).toBe("bar");
  expect(valueAt(document, "/")).toBe(0);
  expect(valueAt(document, "/a~1b")).toBe(1);
  expect(valueAt(document, "/c%d")).toBe(2);
  expect(valueAt(document, "/m~0n")).toBe(8);
  expect(valueAt(document, "/ ")).toBe(7);
});

test("a pointer does not find what the language adds to a value", () => {
  expect(valueAt({}, "/constructor")).toBeUndefined();
  expect(valueAt({}, "/__proto__")).toBeUndefined();
  expect(valueAt([1], "/length")).toBeUndefined();
  expect(valueAt("text", "/length")).toBeUndefined();
});

test("a pointer into a body of another shape finds nothing and does not throw", () => {
  for (const body of [undefined, null, 1, "text", [], {}, { errors: null }, { errors: [] }, { errors: "no" }]) {
    expect(stringAt(body, "/errors/0/code")).toBeUndefined();
  }
});
