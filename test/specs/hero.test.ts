import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, test } from "vitest";
import { bundle } from "../../scripts/bundle.js";
import {
  listOperations,
  type MediaType,
  type OpenApiDocument,
  type PlacedOperation,
  type Response,
  resolve,
  type Schema,
} from "../../scripts/openapi.js";
import { findApis, projectRoot } from "../../scripts/project.js";
import { statements } from "./hero-statements.js";

let document: OpenApiDocument;
let operations: PlacedOperation[];
/** The introduction on one line, since where its lines break means nothing. */
let introduction: string;

beforeAll(async () => {
  const hero = (await findApis(projectRoot)).find(({ name }) => name === "hero");
  if (!hero) throw new Error("There is no specs/hero.");
  ({ document } = await bundle(hero));
  operations = listOperations(document);
  introduction = (document.info.description ?? "").replace(/\s+/g, " ");
});

const named = (id: string) => operations.find(({ operation }) => operation.operationId === id)!.operation;
const schemaOf = (name: string): Schema => document.components?.schemas?.[name] ?? {};
const propertyOf = (name: string, property: string): Schema =>
  resolve<Schema>(document, schemaOf(name).properties?.[property] ?? {});
const responsesOf = ({ operation }: PlacedOperation): [status: string, response: Response][] =>
  Object.entries(operation.responses ?? {}).map(([status, node]) => [status, resolve<Response>(document, node)]);
const bodyOf = (response: Response): Schema | undefined => {
  const node = response.content?.["application/json"]?.schema;
  return node && resolve<Schema>(document, node);
};

describe("the HERO description has everything that is known of the API", () => {
  test("all 33 operations whose path is known, by method and path, and no others", () => {
    expect(operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort()).toEqual(
      [
        "POST /api/ai-agent",
        "POST /api/ai-agent/stream",
        "POST /api/ai-agent/transform-text",
        "POST /api/ai-agent/undo",
        "GET /api/ai-agent/usage",
        "POST /api/api-key",
        "GET /api/api-key",
        "DELETE /api/api-key/{tokenId}",
        "POST /api/document",
        "GET /api/document/{documentId}",
        "POST /api/document/get-documents",
        "POST /api/document/invite-user",
        "POST /api/document/invite-users",
        "POST /api/document/remove-collaborator",
        "POST /api/document/remove-collaborator-many",
        "POST /api/document/update-collaborator-role",
        "POST /api/document/transfer/create",
        "POST /api/mcp",
        "GET /api/mcp",
        "DELETE /api/mcp",
        "GET /api/organization/{orgId}",
        "GET /api/project/all/{workspaceId}",
        "POST /api/published/{publishedId}/auth",
        "POST /api/snapshot",
        "GET /api/user/self-info",
        "GET /api/user/collaborators/ids",
        "POST /api/user/setup/default",
        "GET /api/workspace/default",
        "GET /api/workspace/{workspaceId}",
        "GET /api/workspace/{workspaceId}/dashboard-info",
        "PUT /api/workspace/{workspaceId}/change-role",
        "POST /api/workspace/invite-user",
        "POST /api/workspace/remove-user",
      ].sort(),
    );
  });

  test.each(statements)("the conventions page: %s", (_subject, words) => {
    expect(introduction).toContain(words);
  });

  test("one server, the bare origin", () => {
    expect(document.servers?.map(({ url }) => url)).toEqual(["https://app.myhero.so"]);
  });

  test("the names of errors, under their statuses", () => {
    const names = { ValidationError: "400", WrongTokenKind: "401", WorkspaceScopeViolation: "403" };
    for (const [name, status] of Object.entries(names)) {
      const answers = operations.flatMap((one) => responsesOf(one).filter(([of]) => of === status));
      expect(answers.some(([, response]) => JSON.stringify(bodyOf(response)).includes(`"const":"${name}"`))).toBe(true);
    }
  });

  test("the statuses that the reference names for single operations", () => {
    const statuses = (id: string) => Object.keys(named(id).responses ?? {});
    expect(statuses("getWorkspace")).toEqual(expect.arrayContaining(["200", "403", "404"]));
    expect(statuses("getOrganization")).toEqual(expect.arrayContaining(["200", "403"]));
    expect(statuses("getDocuments")).toEqual(expect.arrayContaining(["200", "403"]));
    expect(statuses("authenticatePublishedDocument")).toEqual(expect.arrayContaining(["200", "403"]));
    expect(statuses("getDefaultWorkspace")).toEqual(expect.arrayContaining(["200", "401", "403"]));
    expect(statuses("updateCollaboratorRole")).toEqual(expect.arrayContaining(["200", "404"]));
    const created = operations.filter(({ operation }) => operation.responses?.["201"]);
    expect(created.map(({ operation }) => operation.operationId).sort()).toEqual(["createApiKey", "createSnapshot"]);
    for (const { operation } of operations) expect(Object.keys(operation.responses ?? {})).toContain("429");
  });

  test("`data` is around every answer but those that the reference shows bare, and the one that nobody shows", () => {
    const bare = operations.filter((one) =>
      responsesOf(one).some(([status, response]) => status.startsWith("2") && !bodyOf(response)?.properties?.data),
    );
    expect(bare.map(({ operation }) => operation.operationId).sort()).toEqual([
      "endMcpSession",
      "openMcpStream",
      "runAgent",
      "sendMcpMessage",
      "streamAgent",
      "transformText",
      "undoAgentRun",
    ]);
  });

  test("the rate limit is told by every response, and a 429 says how long to wait", () => {
    for (const one of operations) {
      for (const [status, response] of responsesOf(one)) {
        const headers = Object.keys(response.headers ?? {});
        expect(headers).toEqual(expect.arrayContaining(["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"]));
        expect(headers.includes("Retry-After")).toBe(status === "429");
      }
    }
  });

  test("a 429 of the agent is an error or a conversation", () => {
    const response = resolve<Response>(document, named("runAgent").responses!["429"]!);
    const kinds = (bodyOf(response)?.oneOf ?? []).map((kind) => resolve<Schema>(document, kind).required);
    expect(kinds).toEqual([["chatMessages"], ["error", "message"]]);
  });

  test("the roles, in their order", () => {
    expect(schemaOf("Role").enum).toEqual(["owner", "admin", "member", "editor", "viewer"]);
  });

  test.each([
    ["DocumentType", undefined, "FILE"],
    ["ExternalFile", "type", "PDF"],
    ["UserSettings", "treeOrdering", "by-top-folders-locals"],
    ["CustomSignature", "kind", "drawn"],
    ["Invitation", "status", "pending"],
    ["EntityChange", "entityType", "document"],
    ["ChatMessage", "type", "user"],
    ["OrganizationMember", "role", "owner"],
    ["TextTransformRequest", "operation", "fixGrammar"],
  ])("%s %s: a value is known, and none is excluded", (name, property, value) => {
    const schema = property ? propertyOf(name, property) : schemaOf(name);
    expect(schema).toMatchObject({ type: "string", example: value });
    expect(schema).not.toHaveProperty("enum");
    expect(schema.description).toContain(`\`${value}\``);
  });

  test.each([
    ["AgentRequest", { required: ["chatMessages"], properties: { chatMessages: { minItems: 1 } } }],
    ["AiUndoRequest", { required: ["sessionId"], properties: { sessionId: { minLength: 1 } } }],
    ["AiUndoResult", { required: ["success", "hasUndo", "results"] }],
    ["ApiKeyScope", { enum: ["all", "specific"] }],
    ["ApiKeyCreateRequest", { required: ["name", "workspace_scope"], properties: { name: { minLength: 1 } } }],
    [
      "ApiKeyCreateRequest",
      { properties: { expires_in_days: { type: ["integer", "null"], exclusiveMinimum: 0 }, workspace_ids: {} } },
    ],
    ["DocumentIdList", { required: ["data"], properties: { data: { minItems: 1, items: { minLength: 1 } } } }],
    [
      "DocumentInviteRequest",
      { required: ["email", "documentId", "role"], properties: { email: { format: "email" } } },
    ],
    [
      "DocumentsInviteRequest",
      {
        required: ["documentIds", "emails", "role"],
        properties: { documentIds: { minItems: 1 }, emails: { minItems: 1 } },
      },
    ],
    ["CollaboratorRemoveRequest", { required: ["documentId", "userId"] }],
    [
      "CollaboratorRemoveManyRequest",
      { required: ["documentIds", "userId"], properties: { cancelInvites: {}, email: {} } },
    ],
    ["CollaboratorRoleUpdateRequest", { required: ["documentId", "userId", "newRole"] }],
    ["DocumentTransferRequest", { required: ["email", "documentIds", "rootDocumentId", "senderProjectId"] }],
    ["JsonRpcMessage", { required: ["jsonrpc"], properties: { jsonrpc: { const: "2.0" } } }],
    ["PortalAuthRequest", { required: ["password"], properties: { password: { minLength: 1 } } }],
    ["SnapshotCreateRequest", { required: ["documentId"], properties: { name: {}, comments: {} } }],
    ["UserSetupRequest", { required: ["firstName"], properties: { invitationId: {}, templateIds: {}, emails: {} } }],
    ["WorkspaceRoleChangeRequest", { required: ["userId", "role"] }],
    ["WorkspaceInviteRequest", { required: ["email", "workspaceId", "role"] }],
    ["WorkspaceUserRemoveRequest", { required: ["workspaceId", "userId"] }],
    ["Workspace", { properties: { isPersonal: { type: "boolean" }, isDefault: {}, isShared: {} } }],
  ])("the fields and limits of %s", (name, expected) => {
    expect(schemaOf(name)).toMatchObject(expected);
  });

  test("which answers may be null", () => {
    for (const id of ["getAiUsage", "inviteUserToWorkspace", "getUserCollaborators"]) {
      const payload = bodyOf(resolve<Response>(document, named(id).responses!["200"]!))?.properties?.data as Schema;
      expect(payload.oneOf, id).toContainEqual({ type: "null" });
    }
  });

  test("times are numbers", () => {
    const times = Object.values(document.components?.schemas ?? {}).flatMap(({ properties = {} }) =>
      Object.entries(properties).filter(([name]) => /(At|^expires)$/.test(name)),
    );
    expect(times.length).toBeGreaterThan(20);
    for (const [name, schema] of times) expect([(schema as Schema).type].flat(), name).toContain("number");
  });

  test("at most 100 snapshots, more than fifty tools, and what else only words can say", () => {
    const text = JSON.stringify(document).replace(/\\n/g, " ");
    for (const fact of [
      "at most 100 snapshots",
      "more than fifty",
      "user-published-token",
      "hero_at_",
      "PKCE",
      "Stripe",
    ])
      expect(text).toContain(fact);
  });
});

describe("the streams of HERO", () => {
  const eventsOf = (id: string): MediaType & { examples: Record<string, { serializedValue: string }> } => {
    const response = resolve<Response>(document, named(id).responses!["200"]!);
    return response.content!["text/event-stream"] as never;
  };
  const payloadOf = (id: string) => (eventsOf(id).itemSchema as Schema).properties?.data as Schema;
  const validatorOf = (schema: unknown) => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    ajv.addSchema({ $id: "https://hero.invalid/", ...document });
    return ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"https://hero.invalid/#/')));
  };

  test("the agent's events are told apart by their type", () => {
    expect(payloadOf("streamAgent")).toMatchObject({ type: "string", contentMediaType: "application/json" });
    const union = resolve<Schema>(document, payloadOf("streamAgent").contentSchema as { $ref: string });
    const kinds = (union.oneOf ?? []).map((kind) => resolve<Schema>(document, kind).properties?.type as Schema);
    expect(kinds.map((type) => type.const)).toEqual(["delta", "tool_call", "tool_result", "done", "error"]);
    expect(schemaOf("AgentDoneEvent")).toMatchObject({
      properties: {
        data: { required: ["finalContent", "usage", "sessionId", "hasUndo"], properties: { changes: {} } },
      },
    });
  });

  test.each(["streamAgent", "sendMcpMessage", "openMcpStream"])("the examples of %s are whole streams", (id) => {
    const validate = validatorOf(payloadOf(id).contentSchema);
    for (const [name, { serializedValue }] of Object.entries(eventsOf(id).examples)) {
      expect(serializedValue, name).toMatch(/\n\n$/);
      for (const event of serializedValue.trim().split("\n\n")) {
        const data = /^data: (.*)$/m.exec(event)?.[1] ?? "";
        validate(JSON.parse(data));
        expect(validate.errors, event).toBeNull();
      }
    }
  });

  test("a run ends in done or in error, and once", () => {
    const runs = Object.values(eventsOf("streamAgent").examples).map(({ serializedValue }) =>
      [...serializedValue.matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json!).type),
    );
    expect(runs).toHaveLength(3);
    expect(new Set(runs.flat())).toEqual(new Set(["delta", "tool_call", "tool_result", "done", "error"]));
    for (const types of runs) {
      expect(["done", "error"]).toContain(types.pop());
      expect(types).not.toContain("done");
      expect(types).not.toContain("error");
    }
  });
});

describe("what tools read from the HERO description", () => {
  test("the client's class, its envelope, its errors and its rate limit", () => {
    expect(document["x-client"]).toEqual({
      name: "Hero",
      envelope: { payload: "data" },
      error: { code: "/error", message: "/message" },
      rateLimit: {
        limit: "RateLimit-Limit",
        remaining: "RateLimit-Remaining",
        reset: "RateLimit-Reset",
        resetUnit: "delta-seconds",
        retryAfter: "Retry-After",
      },
    });
  });

  test("ten resources", () => {
    const resources = operations.map(({ operation }) => operation["x-sdk"]?.split(".")[0]);
    expect([...new Set(resources)].sort()).toEqual([
      "ai",
      "apiKeys",
      "documents",
      "mcp",
      "organizations",
      "projects",
      "published",
      "snapshots",
      "users",
      "workspaces",
    ]);
  });

  test("secrets are marked, and only reading several documents may be sent again", () => {
    expect(propertyOf("CreatedApiKey", "accessToken")).toMatchObject({ "x-sensitive": true, readOnly: true });
    expect(propertyOf("PortalToken", "token")).toMatchObject({ "x-sensitive": true, readOnly: true });
    expect(propertyOf("PortalAuthRequest", "password")).toMatchObject({ "x-sensitive": true, writeOnly: true });
    expect(Object.keys(schemaOf("ApiKey").properties ?? {})).not.toContain("accessToken");
    const safe = operations.filter(({ operation }) => operation["x-retry-safe"]);
    expect(safe.map(({ operation }) => operation.operationId)).toEqual(["getDocuments"]);
  });

  test("MCP takes an OAuth token, of whose flow nothing is made up; everything else takes an API key", () => {
    expect(document.components?.securitySchemes).toMatchObject({
      apiKey: { type: "http", scheme: "bearer" },
      mcpOAuth: { type: "oauth2", flows: {} },
    });
    for (const { path, operation } of operations) {
      expect(operation.security).toEqual(path === "/api/mcp" ? [{ mcpOAuth: [] }] : undefined);
    }
    expect(document.security).toEqual([{ apiKey: [] }]);
  });
});
