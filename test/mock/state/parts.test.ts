import { describe, expect, test } from "vitest";
import { HttpProblem } from "../../../src/mock/problems.js";
import { Collection, thingsLimit } from "../../../src/mock/state/collection.js";
import { conforms } from "../../../src/mock/state/conforms.js";
import { createMaker } from "../../../src/mock/state/like.js";
import { relevanceOf } from "../../../src/mock/state/relevance.js";
import { makeSamples } from "../../../src/mock/state/samples.js";
import { readTime, writeTime } from "../../../src/mock/state/time.js";
import { evaluate, type Known } from "../../../src/mock/state/values.js";

describe("a made-up id", () => {
  test.each([
    ["mem_abc123def456", /^mem_[0-9a-f]{12}$/],
    ["webhook_123", /^webhook_[1-9]{9}$/],
    ["5d0c7b1e-3f5a-4a86-9c0d-2b1e8f7a6c41", /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
    ["c0ffee123456", /^[0-9a-f]{12}$/],
    ["cs_live_a1B2xyz", /^cs_live_[a-z][0-9][A-Z][0-9][a-z]{3}$/],
  ])("has the form of %s, and differs from it and the next", (example, form) => {
    const make = createMaker(1);
    const [one, other] = [make(example), make(example)];
    expect(one).toMatch(form);
    expect(new Set([example, one, other]).size).toBe(3);
    expect(createMaker(1)(example)).toBe(one);
  });
});

describe("a time", () => {
  const time = Date.parse("2026-02-03T04:05:06.789Z");
  test.each([
    ["2025-11-19T10:00:00Z", "2026-02-03T04:05:06Z"],
    ["2025-11-19T10:00:00.000Z", "2026-02-03T04:05:06.789Z"],
    ["2025-11-19T10:00:00+00:00", "2026-02-03T04:05:06+00:00"],
    [1763546400000, 1770091506789],
    [1795339762.5, 1770091506.789],
    [undefined, "2026-02-03T04:05:06Z"],
  ])("is written as %s is, and can be read again", (example, written) => {
    expect(writeTime(time, example)).toBe(written);
    expect(Math.floor((readTime(written) ?? 0) / 1000)).toBe(Math.floor(time / 1000));
  });

  test("is none where there is none", () => {
    expect([readTime("soon"), readTime(null)]).toEqual([undefined, undefined]);
  });
});

describe("relevance", () => {
  test("grows with the words that are there, in whatever form, and counts stop words only where there is nothing else", () => {
    const relevance = relevanceOf("planning the meetings about goals");
    expect(relevance(["We plan a meeting about the goal"])).toBe(1);
    expect(relevance(["A meeting about goals"])).toBeCloseTo(Math.sqrt(2 / 3), 4);
    expect(relevance(["a plan"])).toBeCloseTo(Math.sqrt(1 / 3), 4);
    expect(relevance(["about the weather"])).toBe(0);
    expect(relevanceOf("who are you")(["You are here"])).toBeGreaterThan(0);
  });

  test("finds words of any script, and nothing for a query without a word", () => {
    expect(relevanceOf("Größe")(["die größe"])).toBe(1);
    expect(relevanceOf("会議")(["会議"])).toBe(1);
    expect(relevanceOf("?!")(["?!"])).toBe(0);
  });
});

describe("samples", () => {
  const slots = { who: ["Ann", "Ben"], what: ["the {thing}"], thing: ["plan"] };

  test("fill one slot alike within a thing, another one otherwise, and begin sentences with capitals", () => {
    const things = [{ text: "{what} of {who} and {who#2}.", by: "{who}", about: "{what}" }];
    for (const { thing } of makeSamples({ count: 20, slots, things })) {
      const [, first, second] = /^The plan of (\w+) and (\w+)\.$/.exec(String(thing.text)) ?? [];
      expect(thing).toMatchObject({ by: first, about: "the plan" });
      expect(new Set([first, second])).toEqual(new Set(["Ann", "Ben"]));
    }
  });

  test("choose among values, and are the same every time", () => {
    const things = [{ kind: { oneOf: ["a", "b"] }, tags: { some: ["x", "y"] }, weight: { between: [0.2, 0.4] } }];
    const made = makeSamples({ count: 50, things });
    expect(new Set(made.map(({ thing }) => thing.kind))).toEqual(new Set(["a", "b"]));
    expect(new Set(made.map(({ thing }) => JSON.stringify(thing.tags)))).toEqual(new Set(['["x"]', '["x","y"]']));
    expect(made.every(({ thing }) => Number(thing.weight) >= 0.2 && Number(thing.weight) <= 0.4)).toBe(true);
    expect(makeSamples({ count: 50, things })).toEqual(made);
  });

  test("spread over their time, the oldest first, and are changed later or not at all", () => {
    const [from, to] = ["2025-01-01T00:00:00Z", "2025-02-01T00:00:00Z"];
    const made = makeSamples({ count: 100, from, to, things: [{}] });
    const created = made.map((one) => one.created ?? 0);
    expect(created).toEqual([...created].sort((a, b) => a - b));
    expect(made.every((one) => (one.updated ?? 0) >= (one.created ?? 0) && (one.updated ?? 0) <= Date.parse(to))).toBe(
      true,
    );
    expect(made.some((one) => (one.updated ?? 0) > (one.created ?? 0))).toBe(true);
  });
});

describe("a value of a declaration", () => {
  const request = { path: { id: "7" }, query: { q: "Form" }, body: { title: "", days: 2, "a/b": [1, 2] } };
  const thing = { title: "Old", list: [{ by: "me" }, { by: "you" }] };
  const known: Known = { request, thing, removed: [{ text: "gone" }], total: 3, now: 1000, write: (time) => time };

  test.each<[unknown, unknown]>([
    ["$request.path.id", "7"],
    ["$request.query.none", undefined],
    ["$request.body#/a~1b/1", 2],
    ["{$thing#/title} (fork)", "Old (fork)"],
    ["{$thing#/none} (fork)", undefined],
    ["$removed#/0/text", "gone"],
    ["$total", 3],
    ["$now", 1000],
    ["as it is", "as it is"],
    [{ first: ["$request.query.none", "$request.body#/title"] }, ""],
    [{ when: "$request.body#/title", value: 1, otherwise: 2 }, 2],
    [{ when: "$thing", value: { kept: "$request.query.q" } }, { kept: "Form" }],
    [{ sum: ["$request.body#/days", "$request.query.none"] }, 2],
    [{ count: "$thing#/list", where: { by: "me" } }, 1],
    [{ count: "$thing#/none" }, undefined],
    [{ inDays: "$request.body#/days" }, 172_801_000],
    [{ inDays: "$request.query.none" }, null],
    [{ lowerCase: "$request.query.q" }, "form"],
    [{ start: "$request.query.q", length: 2 }, "Fo..."],
    [{ nested: ["$thing#/title", { none: "$thing#/none" }] }, { nested: ["Old", {}] }],
  ])("%j is %j", (declared, value) => {
    expect(evaluate(declared, known)).toEqual(value);
  });
});

describe("what a schema allows to be shown", () => {
  const root = { components: { schemas: { Id: { type: "string", pattern: "^[a-f]+$" } } } };
  const id = { $ref: "#/components/schemas/Id" };
  test.each<[object, unknown, boolean]>([
    [id, "abc", true],
    [id, "xyz", false],
    [{ type: ["string", "null"] }, null, true],
    [{ type: "number" }, 1, true],
    [{ type: "integer" }, 1.5, false],
    [{ enum: ["a"] }, "b", false],
    [{ type: "array", items: id }, ["a", 1], false],
    [{ type: "object", required: ["id"], properties: { id } }, {}, false],
    [{ type: "object", required: ["id"], properties: { id } }, { id: "a", more: 1 }, true],
    [{ oneOf: [{ type: "string" }, { type: "object" }] }, {}, true],
    [{ allOf: [id, { minLength: 2 }] }, "a", false],
    [{ anyOf: [id, { type: "integer", maximum: 3 }] }, 4, false],
    [{}, undefined, true],
  ])("%j: %j is %s", (schema, value, expected) => {
    expect(conforms(root, schema, value)).toBe(expected);
  });
});

describe("a collection", () => {
  test("is full at some time, and says how to empty it", () => {
    const collection = new Collection("things", { id: "id" });
    for (let id = 0; id < thingsLimit; id++) collection.put({ id });
    const refused = () => collection.put({ id: "one more" });
    expect(refused).toThrow(HttpProblem);
    expect(refused).toThrow("POST /_mock/reset");
    collection.put({ id: 1, changed: true });
    collection.delete(2);
    expect(refused).not.toThrow();
    expect(collection.all()).toHaveLength(thingsLimit);
  });

  test("takes no more than all things together may take", () => {
    const half = "x".repeat(40 * 1024 * 1024);
    const collection: Collection = new Collection("things", { id: "id" }, () => half.length);
    expect(() => collection.put({ id: 1, text: half })).toThrow("64 MiB");
    expect([collection.size, collection.all()]).toEqual([0, []]);
  });
});
