import { answers } from "./answers.js";

/** Operations with request bodies of every kind. */
export const bodyPaths = {
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
};
