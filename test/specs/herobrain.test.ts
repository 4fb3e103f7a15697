import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listMethods } from "../../scripts/clients/model.js";
import { listOperations, type OpenApiDocument, type Response, resolve } from "../../scripts/openapi.js";

const document: OpenApiDocument = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../generated/herobrain/openapi.json"), "utf8"),
);
const text = JSON.stringify(document);
const operations = listOperations(document);

describe("the HeroBrain description has everything that is known of the API", () => {
  test("all 18 operations, by method and path", () => {
    expect(operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort()).toEqual(
      [
        "POST /api/v1/memories",
        "GET /api/v1/memories",
        "POST /api/v1/memories/search",
        "GET /api/v1/memories/{id}",
        "PATCH /api/v1/memories/{id}",
        "DELETE /api/v1/memories/{id}",
        "POST /api/v1/api-keys",
        "GET /api/v1/api-keys",
        "POST /api/v1/api-keys/revoke",
        "POST /api/v1/webhooks",
        "GET /api/v1/webhooks",
        "POST /api/v1/webhooks/{id}/test",
        "POST /api/v1/intelligence/decision-chain",
        "POST /api/v1/intelligence/implicit-patterns",
        "GET /api/v1/usage/metrics/{tenantId}",
        "GET /api/v1/api-keys/usage",
        "DELETE /api/v1/webhooks/{id}",
        "GET /auth/clerk-token",
      ].sort(),
    );
  });

  test("all six webhook events", () => {
    expect(Object.keys(document.webhooks ?? {}).sort()).toEqual([
      "api_key.created",
      "api_key.revoked",
      "memory.created",
      "memory.deleted",
      "memory.updated",
      "search.performed",
    ]);
  });

  test("all ten error codes under their statuses", () => {
    const codes: Record<string, string> = {
      VALIDATION_ERROR: "400",
      AUTH_REQUIRED: "401",
      AUTH_INVALID: "401",
      INSUFFICIENT_QUOTA: "402",
      TENANT_MISMATCH: "403",
      RESOURCE_NOT_FOUND: "404",
      DUPLICATE_RESOURCE: "409",
      RATE_LIMIT_EXCEEDED: "429",
      DATABASE_ERROR: "500",
      EXTERNAL_SERVICE_ERROR: "502",
    };
    for (const [code, status] of Object.entries(codes)) {
      const answering = operations.flatMap(({ operation }) => {
        const node = operation.responses?.[status];
        return node ? [JSON.stringify(resolve<Response>(document, node))] : [];
      });
      expect(answering.length, code).toBeGreaterThan(0);
      for (const answer of answering) expect(answer).toContain(`"${code}"`);
    }
  });

  test("the thirteen types of memory", () => {
    expect(document.components?.schemas?.MemoryType?.enum).toHaveLength(13);
  });

  test.each([
    "https://api.herobrain.ai",
    "00000000-0000-0000-0000-000000000001",
    "975 sample memories",
    "read:memories",
    "write:memories",
    "read:intelligence",
    "write:webhooks",
    "x-herobrain-signature",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
    "X-RateLimit-Retry-After",
    "support@herobrain.ai",
    "hb_prod_abc123def456789012345678901234567890",
    "eyJ",
    "1,000",
    "100,000",
  ])("%s", (fact) => {
    expect(text).toContain(fact);
  });

  test.each([
    [
      "content",
      "1-10000 characters",
      (schemas: Schemas) => [schemas.MemoryCreateRequest?.properties?.content, { minLength: 1, maxLength: 10_000 }],
    ],
    [
      "importance",
      "0.0-1.0, default 0.5",
      (schemas: Schemas) => [
        schemas.MemoryCreateRequest?.properties?.importance,
        { minimum: 0, maximum: 1, default: 0.5 },
      ],
    ],
    [
      "limit of a search",
      "default 20, at most 100",
      (schemas: Schemas) => [schemas.SearchRequest?.properties?.limit, { default: 20, maximum: 100 }],
    ],
    [
      "minRelevance",
      "0.0-1.0",
      (schemas: Schemas) => [schemas.SearchRequest?.properties?.minRelevance, { minimum: 0, maximum: 1 }],
    ],
    [
      "name of a key",
      "1-255 characters",
      (schemas: Schemas) => [schemas.ApiKeyCreateRequest?.properties?.name, { minLength: 1, maxLength: 255 }],
    ],
    [
      "environment",
      "production by default",
      (schemas: Schemas) => [
        schemas.ApiKeyCreateRequest?.properties?.environment,
        { enum: ["development", "production"], default: "production" },
      ],
    ],
    [
      "status of a webhook",
      "active by default",
      (schemas: Schemas) => [
        schemas.WebhookCreateRequest?.properties?.status,
        { enum: ["active", "inactive"], default: "active" },
      ],
    ],
    [
      "minOccurrences",
      "3 by default",
      (schemas: Schemas) => [schemas.ImplicitPatternsRequest?.properties?.minOccurrences, { default: 3 }],
    ],
  ] as const)("the limits of %s: %s", (_field, _limits, find) => {
    const [schema, limits] = find(document.components?.schemas ?? {});
    expect(schema).toEqual(expect.objectContaining(limits));
  });

  test("the parameters of the list, with their defaults and limits", () => {
    const list = operations.find(({ operation }) => operation.operationId === "listMemories");
    const schemas = Object.fromEntries(
      list?.parameters.map(({ name, schema }) => [name, schema && resolve(document, schema)]) ?? [],
    );
    expect(schemas).toMatchObject({
      tenantId: {},
      page: { default: 1 },
      limit: { default: 50, maximum: 100 },
      type: {},
      tags: { type: "string" },
      sort: { enum: ["createdAt", "importance", "updatedAt"] },
      order: { enum: ["asc", "desc"], default: "desc" },
    });
  });
});

type Schemas = NonNullable<NonNullable<OpenApiDocument["components"]>["schemas"]>;

test("secrets are marked, the list has pages, a search may be sent again, tenantId comes from the constructor", () => {
  const schemas = document.components?.schemas ?? {};
  expect(schemas.CreatedApiKey?.properties?.plainKey).toMatchObject({ "x-sensitive": true, readOnly: true });
  expect(schemas.WebhookCreateRequest?.properties?.secret).toMatchObject({ "x-sensitive": true });
  const byId = new Map(operations.map(({ operation }) => [operation.operationId, operation]));
  expect(byId.get("listMemories")).toHaveProperty("x-pagination");
  expect(byId.get("searchMemories")).toHaveProperty("x-retry-safe", true);
  const methods = listMethods(document, document["x-client"]!);
  const withTenant = methods.filter(({ defaults }) => defaults.get("tenantId")?.option === "tenantId");
  expect(withTenant).toHaveLength(11);
});

test("every operation but the one outside /api/v1 asks for one of the two credentials", () => {
  const secured = operations.filter(({ operation }) => operation.operationId !== "getClerkToken");
  for (const { operation } of secured) {
    const schemes = (operation as { security?: object[] }).security ?? (document as { security?: object[] }).security;
    expect(schemes?.map((scheme) => Object.keys(scheme)[0])).toEqual(["apiKey", "clerkJwt"]);
  }
});
