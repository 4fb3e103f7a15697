import { answers } from "./answers.js";

const query = (name: string, schema: object, example: unknown, more: object = {}) => ({
  name,
  in: "query",
  schema,
  example,
  ...more,
});

/** Operations with parameters of every kind, style and place. */
export const parameterPaths = {
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
};
