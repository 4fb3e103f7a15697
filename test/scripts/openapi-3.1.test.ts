import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createConfig, lint } from "@redocly/openapi-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { bundle } from "../../scripts/bundle.js";
import { findApis, projectRoot } from "../../scripts/project.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "agent-apis-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function bundled(root: object) {
  const entry = join(folder, "openapi.yaml");
  await writeFile(entry, stringify({ openapi: "3.2.0", info: { title: "T", version: "1" }, ...root }));
  return parse((await bundle({ name: "t", folder, entry })).yaml31);
}

const answer = (media: object) => ({
  paths: {
    "/events": {
      get: { operationId: "a", responses: { 200: { summary: "Events", content: { "text/event-stream": media } } } },
    },
  },
});

describe("the OpenAPI 3.1 bundle", async () => {
  for (const api of await findApis(projectRoot)) {
    test(`of ${api.name} is valid OpenAPI 3.1 by Redocly's own structure check`, async () => {
      const ref = join(projectRoot, "generated", api.name, "openapi-3.1.yaml");
      const problems = await lint({
        ref,
        config: await createConfig({ rules: { struct: "error", "no-unresolved-refs": "error" } }),
      });
      expect(problems).toEqual([]);
    });
  }

  test("carries what an event is to a client as the schema of a stream, decoded", async () => {
    const json = (contentSchema: object) => ({ type: "string", contentMediaType: "application/json", contentSchema });
    const unnamed = { type: "object", properties: { data: json({ $ref: "#/components/schemas/Chunk" }) } };
    const chunk = { components: { schemas: { Chunk: { type: "object", title: "Chunk" } } } };
    const document = await bundled({ ...answer({ itemSchema: unnamed }), ...chunk });
    expect(document.paths["/events"].get.responses[200].content["text/event-stream"]).toEqual({
      schema: { $ref: "#/components/schemas/Chunk" },
    });
  });

  test("tells named events of a stream apart, and leaves data that is no JSON a string", async () => {
    const named = (name: string, data: object) => ({
      type: "object",
      properties: { event: { type: "string", const: name }, data },
    });
    const item = {
      oneOf: [
        named("token", { type: "string", contentMediaType: "application/json", contentSchema: { type: "number" } }),
        named("note", { type: "string", description: "Plain text." }),
      ],
    };
    const document = await bundled(answer({ itemSchema: item }));
    const { schema, itemSchema } = document.paths["/events"].get.responses[200].content["text/event-stream"];
    expect(itemSchema).toBeUndefined();
    expect(schema.oneOf.map((one: { properties: object }) => one.properties)).toEqual([
      expect.objectContaining({ event: expect.objectContaining({ const: "token" }), data: { type: "number" } }),
      expect.objectContaining({
        event: expect.objectContaining({ const: "note" }),
        data: { type: "string", description: "Plain text." },
      }),
    ]);
  });

  test("says a response's summary as its description, which 3.1 requires", async () => {
    const document = await bundled(answer({}));
    expect(document.paths["/events"].get.responses[200]).toMatchObject({ description: "Events" });
    expect(document.paths["/events"].get.responses[200]).not.toHaveProperty("summary");
  });

  test("has none of the words that 3.2 added to tags, servers and examples", async () => {
    const document = await bundled({
      servers: [{ url: "https://example.com", name: "main" }],
      tags: [
        { name: "a", summary: "A", kind: "nav" },
        { name: "b", parent: "a" },
      ],
      ...answer({ examples: { one: { dataValue: { a: 1 } }, two: { serializedValue: "a" } } }),
    });
    expect(document.openapi).toBe("3.1.1");
    expect(document.servers).toEqual([{ url: "https://example.com" }]);
    expect(document.tags).toEqual([{ name: "a" }, { name: "b" }]);
    expect(document.paths["/events"].get.responses[200].content["text/event-stream"].examples).toEqual({
      one: { value: { a: 1 } },
      two: { value: "a" },
    });
  });

  test("is refused when something has no words in 3.1, since leaving it out would describe another API", async () => {
    const root = { paths: { "/a": { query: { operationId: "a", responses: {} } } } };
    await expect(bundled(root)).rejects.toThrow("OpenAPI 3.1 cannot express a method besides those of OpenAPI 3.1");
  });
});
