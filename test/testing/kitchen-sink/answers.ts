/** The answers of every operation that is there for its request. */
export const answers = {
  "200": { description: "Done.", content: { "application/json": { schema: { type: "object" }, example: {} } } },
  "400": { $ref: "#/components/responses/Problem" },
  "401": { $ref: "#/components/responses/Problem" },
};

/** An operation with one of each kind of answer. */
export const answerPaths = {
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
};
