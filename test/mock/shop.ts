/** A response with one JSON example. */
function json(description: string, example: unknown): object {
  return { description, content: { "application/json": { example } } };
}

const refusals = { "400": json("Bad request", { error: "bad" }), "401": json("No credential", { error: "who" }) };

/** A description with a little of everything that an API of this package may have. */
export const shop = {
  openapi: "3.2.0",
  info: { title: "Shop", version: "2.0.0" },
  paths: {
    "/items": {
      get: {
        operationId: "listItems",
        parameters: [
          { name: "tag", in: "query", schema: { type: "array", items: { type: "string", enum: ["a", "b", "a,b"] } } },
          { name: "limit", in: "query", schema: { type: "integer", maximum: 5 } },
          { name: "since", in: "query", schema: { type: "string", format: "date" } },
          { name: "X-Trace", in: "header", schema: { type: "string", pattern: "^[a-f]+$" } },
        ],
        responses: {
          "200": {
            description: "Items",
            headers: {
              "X-Total": { schema: { type: "integer" }, example: 3 },
              "X-Named": { schema: { type: "string" }, examples: { one: { value: "named" } } },
              "Set-Cookie": { schema: { type: "array", items: { type: "string" } }, example: ["a=1", "b=2"] },
              Vary: { schema: { type: "string" }, example: "Accept" },
            },
            content: {
              "application/json": {
                examples: { first: { value: { items: [1] } }, second: { dataValue: { items: [2] } } },
              },
            },
          },
          ...refusals,
        },
      },
      post: {
        operationId: "createItem",
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: {
                type: "object",
                required: ["name"],
                properties: {
                  name: { type: ["string", "null"], minLength: 2 },
                  pair: { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }], items: false },
                  parent: { $ref: "#/components/schemas/Node" },
                },
                unevaluatedProperties: false,
              },
            },
          },
        },
        responses: { "201": json("Created", { id: "i1" }), ...refusals },
      },
    },
    "/items/search": { post: { operationId: "searchItems", responses: { "200": json("Found", { found: true }) } } },
    "/items/{id}": {
      get: {
        operationId: "getItem",
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        responses: { "200": json("An item", { id: "i1" }) },
      },
      delete: { operationId: "deleteItem", responses: { "204": { description: "Gone" } } },
    },
    "/forms": {
      post: {
        operationId: "postForm",
        requestBody: {
          content: { "application/x-www-form-urlencoded": { schema: { type: "object", required: ["name"] } } },
        },
        responses: { "200": json("Taken", {}) },
      },
    },
    "/uploads": {
      post: {
        operationId: "upload",
        requestBody: {
          required: true,
          content: {
            "multipart/form-data": {
              schema: { type: "object", required: ["file"], properties: { file: { type: "string" } } },
            },
          },
        },
        responses: { "200": json("Taken", {}), "400": refusals["400"] },
      },
    },
    "/stream": {
      get: {
        operationId: "stream",
        responses: {
          "200": {
            description: "Events",
            content: { "text/event-stream": { examples: { all: { serializedValue: "event: a\ndata: 1\n\n" } } } },
          },
          "429": { ...json("Slow down", { error: "slow" }), headers: { "Retry-After": { schema: {}, example: 7 } } },
        },
      },
    },
    "/page": content("page", "text/html", "<h1>Hé</h1>"),
    "/file": content("file", "application/octet-stream", "bytes"),
    "/picture": content("picture", "image/*", "pixels"),
    "/text-in-json": content("textInJson", "application/json", "text"),
    "/broken": {
      get: {
        operationId: "broken",
        responses: { "200": { description: "", headers: { "X-Broken": { schema: {}, example: "a\nb" } } } },
      },
    },
    "/cookie": secured("cookie", [{ cookie: [] }]),
    "/query": secured("query", [{ query: [] }]),
    "/either": secured("either", [{ scoped: ["read:items"] }, { jwt: [] }]),
    "/optional": secured("optional", [{ cookie: [] }, {}]),
    "/shared/{shareToken}": {
      get: {
        operationId: "getShared",
        parameters: [{ name: "shareToken", in: "path", required: true, schema: { type: "string" } }],
        responses: { "200": json("Shared", {}) },
      },
    },
  },
  components: {
    schemas: {
      Node: { type: "object", required: ["id"], properties: { parent: { $ref: "#/components/schemas/Node" } } },
    },
    securitySchemes: {
      cookie: { type: "apiKey", in: "cookie", name: "session" },
      query: { type: "apiKey", in: "query", name: "token" },
      scoped: { type: "http", scheme: "bearer" },
      jwt: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
    },
  },
};

function content(operationId: string, mediaType: string, example: unknown): object {
  return { get: { operationId, responses: { "200": { description: "", content: { [mediaType]: { example } } } } } };
}

function secured(operationId: string, security: object[]): object {
  return { get: { operationId, security, responses: { "200": json("", {}), "401": refusals["401"] } } };
}
