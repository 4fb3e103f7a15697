import { describe, expect, test } from "vitest";
import { loadDescription } from "../../src/testing/index.js";
import type { Schema } from "../../src/testing/openapi.js";
import { below, rootOf, settled } from "../../src/testing/place.js";
import { holdsSecrets, schemasAt } from "../../src/testing/schema-walk.js";
import { kitchenSink } from "./kitchen-sink.js";

const { document } = loadDescription(kitchenSink());
const root = rootOf(document);
const answers = below(root, "paths", "/answers", "get", "responses");

describe("the evidence of a part", () => {
  test("is documented where nothing says otherwise", () => {
    expect(below(root, "paths", "/numbers", "get")?.evidence).toBe("documented");
  });

  test("is that of the nearest part above which says so", () => {
    expect(answers?.evidence).toBe("observed");
    expect(answers && below(answers, "200", "headers", "X-Limit", "schema")?.evidence).toBe("observed");
  });

  test("comes along through a $ref, so that one schema can be known better here than there", () => {
    const problem = answers && below(answers, "401");
    expect(problem && settled(document, problem)).toMatchObject({
      pointer: "/components/responses/Problem",
      evidence: "observed",
    });
    const elsewhere = below(root, "paths", "/numbers", "get", "responses", "400");
    expect(elsewhere && settled(document, elsewhere)).toMatchObject({
      pointer: "/components/responses/Problem",
      evidence: "documented",
    });
  });

  test("can be stated beside a $ref", () => {
    const fallback = answers && below(answers, "default");
    expect(fallback && settled(document, fallback).evidence).toBe("inferred");
  });

  test("is overridden by what the target of a $ref says further down", () => {
    const schema = answers && below<Schema>(answers, "200", "content", "application/json", "schema");
    const created = schema && schemasAt(document, schema, ["created"]);
    expect(created?.map(({ pointer, evidence }) => [pointer, evidence])).toEqual([
      ["/components/schemas/Account/properties/created", "inferred"],
    ]);
  });
});

describe("a secret", () => {
  const account = below<Schema>(root, "components", "schemas", "Account");
  const event = below<Schema>(root, "components", "schemas", "Event");

  test("is whatever stands inside a part that is marked x-sensitive", () => {
    const mail = account && schemasAt(document, account, ["owner", "mail"]);
    expect(mail?.map(({ sensitive }) => sensitive)).toEqual([true]);
  });

  test("is held by everything that encloses one, also as JSON inside a text", () => {
    expect(account && holdsSecrets(document, account)).toBe(true);
    expect(event && holdsSecrets(document, event)).toBe(true);
    const id = account && below<Schema>(account, "properties", "id");
    expect(id && holdsSecrets(document, id)).toBe(false);
  });
});

describe("a $ref that leads nowhere is reported with where it stands", () => {
  const follow = (reference: string) => {
    const broken = { ...kitchenSink(), components: { a: { $ref: reference }, b: { $ref: "#/components/a" } } };
    const place = below(rootOf(broken), "components", "a");
    return () => place && settled(broken, place);
  };

  test.each([
    ["#/components/nothing", "/components/a refers to #/components/nothing, which does not exist."],
    ["#/components/b", "The $ref at /components/a leads back to itself."],
    ["other.yaml#/x", "/components/a refers to other.yaml#/x; only a bundle without outside references can be used."],
  ])("%s", (reference, message) => {
    expect(follow(reference)).toThrow(message);
  });
});
