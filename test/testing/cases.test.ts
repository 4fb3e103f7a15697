import { describe, expect, test } from "vitest";
import { type Case, casesFor, loadDescription } from "../../src/testing/index.js";
import { kitchenSink } from "./kitchen-sink.js";

const description = loadDescription(kitchenSink());
const listed = new Map(
  await Promise.all(
    description.operations.map(
      async ({ operationId }) => [operationId, await casesFor(description, operationId)] as const,
    ),
  ),
);

const list = (operationId: string) => listed.get(operationId) ?? { cases: [], leftOut: [] };
const find = (id: string): Case | undefined => list(id.slice(0, id.indexOf(":"))).cases.find((one) => one.id === id);
const ids = (operationId: string, about: string) =>
  list(operationId)
    .cases.map((one) => one.id.slice(operationId.length + 2))
    .filter((id) => id.startsWith(about));

describe("the cases of a parameter", () => {
  test("reach every limit and pass it by one", () => {
    expect(ids("queryTexts", "query short")).toEqual([
      "query short of 2 characters",
      "query short shorter than 2",
      "query short of 5 characters",
      "query short longer than 5",
    ]);
    expect(ids("queryNumbers", "query page")).toEqual([
      "query page left out",
      "query page is no integer",
      "query page is no whole number",
      "query page is 1",
      "query page below 1",
      "query page is 10",
      "query page above 10",
    ]);
    expect(find("queryTexts: query short longer than 5")?.query).toEqual([{ name: "short", value: "abcccc" }]);
  });

  test("treat exclusive limits the other way round", () => {
    expect(find("queryNumbers: query share is 0")).toMatchObject({ kind: "negative" });
    expect(find("queryNumbers: query share just above 0")).toMatchObject({ kind: "positive" });
  });

  test("never break the type of a text, since everything in a URL is a text", () => {
    const broken = list("queryTexts").cases.filter((one) => one.target?.keyword === "type");
    expect(broken).toEqual([]);
  });

  test("send nothing else but what is required", () => {
    expect(find("queryNumbers: query flag is no boolean")?.query).toEqual([
      { name: "page", value: "2" },
      { name: "flag", value: "text" },
    ]);
  });

  test("come from the operation where it overrides its path item", () => {
    expect(ids("getThing", "header X-Trace left out")).toHaveLength(1);
    expect(find("getThing: as documented")?.headers).toMatchObject({ "X-Trace": "trace" });
  });

  test("fill the path in, and do not leave a path parameter out", () => {
    expect(find("getThing: path number below 1")?.path).toBe("/things/0/red");
    expect(find("readStyles: as documented")?.path).toBe("/styles/.1/;matrix=2/1,2");
    expect(ids("getThing", "path number left out")).toEqual([]);
  });

  test("break only one item of a list", () => {
    expect(find("queryLists: query many[0] above 9")?.query).toEqual([
      { name: "many", value: "10" },
      { name: "many", value: "2" },
    ]);
  });
});

describe("the cases of a body", () => {
  test("go to every depth, and keep everything else valid", () => {
    const made = find("postBody: lines[0].sku against the pattern ^k\\d+$");
    expect(made?.body).toMatchObject({ name: "abc", lines: [{ sku: "xk1", count: 1 }] });
    expect(made).toMatchObject({
      kind: "negative",
      expect: "client-error",
      pointer: "/components/schemas/Order/properties/lines/items/properties/sku/pattern",
      target: { in: "body", part: "lines[0].sku", keyword: "pattern" },
    });
  });

  test("reach members that the example leaves out, from the examples of the properties", () => {
    expect(find("postBody: rate is no multiple of 5")?.body).toMatchObject({ rate: 11 });
    expect(find("postBody: lines[0].gift is no boolean")).toBeDefined();
  });

  test("never demand what only the response carries", () => {
    expect(ids("postBody", "id")).toEqual([]);
    expect(ids("postBody", "secret left out")).toHaveLength(1);
  });

  test("follow each alternative with an example of its own", () => {
    expect(find("postUnion: text longer than 10")?.body).toMatchObject({ kind: "note" });
    expect(find("postUnion: seconds below 0")?.body).toMatchObject({ kind: "call" });
  });

  test("take one item of a list alone where a second one would break another rule", () => {
    expect(find('postBody: flags[0] is "y"')?.body).toMatchObject({ flags: ["y"] });
  });

  test("shrink to what is required", () => {
    expect(find("postBody: only what is required")?.body).toEqual({
      name: "abc",
      secret: "hidden",
      lines: [{ sku: "k1" }],
    });
    expect(find("postOptional: only what is required")).not.toHaveProperty("body");
  });

  test("are files where a form asks for files", () => {
    expect(find("upload: as documented")).toMatchObject({
      contentType: "multipart/form-data",
      body: { folder: "docs", file: "the content of a file" },
      files: { file: "application/octet-stream" },
    });
  });
});

describe("a case without a credential", () => {
  test("is made where one is needed, and points to the requirement", () => {
    expect(find("postBody: without a credential")).toMatchObject({ expect: "unauthorized", pointer: "/security" });
    expect(find("getThing: without a credential")?.pointer).toBe("/paths/~1things~1{number}~1{kind}/get/security");
  });

  test.each(["readCookies", "postOptional"])("is not made where none is needed: %s", (operationId) => {
    expect(ids(operationId, "without a credential")).toEqual([]);
  });
});

test("what cannot be made a case is listed with the reason", () => {
  expect(list("queryLists").leftOut).toEqual([
    {
      operationId: "queryLists",
      id: "queryLists: query many with fewer than 1 item",
      pointer: "/paths/~1lists/get/parameters/0/schema/minItems",
      reason: "an empty list cannot be told from no list",
    },
  ]);
  expect(list("postBody").leftOut.map(({ id }) => id)).toEqual(["postBody: mystery"]);
});

test("the same description makes the same cases with the same ids, each once", async () => {
  for (const [operationId, { cases }] of listed) {
    expect(await casesFor(loadDescription(kitchenSink()), operationId)).toMatchObject({ cases });
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  }
});

describe("a description that gives no valid value is refused with the place to mend", () => {
  const broken = (change: (document: ReturnType<typeof kitchenSink>) => void, operationId: string) => {
    const document = kitchenSink();
    change(document);
    return casesFor(loadDescription(document), operationId);
  };

  test("for a required parameter without an example", async () => {
    const made = broken((document) => {
      Object.assign(document.paths["/cookies"].get.parameters[0] ?? {}, { example: undefined });
    }, "readCookies");
    const place = "/paths/~1cookies/get/parameters/0";
    await expect(made).rejects.toThrow(
      `The cookie parameter 'profile' of readCookies is required but has no example (${place}).`,
    );
  });

  test("for a body whose example breaks its schema", async () => {
    const made = broken((document) => {
      document.components.examples.Order.value.name = "";
    }, "postBody");
    await expect(made).rejects.toThrow(/body of postBody is not valid at \/name: it must NOT have fewer than 1 char/);
  });

  test("for a parameter whose example breaks its schema", async () => {
    const made = broken((document) => {
      Object.assign(document.paths["/numbers"].get.parameters[0] ?? {}, { example: 11 });
    }, "queryNumbers");
    await expect(made).rejects.toThrow("'page' of queryNumbers has an example that is not valid: it must be <= 10");
  });
});
