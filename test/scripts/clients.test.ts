import { describe, expect, test } from "vitest";
import { compileClient } from "../../scripts/clients/client.js";
import type { ClientFacts, OpenApiDocument, Operation, PathItem, Schema } from "../../scripts/openapi.js";

const json = (schema: Schema) => ({ content: { "application/json": { schema } } });

function compile(paths: Record<string, PathItem>, client: Partial<ClientFacts> = {}, rest: object = {}): string {
  const document: OpenApiDocument = {
    openapi: "3.2.0",
    info: { title: "Shop", version: "1" },
    servers: [{ url: "https://shop.invalid" }],
    paths,
    "x-client": { name: "Shop", ...client },
    ...rest,
  };
  return compileClient("shop", document);
}

const operation = (operationId: string, sdk: string, rest: Partial<Operation> = {}): Operation => ({
  operationId,
  "x-sdk": sdk,
  responses: { 200: json({ type: "object", properties: { id: { type: "string" } } }) },
  ...rest,
});

const withId = (one: Operation): Operation => ({
  ...one,
  parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
});

describe("a generated client", () => {
  test("has a class for a resource within a resource", () => {
    const code = compile({ "/a": { get: operation("getA", "orders.lines.get") } });
    expect(code).toContain("readonly orders = new OrdersResource(this);");
    expect(code).toContain("readonly lines = new OrdersLinesResource(this.client);");
  });

  test("takes path parameters by position, in the order of the path, and all other fields in one object", () => {
    const parameters = [
      { name: "dry-run", in: "query", schema: { type: "boolean" } },
      { name: "line_id", in: "path", required: true, schema: { type: "integer" } },
      { name: "order", in: "path", required: true, schema: { type: "string" } },
    ] as const;
    const code = compile({
      "/orders/{order}/lines/{line_id}": { get: operation("getLine", "lines.get", { parameters: [...parameters] }) },
    });
    expect(code).toContain("get(order: string, lineId: number, params?: GetLineParams, options?: RequestOptions)");
    expect(code).toContain("path: { order, line_id: lineId }, params");
  });

  test("resolves to the whole body where it is no envelope, also in an API that has one", () => {
    const bare = operation("getBare", "bare.get");
    const wrapped = operation("getWrapped", "wrapped.get", {
      responses: { 200: json({ properties: { data: { type: "object", properties: {} } }, required: ["data"] }) },
    });
    const code = compile({ "/bare": { get: bare }, "/wrapped": { get: wrapped } }, { envelope: { payload: "data" } });
    expect(code).toContain('ApiPromise<operations["getBare"]["responses"][200]["content"]["application/json"]>');
    expect(code).toContain(
      'ApiPromise<operations["getWrapped"]["responses"][200]["content"]["application/json"]["data"]>',
    );
  });

  test("says undefined where the payload may be missing", () => {
    const node = operation("getA", "a.get", {
      responses: { 200: json({ properties: { data: { type: "object", properties: {} } } }) },
    });
    const code = compile({ "/a": { get: node } }, { envelope: { payload: "data" } });
    expect(code).toContain('["data"] | undefined>');
    expect(code).toContain("payloadOptional: true");
  });

  test("asks for a body that must be sent, even if none of its fields is required", () => {
    const body = { required: true, ...json({ type: "object", properties: { note: { type: "string" } } }) };
    const code = compile({ "/a": { post: operation("postA", "a.post", { requestBody: body }) } });
    expect(code).toContain("post(params: PostAParams, options?: RequestOptions)");
  });

  test("takes header parameters among the fields, in camelCase, and knows the headers' own names", () => {
    const parameters = [{ name: "mcp-session-id", in: "header", required: true, schema: { type: "string" } }] as const;
    const code = compile({ "/a": { get: operation("getA", "a.get", { parameters: [...parameters] }) } });
    expect(code).toContain('mcpSessionId: NonNullable<operations["getA"]["parameters"]["header"]>["mcp-session-id"];');
    expect(code).toContain("get(params: GetAParams, options?: RequestOptions)");
    expect(code).toContain('headers: { mcpSessionId: "mcp-session-id" }');
  });

  test("takes a body that is no object of fields by itself", () => {
    const body = { required: true, ...json({ type: "array", items: { type: "string" } }) };
    const code = compile({ "/a/{id}": { post: withId(operation("postA", "a.post", { requestBody: body })) } });
    expect(code).toContain(
      'post(id: string, body: NonNullable<operations["postA"]["requestBody"]>["content"]["application/json"], options?',
    );
    expect(code).toContain("{ path: { id }, body }");
    expect(code).toContain('body: "whole"');
  });

  test("resolves to a string where the answer is text, and asks for that text", () => {
    const responses = { 200: { content: { "text/html": { schema: { type: "string" } } } } };
    const code = compile({ "/a": { get: operation("getA", "a.get", { responses }) } });
    expect(code).toContain("ApiPromise<string>");
    expect(code).toContain('answer: "text",\n    accept: "text/html"');
  });

  test("yields decoded data from a stream without names, and events from one with names", () => {
    const data = { type: "string", contentMediaType: "application/json", contentSchema: { type: "object" } };
    const stream = (itemSchema: Schema) => ({
      200: { content: { "text/event-stream": { itemSchema, schema: { type: "object" } } } },
    });
    const code = compile({
      "/a": { get: operation("a", "a.stream", { responses: stream({ properties: { data } }) }) },
      "/b": {
        get: operation("b", "b.stream", {
          responses: stream({
            oneOf: [
              { properties: { event: { const: "token" }, data } },
              { properties: { event: { const: "note" }, data: { type: "string" } } },
            ],
          }),
        }),
      },
    });
    expect(code).toContain('EventStream<operations["a"]["responses"][200]["content"]["text/event-stream"]>');
    expect(code).toContain("return this.client.stream(operation.a, {}, options)");
    expect(code).toMatch(/id: "b",[^}]*answer: "stream",\s*events: "event",\s*eventJson: \["token"\]/);
  });

  test("resolves to JSON or to a stream where the answer may be either", () => {
    const responses = {
      200: { content: { ...json({ type: "string" }).content, "text/event-stream": { schema: { type: "string" } } } },
    };
    const code = compile({ "/a": { get: operation("getA", "a.get", { responses }) } });
    expect(code).toMatch(/ApiPromise<[^|]+ \| EventStream<[^|]+>>/);
    expect(code).toContain('answer: "json-or-stream"');
  });

  test("says undefined where a successful answer may have no body", () => {
    const responses = { 200: json({ type: "string" }), 202: { description: "Taken." } };
    const code = compile({ "/a": { post: operation("postA", "a.post", { responses }) } });
    expect(code).toContain('["content"]["application/json"] | undefined>');
    expect(code).toContain("bodyOptional: true");
  });

  test("knows which credential an operation takes, where it is not the API's", () => {
    const code = compile(
      {
        "/a": { get: operation("getA", "a.get", { security: [{ apiKey: [] }] }) },
        "/b": { get: operation("getB", "b.get", { security: [{ token: [] }, { apiKey: [] }] }) },
        "/c": { get: operation("getC", "c.get", { security: [] }) },
      },
      {},
      { security: [{ apiKey: [] }] },
    );
    expect(code.match(/security: \[.*\]/g)).toEqual([
      'security: ["token", "apiKey"]',
      "security: []",
      'security: ["apiKey"]',
    ]);
  });

  test("takes any code for an error whose codes are not all known", () => {
    const responses = { 200: json({}), 403: json({ required: ["error"], properties: { error: { type: "string" } } }) };
    const code = compile({ "/a": { get: operation("getA", "a.get", { responses }) } }, { error: { code: "/error" } });
    expect(code).toContain("DocumentedError<403, string,");
    expect(code).toContain("403: { other: true }");
  });

  test("takes the files of a form as uploads, and its other fields as they are", () => {
    const schema = {
      type: "object",
      required: ["folder", "file"],
      properties: {
        folder: { type: "string" },
        file: { description: "The scan.", contentMediaType: "application/octet-stream" },
        thumbnail: { type: "string", format: "binary" },
      },
    };
    const requestBody = { required: true, content: { "multipart/form-data": { schema } } };
    const code = compile({ "/a": { post: operation("sendA", "a.send", { requestBody }) } });
    expect(code).toContain('["multipart/form-data"], "file" | "thumbnail"> & {');
    expect(code).toContain("/** The scan. */\n  file: Upload;\n  thumbnail?: Upload;");
    expect(code).toContain('body: "form",\n    files: ["file", "thumbnail"],');
  });

  test("names the parts of the runtime that its operations use, so that bundlers leave out the others", () => {
    const plain = compile({ "/a": { get: operation("getA", "a.get") } });

    expect(plain).not.toMatch(/\b(parts|Download|PagePromise|streams|writeForm)\b/);
    const responses = { 200: { content: { "image/png": {} } } };
    const downloading = compile({ "/a": { get: operation("getA", "a.get", { responses }) } });
    expect(downloading).toContain("parts: { Download }");
    expect(downloading).toMatch(/^ {2}Download,$/m);
  });

  test("resolves to a download where the answer is bytes, and asks for their media types", () => {
    const responses = { 200: { content: { "image/png": {} } }, 206: { content: { "image/*": {} } } };
    const code = compile({ "/a": { get: operation("getA", "a.get", { responses }) } });
    expect(code).toContain("get(options?: RequestOptions): ApiPromise<Download>");
    expect(code).toContain('answer: "bytes",\n    accept: "image/png, image/*",');
  });

  test("knows which events end a stream and where it goes on, and what may be sent twice", () => {
    const terminal = ["end", { event: "done", when: { last: true } }];
    const event = { properties: { event: { const: "end" }, data: { type: "string" } } };
    const responses = { 200: { content: { "text/event-stream": { itemSchema: event, schema: {} } } } };
    const stream = { "x-stream": { terminal, resume: "after" }, "x-retry-safe": false, responses };
    const code = compile({ "/a": { get: operation("watchA", "a.watch", stream) } }, { retryRefused: false });
    expect(code).toContain('terminal: ["end", { event: "done", when: { last: true } }],\n    resume: "after",');
    expect(code).toContain("retrySafe: false");
    expect(code).toContain("retryRefused: false");
  });

  test("goes to the first server, with the defaults of its variables", () => {
    const servers = [
      { url: "https://{host}:{port}/", variables: { host: { default: "a.invalid" }, port: { default: "1" } } },
    ];
    const code = compile({ "/a": { get: operation("getA", "a.get") } }, {}, { servers });
    expect(code).toContain('baseUrl: "https://a.invalid:1/"');
  });

  test("takes an error without a code where the code is optional, or where there is no body", () => {
    const responses = { 200: json({}), 403: json({ properties: { error: { type: "string" } } }), 503: {} };
    const code = compile({ "/a": { get: operation("getA", "a.get", { responses }) } }, { error: { code: "/error" } });
    expect(code).toContain("DocumentedError<403, string | undefined,");
    expect(code).toContain("403: { other: true, none: true }");
    expect(code).toContain("DocumentedError<503, undefined, undefined>");
    expect(code).toContain("503: { none: true }");
  });

  test("pairs each code with the body that has it, also where bodies are combined of others", () => {
    const message = { type: "object", required: ["message"], properties: { message: { type: "string" } } };
    const coded = { required: ["code"], properties: { code: { enum: ["E_FULL"] } } };
    const responses = {
      200: json({}),
      409: json({ anyOf: [{ $ref: "#/components/schemas/Full" }, { $ref: "#/components/schemas/Message" }] }),
    };
    const schemas = { Message: message, Full: { allOf: [{ $ref: "#/components/schemas/Message" }, coded] } };
    const code = compile(
      { "/a": { get: operation("getA", "a.get", { responses }) } },
      { error: { code: "/code" } },
      { components: { schemas } },
    );
    expect(code).toContain('| DocumentedError<409, "E_FULL", Full>');
    expect(code).toContain("| DocumentedError<409, undefined, Message>");
    expect(code).toContain('409: { known: ["E_FULL"], none: true }');
  });

  test("has no codes for errors of an API without codes", () => {
    const responses = { 200: json({ properties: { id: {} } }), 404: json({ properties: { message: {} } }) };
    const code = compile({ "/a": { get: operation("getA", "a.get", { responses }) } });
    expect(code).toContain(
      'DocumentedError<404, undefined, operations["getA"]["responses"][404]["content"]["application/json"]>',
    );
    expect(code).not.toContain("ShopErrorCode");
  });

  test("keeps a comment's end in a description from ending the comment", () => {
    const code = compile({ "/a": { get: operation("getA", "a.get", { description: "Reads */ all" }) } });
    expect(code).toContain("Reads *\\/ all");
  });
});

describe("a client that cannot be made is refused with the operation's name", () => {
  test("a field that is in the query and in the body", () => {
    const node = operation("postA", "a.post", {
      parameters: [{ name: "id", in: "query" }],
      requestBody: json({ properties: { id: { type: "string" } } }),
    });
    expect(() => compile({ "/a": { post: node } })).toThrow("postA: two of its query, headers and body have `id`");
  });

  test("a path parameter that nobody described", () => {
    expect(() => compile({ "/a/{id}": { get: operation("getA", "a.get") } })).toThrow(
      "getA: the path parameter `id` is not described",
    );
  });

  test("a body that is neither JSON nor a form", () => {
    const node = operation("postA", "a.post", {
      requestBody: { content: { "text/csv": { schema: { type: "string" } } } },
    });
    expect(() => compile({ "/a": { post: node } })).toThrow("postA: its body is text/csv, and neither JSON nor a form");
  });

  test("an answer that is bytes or JSON, which nobody could tell apart by its type", () => {
    const responses = { 200: { content: { "application/zip": {}, "application/json": {} } } };
    expect(() => compile({ "/a": { get: operation("getA", "a.get", { responses }) } })).toThrow(
      "getA: its answer is application/zip, application/json",
    );
  });

  test("two things of one name, and a resource that would hide a member of the client", () => {
    const schemas = { components: { schemas: { ApiError: { type: "object" } } } };
    expect(() => compile({ "/a": { get: operation("getA", "a.get") } }, {}, schemas)).toThrow(
      "two things called ApiError",
    );
    expect(() => compile({ "/a": { get: operation("getA", "fetch.get") } })).toThrow("two things called fetch");
  });
});
