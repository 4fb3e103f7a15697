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
    expect(() => compile({ "/a": { post: node } })).toThrow("postA: the query and the body both have `id`");
  });

  test("a path parameter that nobody described", () => {
    expect(() => compile({ "/a/{id}": { get: operation("getA", "a.get") } })).toThrow(
      "getA: the path parameter `id` is not described",
    );
  });

  test("a body that is no JSON object", () => {
    const node = operation("postA", "a.post", {
      requestBody: { content: { "text/csv": { schema: { type: "string" } } } },
    });
    expect(() => compile({ "/a": { post: node } })).toThrow("postA: its body is text/csv and not JSON");
  });

  test("two things of one name, and a resource that would hide a member of the client", () => {
    const schemas = { components: { schemas: { ApiError: { type: "object" } } } };
    expect(() => compile({ "/a": { get: operation("getA", "a.get") } }, {}, schemas)).toThrow(
      "two things called ApiError",
    );
    expect(() => compile({ "/a": { get: operation("getA", "fetch.get") } })).toThrow("two things called fetch");
  });
});
