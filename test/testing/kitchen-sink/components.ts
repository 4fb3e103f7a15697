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

/** The schemas, examples, responses and credentials of the kitchen sink. */
export const components = {
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
};
