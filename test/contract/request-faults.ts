import type { Fault } from "./fault.js";

/** Answers every refusal with something else. */
const refusal = (status: number) => async (response: Response) =>
  response.status === 400 ? new Response(await response.text(), { status, headers: response.headers }) : response;

/** Mistakes in what a server accepts and refuses. */
export const REQUEST_FAULTS: readonly Fault[] = [
  {
    name: "serves whoever comes without a credential",
    operationId: "revokeApiKey",
    checks: ["authentication-not-enforced"],
    change: (at) => Object.assign(at.operation(), { security: [] }),
  },
  {
    name: "stores a text that is too long",
    operationId: "createMemory",
    checks: ["request-accepted"],
    change: (at) => delete at.component("schemas", "MemoryCreateRequest", "properties", "content").maxLength,
  },
  {
    name: "refuses a text that is just short enough",
    operationId: "createMemory",
    checks: ["request-rejected"],
    change: (at) =>
      Object.assign(at.component("schemas", "MemoryCreateRequest", "properties", "content"), { maxLength: 9999 }),
  },
  {
    name: "lets a query parameter pass its maximum by one",
    operationId: "listMemories",
    checks: ["request-accepted"],
    change: (at) => Object.assign(at.operation("parameters", "2", "schema"), { maximum: 101 }),
  },
  {
    name: "does without a required field",
    operationId: "createWebhook",
    checks: ["request-accepted"],
    change: (at) =>
      Object.assign(at.component("schemas", "WebhookCreateRequest"), { required: ["name", "url", "events"] }),
  },
  {
    name: "does without a required parameter",
    operationId: "getMemory",
    checks: ["request-accepted"],
    change: (at) => Object.assign(at.component("parameters", "TenantId"), { required: false }),
  },
  {
    name: "takes any text for a URL",
    operationId: "createWebhook",
    checks: ["request-accepted"],
    change: (at) => delete at.component("schemas", "WebhookCreateRequest", "properties", "url").format,
  },
  {
    name: "takes a URL of any scheme",
    operationId: "createWebhook",
    checks: ["request-accepted"],
    change: (at) => delete at.component("schemas", "WebhookCreateRequest", "properties", "url").pattern,
  },
  {
    name: "takes numbers among the tags",
    operationId: "createMemory",
    checks: ["request-accepted"],
    change: (at) => delete at.component("schemas", "Tags", "items").type,
  },
  {
    name: "knows one type less than described",
    operationId: "searchMemories",
    checks: ["request-rejected"],
    change: (at) => (at.component("schemas", "MemoryType").enum as string[]).pop(),
  },
  {
    name: "breaks down over a bad request",
    operationId: "createMemory",
    checks: ["request-refused-otherwise", "response-body", "response-status"],
    wire: refusal(500),
  },
  {
    name: "calls every bad request one too many",
    operationId: "createMemory",
    checks: ["request-refused-otherwise", "response-body", "response-status"],
    wire: refusal(429),
  },
];
