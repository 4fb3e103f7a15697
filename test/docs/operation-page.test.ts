import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import type { Block, Field } from "../../scripts/docs/content/block.js";
import type { Page } from "../../scripts/docs/content/page.js";
import { blocksToMarkdown } from "../../scripts/docs/content/to-markdown.js";
import { apiPages } from "../../scripts/docs/operations/api-pages.js";
import type { OpenApiDocument } from "../../scripts/openapi.js";
import { documented } from "./site.js";

const thing = {
  type: "object",
  required: ["id"],
  properties: {
    id: { type: "string" },
    key: { type: "string", "x-sensitive": true, readOnly: true },
    pin: { type: "string", "x-sensitive": true },
    old: { type: "string", deprecated: true },
    parts: { type: "array", items: { $ref: "#/components/schemas/Thing" } },
  },
};

/** An API with one operation, changed as a test needs it. */
function describeOne(operation: object, rest: object = {}, verb = "post"): OpenApiDocument {
  return {
    openapi: "3.2.0",
    info: { title: "Acme", version: "1" },
    servers: [{ url: "https://api.example.com" }],
    "x-client": { name: "Acme" },
    components: { schemas: { Thing: thing as never } },
    paths: {
      "/things": {
        [verb]: {
          operationId: "makeThing",
          "x-sdk": "things.make",
          responses: {
            "200": {
              description: "The thing.",
              content: {
                "application/json": { schema: { $ref: "#/components/schemas/Thing" }, example: { id: "t1" } },
              },
            },
          },
          ...operation,
        },
      },
    },
    ...rest,
  } as OpenApiDocument;
}

function pageOf(document: OpenApiDocument, notes = ""): Page {
  const api = { ...documented("acme", document), notes, entryPoints: { client: "  apiKey: Credential;\n" } };
  return apiPages(api, []).find(({ address }) => address === "acme/operations/makeThing")!;
}

const markdownOf = ({ blocks }: Page) => blocksToMarkdown(blocks, (href) => href);
const fieldsOf = ({ blocks }: Page): Field[] =>
  blocks.flatMap((block) => (block.kind === "fields" ? block.fields : []));
const factOf = ({ blocks }: Page, name: string) =>
  blocks.flatMap((block) => (block.kind === "facts" ? block.facts : [])).find(([one]) => one === name)?.[1];
const clientSample = ({ blocks }: Page) =>
  (blocks.find(({ kind }) => kind === "samples") as Extract<Block, { kind: "samples" }>).samples[0]!;

test("a secret that is only ever answered is marked as shown once, any other as a secret", () => {
  const [id, key, pin] = fieldsOf(pageOf(describeOne({})));
  expect(id?.badges).toEqual([{ kind: "required" }]);
  expect(key?.badges).toEqual([{ kind: "secret", once: true }]);
  expect(pin?.badges).toEqual([{ kind: "secret", once: false }]);
});

test("deprecated names stay visible, and say so", () => {
  const old = fieldsOf(pageOf(describeOne({}))).find(({ name }) => name === "old");
  expect(old?.badges).toEqual([{ kind: "deprecated" }]);
  expect(pageOf(describeOne({ deprecated: true })).badges).toContainEqual({ kind: "deprecated" });
});

test("a schema that holds itself comes to an end", () => {
  const parts = fieldsOf(pageOf(describeOne({}))).find(({ name }) => name === "parts");
  expect(parts).toMatchObject({ type: "array of Thing", fields: [] });
});

test("the sample does not print a secret", () => {
  const response = {
    type: "object",
    required: ["token"],
    properties: { token: { type: "string", "x-sensitive": true }, at: { type: "number" } },
  };
  const responses = {
    "200": {
      description: "",
      content: { "application/json": { schema: response, example: { token: "s3cret", at: 5 } } },
    },
  };
  const { code } = clientSample(pageOf(describeOne({ responses })));
  expect(code).not.toContain(".token");
});

test("the signature is that of the method", () => {
  const body = {
    required: true,
    content: {
      "application/json": {
        schema: { type: "object", properties: { name: { type: "string" } } },
        example: { name: "one" },
      },
    },
  };
  expect(markdownOf(pageOf(describeOne({ requestBody: body })))).toMatch(
    /acme\.things\.make\(\s*params: MakeThingParams,\s*options\?: RequestOptions,?\s*\): ApiPromise<Thing>/,
  );
});

test.each([
  ["a read", "get", {}, {}, /only reads: .* 408, 429, 500, 502, 503 or 504, up to 3 attempts/],
  ["a POST that only reads", "post", { "x-retry-safe": true }, {}, /although it is a POST.* 408/],
  [
    "a GET that changes something",
    "get",
    { "x-retry-safe": false },
    {},
    /Although it is a GET, it changes something.* after 429 alone/,
  ],
  ["a change", "post", {}, {}, /after 429 alone/],
  ["a change where not even a 429 is sent again", "post", {}, { retryRefused: false }, /never sends it again/],
  [
    "an API that asks for more attempts",
    "get",
    {},
    { retry: { attempts: 6, jitterMs: 250 } },
    /up to 6 attempts.*250 ms/,
  ],
])("the rule for sending again fits %s", (_what, verb, operation, facts, rule) => {
  const page = pageOf(describeOne(operation, { "x-client": { name: "Acme", ...facts } }, verb));
  expect(factOf(page, "Sent again")).toMatch(rule);
});

test("credentials are named with their scopes, alternatives included", () => {
  const security = [{ key: [] }, { oauth: ["things:write"] }];
  const securitySchemes = { key: { type: "http", scheme: "bearer" }, oauth: { type: "oauth2", flows: {} } };
  const page = pageOf(describeOne({ security }, { components: { schemas: { Thing: thing }, securitySchemes } }));
  expect(factOf(page, "Credentials")).toMatch(/`key`.*, or .*`oauth`, with `things:write`/);
  expect(factOf(pageOf(describeOne({ security: [] })), "Credentials")).toBe("None are needed.");
});

const notes = `## Conflicts

| # | Subject | Says | Does |
| --- | --- | --- | --- |
| C1 | its path | \`POST /things\` | x |
| C2 | its id | \`makeThing\` | x |
| C3 | a field | \`pin\` of a thing, or \\| none | x |
| C4 | elsewhere | \`POST /others\` and \`getOther\` | x |

## Unknown

| # | Subject | Does |
| --- | --- | --- |
| 1 | \`old\` | open |
`;

test("rows of the notes come with the operation that they name by path, id or field, and with no other", () => {
  const markdown = markdownOf(pageOf(describeOne({}), notes));
  expect([...markdown.matchAll(/\*\*(Conflict C\d|Unknown \d):/g)].map(([, row]) => row)).toEqual([
    "Conflict C1",
    "Conflict C2",
    "Conflict C3",
    "Unknown 1",
  ]);
  expect(markdown).toContain("> *Says:* `pin` of a thing, or | none");
});

test("an event has its fields and its example, and the one that ends the stream says so", () => {
  const event = (name: string, schema: object) => ({
    type: "object",
    description: `The event ${name}.`,
    properties: {
      event: { const: name },
      data: { type: "string", contentMediaType: "application/json", contentSchema: schema },
    },
  });
  const itemSchema = {
    oneOf: [
      event("piece", { type: "object", properties: { text: { type: "string" } } }),
      event("end", { type: "object" }),
    ],
  };
  const stream = {
    itemSchema,
    schema: {},
    examples: { whole: { serializedValue: 'event: piece\ndata: {"text":"Hi"}\n\nevent: end\ndata: {}\n\n' } },
  };
  const operation = {
    "x-stream": { terminal: ["end"], resume: "after" },
    responses: { "200": { description: "", content: { "text/event-stream": stream } } },
  };
  const page = pageOf(describeOne(operation));
  const markdown = markdownOf(page);
  expect(page.badges).toContainEqual({ kind: "streams" });
  expect(markdown).toMatch(
    /#### `piece`\n[\s\S]*The event piece\.[\s\S]*- `text` \(string\)[\s\S]*event: piece\ndata: \{"text":"Hi"\}/,
  );
  expect(markdown).toContain("#### `end` ends the stream");
  expect(markdown).toContain("given in `after`");
  expect(clientSample(page).output).toBe("piece { text: 'Hi' }\nend {}\n");
});

test("limits are told in words that are right for one and for many", () => {
  const schema = {
    type: "object",
    properties: {
      a: { type: "string", minLength: 1 },
      b: { type: "string", minLength: 2, maxLength: 2 },
      c: { type: "array", maxItems: 3 },
    },
  };
  const body = { content: { "application/json": { schema, example: {} } } };
  const [a, b, c] = fieldsOf(pageOf(describeOne({ requestBody: body })));
  expect([a?.notes, b?.notes, c?.notes]).toEqual([
    ["At least 1 character."],
    ["Exactly 2 characters."],
    ["At most 3 items."],
  ]);
});

test("an operation of an API without a client has a page, without samples", () => {
  const { "x-client": _, ...document } = describeOne({});
  const page = pageOf(document as OpenApiDocument);
  expect(page.blocks.some(({ kind }) => kind === "samples")).toBe(false);
  expect(markdownOf(page)).toContain("### 200 OK");
});

test("nothing in an example means something to the shell that curl is run by", () => {
  const text = `it's $HOME \`id\` $(id) "x" \\ !`;
  const parameters = [
    { name: "X-Text", in: "header", required: true, schema: { type: "string" }, example: text },
    { name: "q", in: "query", required: true, schema: { type: "string" }, example: text },
  ];
  const schema = { type: "object", properties: { text: { type: "string" } } };
  const requestBody = { required: true, content: { "application/json": { schema, example: { text } } } };
  const page = pageOf(describeOne({ parameters, requestBody }));
  const samples = page.blocks.find(({ kind }) => kind === "samples");
  const curl = samples?.kind === "samples" ? samples.samples[1]!.code : "";
  const echo = curl.replace(/^curl /, "printf '%s\\0' ");
  const { stdout } = spawnSync("bash", ["-c", echo], { encoding: "utf8" });
  const words = stdout.split("\0");
  expect(words).toContain(`X-Text: ${text}`);
  expect(words).toContain(`https://api.example.com/things?q=${encodeURIComponent(text)}`);
  expect(JSON.parse(words[words.indexOf("-d") + 1] ?? "")).toEqual({ text });
});
