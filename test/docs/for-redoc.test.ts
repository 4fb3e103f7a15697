import { expect, test } from "vitest";
import { forRedoc } from "../../scripts/docs/reference/for-redoc.js";
import type { OpenApiDocument, Schema } from "../../scripts/openapi.js";
import { documented } from "./site.js";

const stream: Schema = {
  oneOf: ["token", "done"].map((name) => ({
    type: "object",
    description: `Comes as ${name}. With more to say.`,
    properties: {
      event: { type: "string", const: name },
      data: {
        type: "string",
        contentMediaType: "application/json",
        contentSchema: { type: "object", properties: { text: { type: "string" }, "a|b": { type: "integer" } } },
      },
    },
  })),
};

const document: OpenApiDocument = {
  openapi: "3.2.0",
  info: { title: "Shop API", version: "1", description: "What it is." },
  servers: [
    { url: "{origin}/v1", variables: { origin: { default: "http://127.0.0.1:8080" } } },
    { url: "https://shop.example" },
  ],
  paths: {
    "/keys": {
      get: {
        operationId: "getKey",
        summary: "Get a key",
        description: "Answers a key.",
        "x-evidence": "observed",
        "x-source": 'a <server> & "log"',
        responses: { "200": { description: "Fine.", content: { "text/event-stream": { itemSchema: stream } } } },
      },
    },
  },
  components: {
    schemas: {
      Key: {
        type: "object",
        properties: {
          example: { type: "string", description: "A field with this name.", "x-evidence": "inferred" },
          once: { type: "string", "x-sensitive": true, readOnly: true },
          often: { type: "string", "x-sensitive": true },
        },
        example: { "x-evidence": "inferred", description: "A value, which stays as it is." },
      },
    },
  },
};

const shown = forRedoc(documented("shop", document));
const key = shown.components?.schemas?.Key;

test("parts say how they are known, and a source cannot become markup", () => {
  expect(shown.paths?.["/keys"]?.get?.description).toMatch(
    /^<span class="badge observed">observed<\/span> <span class="source">a &lt;server&gt; &amp; &quot;log&quot;<\/span>\n\nAnswers a key\./,
  );
});

test("a field that has the name of a keyword is marked, and values in examples are not", () => {
  expect(key?.properties?.example).toMatchObject({
    description: '<span class="badge inferred">inferred</span>\n\nA field with this name.',
  });
  expect(key?.example).toEqual(document.components?.schemas?.Key?.example);
});

test("a secret says so, and that it is shown once only where the server hands it out", () => {
  expect(key?.properties?.once).toMatchObject({ description: '<span class="badge secret">secret, shown once</span>' });
  expect(key?.properties?.often).toMatchObject({ description: '<span class="badge secret">secret</span>' });
});

test("a stream is a table of its events, in which nothing opens another column", () => {
  const description = shown.paths?.["/keys"]?.get?.description ?? "";
  expect(description).toContain("| `token` | `text` string, `a\\|b` integer | Comes as token. |");
  expect(description).toContain("| `done` |");
});

test("operations, downloads and the other pages are linked", () => {
  expect(shown.paths?.["/keys"]?.get?.description).toContain("](operations/getKey.html)");
  expect(shown.info.description).toMatch(
    /^\[All pages of the Shop API\]\(index\.html\) · \[openapi\.yaml\]\(openapi\.yaml\)/,
  );
  expect(shown.info.description).toMatch(/\n\nWhat it is\.$/);
});

test("addresses of servers are whole, since Redoc takes others for relative ones", () => {
  expect(shown.servers?.map(({ url }) => url)).toEqual(["http://127.0.0.1:8080/v1", "https://shop.example"]);
});

test("the description itself is left as it was", () => {
  expect(document.paths?.["/keys"]?.get?.description).toBe("Answers a key.");
  expect(document.servers?.[0]?.variables).toBeDefined();
});
