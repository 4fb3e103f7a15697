import { join } from "node:path";
import { bundle, createConfig } from "@redocly/openapi-core";
import { describe, expect, test } from "vitest";
import { listOperations, type OpenApiDocument, type Parameter, type Response, resolve } from "../../scripts/openapi.js";
import { listStreamEvents } from "../../scripts/streams.js";

const { bundle: bundled } = await bundle({
  ref: join(import.meta.dirname, "../../specs/heycmo/openapi.yaml"),
  config: await createConfig({}),
});
const document = bundled.parsed as OpenApiDocument;
const schemas = document.components?.schemas ?? {};
const operations = listOperations(document);
const byId = new Map(operations.map((placed) => [placed.operation.operationId, placed]));
/** The whole description with its line breaks undone, so that a fact is found wherever a line ends. */
const text = JSON.stringify(document).replaceAll(/\\n\s*/g, " ");

/** Every operation of the dossier with the credential that it asks for; `none` takes none, `any` takes the key or none. */
const expected: Record<string, "apiKey" | "mcpToken" | "adminKey" | "stripe" | "inngest" | "none" | "any"> = {
  // The table of the overview.
  "GET /api/health": "none",
  "GET /api/health/ready": "none",
  "GET /mcp/sse": "mcpToken",
  "POST /mcp/message": "mcpToken",
  "POST /api/checkout": "none",
  "POST /api/webhooks/stripe": "stripe",
  "GET /api/session/{sessionId}": "none",
  "GET /api/customer/{customerId}": "apiKey",
  "GET /api/events/{customerId}": "apiKey",
  "GET /api/dashboard/{customerId}": "apiKey",
  "POST /api/onboard/{customerId}": "apiKey",
  "POST /api/connect/{customerId}": "apiKey",
  "GET /api/connections/{customerId}": "apiKey",
  "POST /api/admin/provision": "adminKey",
  "GET /api/inngest": "inngest",
  "POST /api/inngest": "inngest",
  "PUT /api/inngest": "inngest",
  // The page for agents.
  "POST /api/onboard/{customerId}/auto-extract": "apiKey",
  "POST /api/hooks/{customerId}": "apiKey",
  "POST /api/scan": "any",
  "GET /api/public/status": "none",
  "GET /live": "none",
  // The discovery documents.
  "GET /openapi.json": "none",
  "GET /.well-known/mcp/server-card.json": "none",
  "GET /.well-known/api-catalog": "none",
  "GET /.well-known/agent.json": "none",
  "GET /.well-known/agent-card.json": "none",
  "GET /.well-known/oauth-protected-resource": "none",
  "GET /llms.txt": "none",
  "GET /llms-full.txt": "none",
  "GET /pricing.md": "none",
  "GET /index.md": "none",
  "GET /": "none",
  "GET /sitemap.xml": "none",
  "GET /status": "none",
};

const named = new Map(operations.map((placed) => [`${placed.method.toUpperCase()} ${placed.path}`, placed]));

describe("the HeyCMO description has everything that is known of the API", () => {
  test("all 35 operations, by method and path", () => {
    expect([...named.keys()].sort()).toEqual(Object.keys(expected).sort());
    expect(operations).toHaveLength(35);
  });

  test.each(Object.entries(expected))("%s asks for %s", (name, credential) => {
    const placed = named.get(name);
    const security = placed?.operation.security ?? document.security;
    const headers = placed?.parameters.filter((parameter) => parameter.in === "header").map((one) => one.name);
    if (credential === "any") expect(security).toEqual([{ apiKey: [] }, {}]);
    else if (/Key|Token/.test(credential)) expect(security).toEqual([{ [credential]: [] }]);
    else expect(security).toEqual([]);
    const signature = { stripe: ["Stripe-Signature"], inngest: ["X-Inngest-Signature"] }[credential as string] ?? [];
    expect(headers).toEqual(signature);
  });

  test("the three credentials, and where they go", () => {
    expect(document.components?.securitySchemes).toMatchObject({
      apiKey: { type: "http", scheme: "bearer" },
      mcpToken: { type: "apiKey", in: "query", name: "token" },
      adminKey: { type: "http", scheme: "bearer", "x-evidence": "inferred" },
    });
  });

  test("all six webhook events, as deliveries and as what one can subscribe to", () => {
    const events = [
      "content.created",
      "content.approved",
      "content.published",
      "content.rejected",
      "workflow.completed",
      "team.invited",
    ];
    expect(Object.keys(document.webhooks ?? {}).sort()).toEqual([...events].sort());
    expect([...(schemas.HookEventType?.enum ?? [])].sort()).toEqual([...events].sort());
  });

  test("the six statuses of the overview, and no 403 or 404, which no source has", () => {
    const statuses = new Set(operations.flatMap(({ operation }) => Object.keys(operation.responses ?? {})));
    expect([...statuses].sort()).toEqual(["200", "202", "400", "401", "413", "429", "500", "503"]);
  });

  test("both error shapes in one schema", () => {
    expect(schemas.ErrorBody?.required).toEqual(["error"]);
    expect(Object.keys(schemas.ErrorBody?.properties ?? {})).toEqual(["error", "code", "requestId"]);
  });

  test("readiness answers the same members with 200 and 503", () => {
    expect(Object.keys(schemas.NotReadyStatus?.properties ?? {})).toEqual(["status", "db", "timestamp"]);
    expect(schemas.NotReadyStatus?.properties).toMatchObject({ status: { const: "not_ready" }, db: { const: false } });
    expect(schemas.ReadyStatus?.properties).toMatchObject({ status: { const: "ready" }, db: { const: true } });
  });

  test("the events of MCP's stream: where to send messages, and messages", () => {
    const { content } = resolve<Response>(document, byId.get("openMcpStream")?.operation.responses?.["200"] ?? {});
    const { itemSchema = {} } = content?.["text/event-stream"] ?? {};
    const events = listStreamEvents(itemSchema, (schema) => resolve(document, schema));
    expect(events.map(({ name, json }) => ({ name, json }))).toEqual([
      { name: "endpoint", json: false },
      { name: "message", json: true },
    ]);
  });

  test.each([
    ["getDashboard", ["text/html"]],
    ["getStatusPage", ["text/html"]],
    ["getHome", ["text/html", "application/json"]],
    ["getOpenApi", ["application/openapi+json", "application/json"]],
    ["getApiCatalog", ["application/linkset+json"]],
    ["getLlmsTxt", ["text/plain"]],
    ["getPricingMarkdown", ["text/markdown"]],
    ["getSitemap", ["application/xml"]],
  ])("%s answers %j", (operationId, mediaTypes) => {
    const answer = resolve<Response>(document, byId.get(operationId)?.operation.responses?.["200"] ?? {});
    expect(Object.keys(answer.content ?? {})).toEqual(mediaTypes);
  });

  describe("what the API Reference says", () => {
    test.each([
      "https://heycmo.ai",
      "Claude Desktop, Cursor or any other MCP client",
      "Authorization: Bearer hcmo_live_",
      "https://heycmo.ai/mcp/sse?token=hcmo_live_",
      "60 a minute",
      "30 a minute per customer",
      "5 a minute",
      "100 a minute",
      "per key or IP address",
      "https://app.heycmo.ai",
      "http://localhost:3000",
      "http://localhost:3001",
      "max-age=31536000; includeSubDomains",
      "camera=(), microphone=(), geolocation=()",
      "strict-origin-when-cross-origin",
      "nosniff",
      "DENY",
    ])("%s", (fact) => {
      expect(text).toContain(fact);
    });

    test.each([
      "X-Content-Type-Options",
      "X-Frame-Options",
      "Referrer-Policy",
      "Permissions-Policy",
      "Strict-Transport-Security",
    ])("every response has %s", (header) => {
      for (const { operation } of operations) {
        for (const node of Object.values(operation.responses ?? {})) {
          expect(Object.keys(resolve<Response>(document, node).headers ?? {}), operation.operationId).toContain(header);
        }
      }
    });
  });

  describe("what the page for agents says", () => {
    test.each([
      "Claude, ChatGPT, Cursor and Devin",
      "/?mode=agent",
      "RFC 8288",
      "RFC 9727",
      "RFC 9728",
      '</sitemap.xml>; rel=\\"sitemap\\"',
      '</index.md>; rel=\\"alternate\\"; type=\\"text/markdown\\"',
      '</openapi.json>; rel=\\"service-desc\\"; type=\\"application/openapi+json\\"',
      '</.well-known/api-catalog>; rel=\\"api-catalog\\"; type=\\"application/linkset+json\\"',
      '</.well-known/agent.json>; rel=\\"describedby\\"; type=\\"application/json\\"',
      '</.well-known/mcp/server-card.json>; rel=\\"related\\"; title=\\"MCP server card\\"',
      '</llms.txt>; rel=\\"alternate\\"; type=\\"text/plain\\"; title=\\"llms.txt\\"',
      "^hcmo_live_[0-9A-Fa-f]{64}$",
      "free trial of 30 days",
      "/team",
      "OAuth 2.0 is planned",
      '"authorization_servers":[]',
      '"bearer_methods_supported":["header"]',
      "60 a minute per customer",
      "20 a minute per IP address",
      "Retry-After",
      "250 ms",
      "5 retries",
      "E_RATE_LIMITED",
      "E_AUTH_REQUIRED",
      "X-Request-ID",
      "mcpServers",
      "npm install -g @heycmo/cli",
      "heycmo auth login",
      "heycmo mcp config",
      "https://your-agent.example.com/heycmo-webhook",
      "HMAC-SHA256",
      "run_content_creation",
      "ask_cmo",
      "schedule_content",
      "publish_to_social",
      "generate_lead_magnet",
      "lead-outreach",
      "ai_seo_audit",
      "cro_audit",
      "run_research",
      "query_ga4",
      "track_revenue",
      "check_ai_visibility",
      "analyze_brand_url",
      "not meant for free chat",
      "no public sandbox key",
      "/live",
      "Fly",
    ])("%s", (fact) => {
      expect(text).toContain(fact);
    });

    test("a 429 has Retry-After in whole seconds", () => {
      for (const { operation } of operations) {
        const { headers } = resolve<Response>(document, operation.responses?.["429"] ?? {});
        expect(Object.keys(headers ?? {}), operation.operationId).toContain("Retry-After");
      }
      expect(document.components?.headers?.["Retry-After"]).toMatchObject({ required: true, example: 13 });
    });

    test("the public status has six members", () => {
      const members = ["status", "timestamp", "uptime24h", "uptime7d", "components", "incidents"];
      expect(Object.keys(schemas.PublicStatus?.properties ?? {})).toEqual(members);
    });

    test("every tool of the server card has a name and a description", () => {
      expect(schemas.McpServerCard?.required).toEqual(["tools"]);
      expect(schemas.McpTool?.required).toEqual(["name", "description"]);
    });
  });
});

test("secrets are marked: the key, what leads to it, and what may hold another secret", () => {
  expect(schemas.SessionCustomer?.properties?.apiKey).toMatchObject({ "x-sensitive": true, readOnly: true });
  expect(schemas.CheckoutPage?.properties?.url).toHaveProperty("x-sensitive", true);
  expect(document.components?.parameters?.SessionId).toHaveProperty("x-sensitive", true);
  expect(schemas.McpEndpointEvent?.properties?.data).toHaveProperty("x-sensitive", true);
  expect(schemas.HookCreated).toHaveProperty("x-sensitive", true);
});

test("the ids in the examples are the same everywhere", () => {
  const session = document.components?.parameters?.SessionId as Parameter & { example: string };
  expect(schemas.CheckoutPage?.properties?.url).toMatchObject({ example: expect.stringContaining(session.example) });
  const mcpSession = document.components?.parameters?.McpSessionId as Parameter & { example: string };
  expect(schemas.McpEndpointEvent?.properties?.data).toMatchObject({
    example: expect.stringContaining(mcpSession.example),
  });
  const requestId = document.components?.headers?.["X-Request-ID"] as { example: string };
  expect(schemas.ErrorBody?.properties?.requestId).toHaveProperty("example", requestId.example);
});
