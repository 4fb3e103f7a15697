import type { Fault } from "./fault.js";

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

/** Mistakes in what a server answers. */
export const ANSWER_FAULTS: readonly Fault[] = [
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
];
