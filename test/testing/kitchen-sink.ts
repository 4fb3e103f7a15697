/**
 * A description with one of everything that the case maker and the checks have to cope with. The described APIs use only
 * a part of it, and another part each.
 */
export function kitchenSink() {
  return structuredClone(document);
}

const problem = {
  description: "The request breaks a rule.",
  content: {
    "application/json": {
      schema: {
        type: "object",
        required: ["error"],
        properties: { error: { type: "string", "x-evidence": "observed" } },
      },
      examples: { usual: { value: { error: "No." } } },
    },
  },
};

const answers = {
  "200": { description: "Done.", content: { "application/json": { schema: { type: "object" }, example: {} } } },
  "400": { $ref: "#/components/responses/Problem" },
  "401": { $ref: "#/components/responses/Problem" },
};

const query = (name: string, schema: object, example: unknown, more: object = {}) => ({
  name,
  in: "query",
  schema,
  example,
  ...more,
});

const document = {
  openapi: "3.2.0",
  info: { title: "Kitchen sink", version: "1.0.0" },
  servers: [{ url: "http://127.0.0.1" }],
  security: [{ key: [] }],
  paths: {
    "/texts": {
      get: {
        operationId: "queryTexts",
        "x-evidence": "documented",
        parameters: [
          query("short", { type: "string", minLength: 2, maxLength: 5 }, "abc"),
          query("filled", { type: "string", minLength: 1 }, "abc"),
          query("id", { type: "string", pattern: "^[a-f0-9]{4,8}$" }, "12ab"),
          query("uuid", { type: "string", format: "uuid" }, "00000000-0000-4000-8000-000000000001"),
          query("when", { type: "string", format: "date-time" }, "2026-01-02T03:04:05Z"),
          query("day", { type: "string", format: "date" }, "2026-01-02"),
          query("mail", { type: "string", format: "email" }, "someone@example.com"),
          query("link", { type: "string", format: "uri" }, "https://example.com/?a=b&c=d"),
          query("fixed", { const: "on" }, "on"),
        ],
        responses: answers,
      },
    },
    "/numbers": {
      get: {
        operationId: "queryNumbers",
        parameters: [
          query("page", { type: "integer", minimum: 1, maximum: 10 }, 2, { required: true }),
          query("share", { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 }, 0.5),
          query("step", { type: "integer", multipleOf: 5 }, 10),
          query("small", { type: "integer", format: "int32" }, 7),
          query("choice", { type: "integer", enum: [1, 2, 3] }, 1),
          query("flag", { type: "boolean" }, true),
          query("maybe", { type: ["integer", "null"], maximum: 9 }, 3),
          query("either", { anyOf: [{ type: "integer", minimum: 1 }, { const: "all" }] }, 4),
        ],
        responses: answers,
      },
    },
    "/lists": {
      get: {
        operationId: "queryLists",
        parameters: [
          query("many", { type: "array", items: { type: "integer", maximum: 9 }, minItems: 1, maxItems: 3 }, [1, 2]),
          query("commas", { type: "array", items: { enum: ["a", "b", "c"] }, maxItems: 2 }, ["a", "b"], {
            explode: false,
          }),
          query("set", { type: "array", items: { type: "string" }, uniqueItems: true }, ["x", "y"]),
          query(
            "range",
            { type: "object", required: ["from"], properties: { from: { type: "integer" }, to: { type: "integer" } } },
            { from: 1, to: 2 },
            { style: "deepObject" },
          ),
        ],
        responses: answers,
      },
    },
    "/delimited": {
      get: {
        operationId: "queryDelimited",
        parameters: [
          query("pipes", { type: "array", items: { type: "integer" }, maxItems: 3 }, [1, 2], {
            style: "pipeDelimited",
            explode: false,
          }),
          query("spaces", { type: "array", items: { type: "integer" }, maxItems: 3 }, [1, 2], {
            style: "spaceDelimited",
            explode: false,
          }),
        ],
        responses: answers,
      },
    },
    "/things/{number}/{kind}": {
      parameters: [
        { name: "number", in: "path", required: true, schema: { type: "integer", minimum: 1 }, example: 5 },
        { name: "X-Trace", in: "header", schema: { type: "string" }, example: "overridden" },
      ],
      get: {
        operationId: "getThing",
        security: [{ basic: [] }],
        parameters: [
          { name: "kind", in: "path", required: true, schema: { enum: ["red", "blue"] }, example: "red" },
          {
            name: "X-Trace",
            in: "header",
            required: true,
            schema: { type: "string", minLength: 3, maxLength: 8 },
            example: "trace",
          },
          { name: "X-Level", in: "header", schema: { type: "integer", maximum: 5 }, example: 1 },
        ],
        responses: answers,
      },
    },
    "/styles/{label}/{matrix}/{list}": {
      get: {
        operationId: "readStyles",
        parameters: [
          {
            name: "label",
            in: "path",
            required: true,
            style: "label",
            schema: { type: "integer", maximum: 9 },
            example: 1,
          },
          {
            name: "matrix",
            in: "path",
            required: true,
            style: "matrix",
            schema: { type: "integer", maximum: 9 },
            example: 2,
          },
          {
            name: "list",
            in: "path",
            required: true,
            schema: { type: "array", items: { type: "integer" }, maxItems: 2 },
            example: [1, 2],
          },
          {
            name: "filter",
            in: "query",
            content: {
              "application/json": {
                schema: { type: "object", required: ["a"], properties: { a: { type: "integer" } } },
                example: { a: 1 },
              },
            },
          },
        ],
        responses: answers,
      },
    },
    "/marks": {
      get: {
        operationId: "readMarks",
        parameters: [
          {
            name: "X-Marks",
            in: "header",
            schema: { type: "array", items: { type: "integer" }, maxItems: 2 },
            example: [1, 2],
          },
        ],
        responses: answers,
      },
    },
    "/cookies": {
      get: {
        operationId: "readCookies",
        security: [],
        parameters: [
          { name: "profile", in: "cookie", required: true, schema: { type: "string", minLength: 2 }, example: "me" },
        ],
        responses: answers,
      },
    },
    "/bodies": {
      post: {
        operationId: "postBody",
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: { $ref: "#/components/schemas/Order" },
              examples: { usual: { $ref: "#/components/examples/Order" } },
            },
          },
        },
        responses: answers,
      },
    },
    "/unions": {
      post: {
        operationId: "postUnion",
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: { oneOf: [{ $ref: "#/components/schemas/Note" }, { $ref: "#/components/schemas/Call" }] },
              examples: {
                note: { value: { kind: "note", text: "hello" } },
                call: { value: { kind: "call", seconds: 5 } },
              },
            },
          },
        },
        responses: answers,
      },
    },
    "/forms": {
      post: {
        operationId: "postForm",
        requestBody: {
          required: true,
          content: {
            "application/x-www-form-urlencoded": {
              schema: {
                type: "object",
                required: ["name", "age"],
                properties: {
                  name: { type: "string", maxLength: 5 },
                  age: { type: "integer", minimum: 0 },
                },
              },
              example: { name: "a b&c", age: 3 },
            },
          },
        },
        responses: answers,
      },
    },
    "/form-lists": {
      post: {
        operationId: "postFormList",
        requestBody: {
          required: true,
          content: {
            "application/x-www-form-urlencoded": {
              schema: {
                type: "object",
                required: ["tags"],
                properties: { tags: { type: "array", items: { type: "string" }, minItems: 2, maxItems: 3 } },
              },
              example: { tags: ["x", "y"] },
            },
          },
        },
        responses: answers,
      },
    },
    "/uploads": {
      post: {
        operationId: "upload",
        requestBody: {
          required: true,
          content: {
            "multipart/form-data": {
              schema: {
                type: "object",
                required: ["folder", "file"],
                properties: {
                  folder: { type: "string", maxLength: 5, example: "docs" },
                  file: { type: "string", format: "binary" },
                },
              },
              encoding: { file: { contentType: "application/octet-stream" } },
              example: { folder: "docs" },
            },
          },
        },
        responses: answers,
      },
    },
    "/optional": {
      post: {
        operationId: "postOptional",
        security: [{}, { key: [] }],
        requestBody: {
          content: {
            "application/json": { schema: { type: "object", maxProperties: 2 }, example: { note: "hi" } },
          },
        },
        responses: answers,
      },
    },
    "/answers": {
      get: {
        operationId: "readAnswers",
        security: [{ token: [], cookie: [] }],
        "x-evidence": "observed",
        responses: {
          "200": {
            description: "Everything.",
            headers: {
              "X-Limit": { required: true, schema: { type: "integer", minimum: 1 }, example: 10 },
              "X-List": { schema: { type: "array", items: { type: "integer" } }, example: [1, 2] },
              "X-Secret": { schema: { type: "string", maxLength: 3 }, example: "abc", "x-sensitive": true },
            },
            content: {
              "application/json": {
                schema: { $ref: "#/components/schemas/Account" },
                example: { id: "a1", created: "2026-01-02T03:04:05Z", token: "s3cret-value" },
              },
              "text/html": { schema: { type: "string" }, example: "<p>Hello</p>" },
            },
          },
          "202": {
            description: "A stream.",
            content: {
              "text/event-stream": {
                itemSchema: { $ref: "#/components/schemas/Event" },
                example: 'event: tick\ndata: {"count": 1}\n\n',
              },
            },
          },
          "204": { description: "Nothing." },
          "206": { description: "Bytes.", content: { "application/octet-stream": {} } },
          "302": { description: "Elsewhere.", headers: { Location: { required: true, schema: { type: "string" } } } },
          "401": { $ref: "#/components/responses/Problem" },
          "4XX": { $ref: "#/components/responses/Problem" },
          default: { $ref: "#/components/responses/Problem", "x-evidence": "inferred" },
        },
      },
    },
  },
  components: {
    responses: { Problem: problem },
    examples: {
      Order: {
        value: {
          name: "abc",
          price: 2.5,
          lines: [{ sku: "k1", count: 1 }],
          labels: { color: "red" },
          secret: "hidden",
          pair: [1, "one"],
        },
      },
    },
    schemas: {
      Order: {
        allOf: [
          {
            type: "object",
            required: ["name", "id", "secret"],
            properties: {
              id: { type: "string", readOnly: true, example: "o1" },
              secret: { type: "string", writeOnly: true, minLength: 2 },
              name: { type: "string", minLength: 1, maxLength: 20 },
            },
          },
        ],
        required: ["lines"],
        properties: {
          price: { type: "number", minimum: 0, exclusiveMaximum: 100 },
          rate: { type: "integer", multipleOf: 5, example: 10 },
          paid: { type: "boolean", example: true },
          nothing: { type: "null", example: null },
          when: { type: "string", format: "date-time", example: "2026-01-02T03:04:05Z" },
          lines: {
            type: "array",
            minItems: 1,
            maxItems: 3,
            items: {
              type: "object",
              required: ["sku"],
              additionalProperties: false,
              properties: {
                sku: { type: "string", pattern: "^k\\d+$" },
                count: { type: "integer", format: "int32", minimum: 1 },
                gift: { type: "boolean", example: false },
              },
            },
          },
          flags: { type: "array", uniqueItems: true, items: { enum: ["x", "y"] }, example: ["x", "y"] },
          labels: { type: "object", minProperties: 1, maxProperties: 3, additionalProperties: { type: "string" } },
          pair: { type: "array", prefixItems: [{ type: "integer" }, { type: "string" }] },
          mystery: { type: "string", maxLength: 4 },
        },
      },
      Note: {
        type: "object",
        required: ["kind", "text"],
        properties: { kind: { const: "note" }, text: { type: "string", maxLength: 10 } },
      },
      Call: {
        type: "object",
        required: ["kind", "seconds"],
        properties: { kind: { const: "call" }, seconds: { type: "integer", minimum: 0 } },
      },
      Account: {
        type: "object",
        required: ["id", "token", "password"],
        properties: {
          id: { type: "string", pattern: "^a\\d$" },
          created: { type: "string", format: "date-time", "x-evidence": "inferred" },
          token: { type: "string", maxLength: 20, "x-sensitive": true },
          password: { type: "string", writeOnly: true },
          owner: { type: "object", properties: { mail: { type: "string", format: "email" } }, "x-sensitive": true },
        },
      },
      Event: {
        oneOf: [
          {
            type: "object",
            required: ["event", "data"],
            properties: {
              event: { const: "tick" },
              data: {
                type: "string",
                contentMediaType: "application/json",
                contentSchema: { $ref: "#/components/schemas/Tick" },
              },
            },
          },
          { type: "object", required: ["event"], properties: { event: { const: "end" } } },
        ],
      },
      Tick: {
        type: "object",
        required: ["count"],
        properties: {
          count: { type: "integer", "x-evidence": "inferred" },
          key: { type: "integer", "x-sensitive": true },
        },
      },
    },
    securitySchemes: {
      key: { type: "apiKey", in: "query", name: "key" },
      token: { type: "apiKey", in: "header", name: "X-Token" },
      cookie: { type: "apiKey", in: "cookie", name: "session" },
      basic: { type: "http", scheme: "basic" },
    },
  },
};
