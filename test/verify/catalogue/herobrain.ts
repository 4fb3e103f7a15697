import { MEMORIES } from "../shelf.js";
import {
  answering,
  asking,
  type CatalogueFault,
  changing,
  header,
  json,
  overlooking,
  overlookingBody,
  replacing,
  status,
  success,
  text,
  withStatus,
} from "./fault.js";

const base = { api: "herobrain" } as const;
const memories = { ...base, only: ["listMemories", "createMemory", "getMemory", "deleteMemory"], shelf: MEMORIES };
const isList = (url: string) => /^\/api\/v1\/memories(\?|$)/.test(url);
const isItem = (url: string) => /^\/api\/v1\/memories\/[^/?]+/.test(url);

/** Mistakes of a server that claims to be HeroBrain. */
export const HEROBRAIN_FAULTS: readonly CatalogueFault[] = [
  {
    ...base,
    name: "drops a required field",
    only: ["getMemory"],
    checks: ["response-body"],
    location: "/data",
    handle: json((body) => void delete body.data.id),
  },
  {
    ...base,
    name: "sends a number as a string",
    only: ["searchMemories"],
    checks: ["response-body"],
    location: "/data/latency",
    handle: json((body) => {
      body.data.latency = "145";
    }),
  },
  {
    ...base,
    name: "sends null where none is allowed",
    only: ["getMemory"],
    checks: ["response-body"],
    location: "/data/content",
    handle: json((body) => {
      body.data.content = null;
    }),
  },
  {
    ...base,
    name: "leaves a part of the envelope out",
    only: ["getUsageMetrics"],
    checks: ["response-body"],
    location: "",
    handle: json((body) => void delete body.metadata),
  },
  {
    ...base,
    name: "answers without any envelope",
    only: ["getMemory"],
    checks: ["response-body"],
    location: "",
    handle: json((body) => body.data),
  },
  {
    ...base,
    name: "sends an enum member that nobody knows",
    only: ["listMemories"],
    checks: ["response-body"],
    location: "/data/memories/0/type",
    handle: json((body) => {
      body.data.memories[0].type = "dream";
    }),
  },
  {
    ...base,
    name: "sends a time in words",
    only: ["createMemory"],
    checks: ["response-body"],
    location: "/data/createdAt",
    handle: json((body) => {
      body.data.createdAt = "yesterday";
    }),
  },
  {
    ...base,
    name: "sends a number beyond its limit",
    only: ["searchMemories"],
    checks: ["response-body"],
    location: "/data/results/0/relevance",
    handle: json((body) => {
      body.data.results[0].relevance = 89;
    }),
  },
  {
    ...base,
    name: "swaps 200 for 201",
    only: ["createMemory"],
    checks: ["response-status"],
    handle: status(201),
  },
  {
    ...base,
    name: "forgets a required header",
    only: ["listApiKeys"],
    checks: ["response-header-missing"],
    location: "X-RateLimit-Limit",
    handle: header("x-ratelimit-limit", undefined),
  },
  {
    ...base,
    name: "counts the remaining requests in words",
    only: ["listApiKeys"],
    checks: ["rate-limit-header"],
    location: "X-RateLimit-Remaining",
    handle: header("x-ratelimit-remaining", "plenty"),
  },
  {
    ...base,
    name: "has more requests left than it allows",
    only: ["listApiKeys"],
    checks: ["rate-limit-header"],
    location: "X-RateLimit-Remaining",
    handle: header("x-ratelimit-remaining", "1000000"),
  },
  {
    ...base,
    name: "resets the rate limit in milliseconds",
    only: ["listApiKeys"],
    checks: ["rate-limit-header"],
    location: "X-RateLimit-Reset",
    handle: header("x-ratelimit-reset", "1763546400000"),
  },
  {
    ...base,
    name: "asks to come back soon",
    only: ["listApiKeys"],
    checks: ["retry-after"],
    location: "X-RateLimit-Retry-After",
    options: { answers: true },
    handle: header("x-ratelimit-retry-after", "soon", withStatus(429)),
  },
  {
    ...base,
    name: "calls JSON by another media type",
    only: ["getApiKeyUsage"],
    checks: ["response-media-type"],
    location: "Content-Type",
    handle: header("content-type", "text/html; charset=utf-8"),
  },
  {
    ...base,
    name: "sends no media type",
    only: ["getApiKeyUsage"],
    checks: ["response-media-type"],
    handle: header("content-type", undefined),
  },
  {
    ...base,
    name: "cuts its JSON off",
    only: ["createApiKey"],
    checks: ["response-body-syntax"],
    handle: text((body) => body.slice(0, -5)),
  },
  {
    ...base,
    name: "answers with nothing",
    only: ["deleteMemory"],
    checks: ["response-body-missing"],
    handle: text(() => ""),
  },
  {
    ...base,
    name: "adds a header that nobody knows",
    only: ["getMemory"],
    checks: ["response-header-undocumented"],
    location: "x-debug-shard",
    handle: header("x-debug-shard", "7"),
  },
  {
    ...base,
    name: "says in an error nothing but a message",
    only: ["createMemory"],
    checks: ["error-body"],
    handle: json(() => ({ message: "bad" }), withStatus(400)),
  },
  {
    ...base,
    name: "gives the error code of another status",
    only: ["getMemory"],
    checks: ["error-body"],
    location: "/errors/0/code",
    options: { answers: true },
    handle: text((body) => body.replace("RESOURCE_NOT_FOUND", "RATE_LIMIT_EXCEEDED"), withStatus(404)),
  },
  {
    ...base,
    name: "does not enforce a maximum in the query",
    only: ["listMemories"],
    checks: ["request-accepted"],
    handle: overlooking((asked) => ({ ...asked, url: asked.url.replace(/limit=101\b/, "limit=100") })),
  },
  {
    ...base,
    name: "stores a text that is too long",
    only: ["createMemory"],
    checks: ["request-accepted"],
    handle: overlookingBody((body) => {
      if (typeof body.content === "string") body.content = body.content.slice(0, 10_000);
    }),
  },
  {
    ...base,
    name: "does without a required field",
    only: ["createWebhook"],
    checks: ["request-accepted"],
    handle: overlookingBody((body) => {
      if (!("url" in body)) body.url = "https://example.com/hook";
    }),
  },
  {
    ...base,
    name: "refuses a text that is just short enough",
    only: ["createMemory"],
    checks: ["request-rejected"],
    handle: answering(
      400,
      ({ body }) => body.includes(`"tenantId"`) && (JSON.parse(body).content ?? "").length === 10_000,
    ),
  },
  {
    ...base,
    name: "calls a bad request unauthorized",
    only: ["createMemory"],
    checks: ["request-refused-otherwise"],
    handle: replacing("herobrain", "createMemory", 401, withStatus(400)),
  },
  {
    ...base,
    name: "breaks down over odd input",
    only: ["createMemory"],
    checks: ["server-error"],
    handle: replacing("herobrain", "createMemory", 500, withStatus(400)),
  },
  {
    ...base,
    name: "breaks down with an undocumented status",
    only: ["listWebhooks"],
    checks: ["server-error"],
    handle: status(504),
  },
  {
    ...base,
    name: "serves whoever comes without a credential",
    only: ["revokeApiKey"],
    checks: ["authentication-not-enforced"],
    handle: overlooking((asked) => ({ ...asked, headers: { authorization: "Bearer anyone", ...asked.headers } })),
  },
  {
    ...base,
    name: "calls a request without a credential forbidden",
    only: ["getMemory"],
    checks: ["authentication-not-enforced"],
    handle: replacing("herobrain", "getMemory", 403, withStatus(401)),
  },
  {
    ...base,
    name: "does not recognize a valid credential",
    only: ["listWebhooks"],
    checks: ["request-rejected"],
    handle: replacing("herobrain", "listWebhooks", 401, success),
  },
  {
    ...base,
    name: "takes any method",
    only: ["listWebhooks"],
    checks: ["method-accepted"],
    handle: overlooking((asked) => (asked.method === "PUT" ? { ...asked, method: "GET", body: "" } : asked)),
  },
  {
    ...base,
    name: "does not say which methods are allowed",
    only: ["listWebhooks"],
    checks: ["allow-header"],
    handle: header("allow", undefined, withStatus(405)),
  },
  {
    ...base,
    name: "leaves a documented method out of Allow",
    only: ["listWebhooks"],
    checks: ["allow-header"],
    handle: header("allow", "GET", withStatus(405)),
  },
  {
    ...base,
    name: "does not answer",
    only: ["getUsageMetrics"],
    checks: ["no-answer"],
    options: { timeoutMs: 300 },
    handle: async (asked, forward) => (asked.url.includes("/usage/") ? "silence" : forward(asked)),
  },
  {
    ...base,
    name: "breaks the connection",
    only: ["getUsageMetrics"],
    checks: ["no-answer"],
    handle: async (asked, forward) => (asked.url.includes("/usage/") ? "reset" : forward(asked)),
  },
  {
    ...base,
    name: "breaks off in the middle of a body",
    only: ["getUsageMetrics"],
    checks: ["no-answer"],
    handle: changing((answer) => ({ ...answer, breakAfter: 20 })),
  },
  {
    ...base,
    name: "is too slow",
    only: ["getUsageMetrics"],
    checks: ["too-slow"],
    options: { maxMs: 500 },
    handle: async (asked, forward) => {
      if (asked.url.includes("/usage/")) await new Promise((resolve) => setTimeout(resolve, 600));
      return forward(asked);
    },
  },
  {
    ...base,
    name: "leads to another server",
    only: ["listWebhooks"],
    checks: ["redirect-elsewhere", "response-status"],
    handle: changing((answer) => ({
      ...answer,
      status: 302,
      headers: { location: "http://127.0.0.1:9/" },
      body: Buffer.alloc(0),
    })),
  },
  {
    ...base,
    name: "shows a new key again in the list of keys",
    only: ["createApiKey", "listApiKeys"],
    checks: ["secret-returned-again"],
    options: { concurrency: 1 },
    handle: changing((answer, asked) => {
      if (!/^\/api\/v1\/api-keys(\?|$)/.test(asked.url) || asked.method !== "GET") return answer;
      const body = JSON.parse(answer.body.toString("utf8"));
      body.data.keys[0].name = "hb_prod_abc123def456789012345678901234567890";
      return { ...answer, body: Buffer.from(JSON.stringify(body)) };
    }),
  },
  {
    ...memories,
    name: "does not delete",
    checks: ["delete-ineffective"],
    shelf: { ...MEMORIES, keepsDeleted: true },
    handle: (asked, forward) => forward(asked),
  },
  {
    ...memories,
    name: "lists what it cannot show",
    checks: ["list-item-disagree"],
    handle: replacing(
      "herobrain",
      "getMemory",
      404,
      (answer, asked) => success(answer, asked) && asked.method === "GET" && isItem(asked.url),
    ),
  },
  {
    ...memories,
    name: "shows another text by itself than in the list",
    checks: ["list-item-disagree"],
    location: "/content",
    handle: json(
      (body) => {
        body.data.content = "Something else";
      },
      (answer, { method, url }) => answer.status === 200 && method === "GET" && isItem(url),
    ),
  },
  {
    ...memories,
    name: "does not list what was created",
    checks: ["list-item-disagree"],
    handle: json(
      (body) => void body.data.memories.splice(5),
      (answer, { method, url }) => answer.status === 200 && method === "GET" && isList(url),
    ),
  },
  {
    ...memories,
    name: "shows the first page again and again",
    only: ["listMemories"],
    checks: ["pagination-loop"],
    location: "/data/memories",
    handle: overlooking((asked) => ({ ...asked, url: asked.url.replace(/page=[2-9]\b/, "page=1") })),
  },
  {
    ...memories,
    name: "announces another page behind an empty one",
    only: ["listMemories"],
    checks: ["pagination-empty-page"],
    location: "/data/pagination/hasNext",
    handle: json(
      (body) => {
        body.data.pagination.hasNext = true;
      },
      (answer, { method, url }) => answer.status === 200 && method === "GET" && isList(url),
    ),
  },
  {
    ...memories,
    name: "pays no heed to the limit",
    only: ["listMemories"],
    checks: ["page-too-long"],
    location: "/data/memories",
    handle: overlooking((asked) => ({ ...asked, url: asked.url.replace(/limit=[12]\b/, "limit=5") })),
  },
  {
    ...memories,
    name: "lists in any order",
    only: ["listMemories"],
    checks: ["list-order"],
    location: "importance",
    handle: json(
      (body) => {
        for (const [index, memory] of body.data.memories.entries()) memory.importance = [0.2, 0.9, 0.5][index % 3];
      },
      (answer, { method, url }) => answer.status === 200 && method === "GET" && isList(url),
    ),
  },
  {
    ...base,
    name: "finds nothing relevant of what was stored",
    only: ["createMemory", "searchMemories", "updateMemory", "getMemory", "deleteMemory"],
    checks: ["workflow-step"],
    options: { workflows: "only", inputs: { tenantId: "user_12345" } },
    handle: json(
      (body) => {
        body.data.results[0].relevance = 0;
      },
      (answer, { url }) => answer.status === 200 && url.endsWith("/search"),
    ),
  },
  {
    ...base,
    name: "asks for more than there can be on a page",
    only: ["listMemories"],
    checks: ["request-invalid"],
    location: "query limit",
    client: asking("limit", "101"),
    handle: (asked, forward) => forward(asked),
  },
  {
    ...base,
    name: "relies on a parameter that nobody knows",
    only: ["listMemories"],
    checks: ["request-parameter-undocumented"],
    location: "fields",
    client: asking("fields", "id"),
    handle: (asked, forward) => forward(asked),
  },
];
