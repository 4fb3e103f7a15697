import type { CheckId } from "../../src/testing/index.js";
import type { Send } from "./sweep.js";

/** A mistake of a server, made on purpose. */
export interface Fault {
  /** Completes "a server that …". */
  readonly name: string;
  readonly operationId: string;
  /** What has to be found, and nothing else, in alphabetical order. */
  readonly checks: readonly CheckId[];
  /** Set where the mock answers with an error of its own, so that more is found than the fault itself. */
  readonly andMore?: true;
  /** The header or the part of the body that has to be named. */
  readonly location?: string;
  /** Changes the description that the mock answers by, at the operation or at a component. */
  readonly change?: (at: Edit) => void;
  /** Changes an answer on its way. */
  readonly wire?: (response: Response) => Promise<Response>;
}

/** Reaches into a copy of the description; every step has to exist, so that no fault can quietly do nothing. */
export interface Edit {
  operation(...steps: string[]): Record<string, unknown>;
  component(...steps: string[]): Record<string, unknown>;
}

const OK = ["responses", "200", "content", "application/json"] as const;

/** Replaces the text of every successful answer. */
const text = (change: (body: string) => string) => async (response: Response) =>
  response.ok ? new Response(change(await response.text()), response) : response;

/** Changes the headers of every answer. */
const headers = (change: (headers: Headers) => void) => async (response: Response) => {
  const changed = new Headers(response.headers);
  change(changed);
  return new Response(await response.text(), { status: response.status, headers: changed });
};

/** Answers every refusal with something else. */
const refusal = (status: number) => async (response: Response) =>
  response.status === 400 ? new Response(await response.text(), { status, headers: response.headers }) : response;

export const FAULTS: readonly Fault[] = [
  {
    name: "leaves a required field out of its answer",
    operationId: "getMemory",
    checks: ["response-body"],
    location: "/data",
    change: (at) => delete at.operation(...OK, "example", "data").id,
  },
  {
    name: "sends a text where a number is described",
    operationId: "searchMemories",
    checks: ["response-body"],
    location: "/data/latency",
    change: (at) => Object.assign(at.operation(...OK, "example", "data"), { latency: "145" }),
  },
  {
    name: "leaves a member of the envelope out",
    operationId: "getUsageMetrics",
    checks: ["response-body"],
    location: "",
    change: (at) => delete at.operation(...OK, "example").metadata,
  },
  {
    name: "sends an enum value that nobody described",
    operationId: "listMemories",
    checks: ["response-body"],
    location: "/data/memories/0/type",
    change: (at) => Object.assign(at.operation(...OK, "example", "data", "memories", "0"), { type: "dream" }),
  },
  {
    name: "sends a time in words",
    operationId: "createMemory",
    checks: ["response-body"],
    location: "/data/createdAt",
    change: (at) => Object.assign(at.operation(...OK, "example", "data"), { createdAt: "yesterday" }),
  },
  {
    name: "sends a number beyond its limit",
    operationId: "searchMemories",
    checks: ["response-body"],
    location: "/data/results/0/relevance",
    change: (at) => Object.assign(at.operation(...OK, "example", "data", "results", "0"), { relevance: 89 }),
  },
  {
    name: "gives the error code of another status",
    operationId: "getMemory",
    checks: ["response-body"],
    location: "/errors/0/code",
    wire: async (response) =>
      response.status === 404
        ? new Response((await response.text()).replace("RESOURCE_NOT_FOUND", "RATE_LIMIT_EXCEEDED"), response)
        : response,
  },
  {
    name: "answers with a status that is not described",
    operationId: "createMemory",
    checks: ["response-status"],
    wire: async (response) =>
      response.ok ? new Response(response.body, { status: 201, headers: response.headers }) : response,
  },
  {
    name: "gives an example another name",
    operationId: "listWebhooks",
    checks: ["response-status"],
    andMore: true,
    change: (at) => {
      const content = at.component("responses", "Unauthorized", "content", "application/json", "examples");
      content.renamed = content.noCredential;
      delete content.noCredential;
    },
  },
  {
    name: "forgets a header",
    operationId: "listApiKeys",
    checks: ["response-header-missing"],
    location: "X-RateLimit-Limit",
    change: (at) => delete at.operation("responses", "200", "headers")["X-RateLimit-Limit"],
  },
  {
    name: "sends a word where a header holds a number",
    operationId: "listApiKeys",
    checks: ["response-header"],
    location: "X-RateLimit-Remaining",
    wire: headers((all) => all.set("x-ratelimit-remaining", "plenty")),
  },
  {
    name: "calls JSON by another media type",
    operationId: "getApiKeyUsage",
    checks: ["response-media-type"],
    location: "Content-Type",
    wire: headers((all) => all.set("content-type", "text/html; charset=utf-8")),
  },
  {
    name: "sends no media type",
    operationId: "getApiKeyUsage",
    checks: ["response-media-type"],
    wire: async (response) => {
      const bare = new Response(await response.arrayBuffer(), response);
      bare.headers.delete("content-type");
      return bare;
    },
  },
  {
    name: "cuts its JSON off",
    operationId: "createApiKey",
    checks: ["response-body-syntax"],
    wire: text((body) => body.slice(0, -5)),
  },
  {
    name: "answers with an empty body",
    operationId: "deleteMemory",
    checks: ["response-body-missing"],
    wire: text(() => ""),
  },
  {
    name: "answers with null",
    operationId: "deleteMemory",
    checks: ["response-body"],
    location: "",
    wire: text(() => "null"),
  },
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

/** Puts a fault's change of answers between a client and a server. */
export function through(fault: Fault): Send {
  const { wire } = fault;
  return async (request) => {
    const response = await fetch(request);
    return wire ? wire(response) : response;
  };
}
