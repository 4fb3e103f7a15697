import { describe, expectTypeOf, test } from "vitest";
import {
  type ApiPromise,
  type CreateMemoryParams,
  HeroBrain,
  HeroBrainError,
  type HeroBrainErrorCode,
  type Memory,
  type MemoryList,
  type MemorySummary,
  type MemoryType,
  type PagePromise,
  type SearchResponse,
  type WebhookEvent,
} from "../../src/herobrain.js";

const hb = new HeroBrain({ apiKey: "hb_x", tenantId: "user_12345" });

describe("methods resolve to the payload, out of its envelope", () => {
  test("one thing, one page after another, or nothing", () => {
    expectTypeOf(hb.memories.get("mem_1")).toEqualTypeOf<ApiPromise<Memory>>();
    expectTypeOf(hb.memories.search({ query: "x" })).toEqualTypeOf<ApiPromise<SearchResponse>>();
    expectTypeOf(hb.memories.list()).toEqualTypeOf<PagePromise<MemorySummary, MemoryList>>();
    expectTypeOf(hb.memories.delete("mem_1")).toEqualTypeOf<ApiPromise<void>>();
  });

  test("what nobody documented has no type that pretends otherwise", () => {
    expectTypeOf(hb.webhooks.list()).toEqualTypeOf<ApiPromise<unknown>>();
    expectTypeOf(hb.apiKeys.usage()).toEqualTypeOf<ApiPromise<unknown>>();
  });

  test("openapi-fetch is typed by path", async () => {
    const { data } = await hb.fetch.GET("/api/v1/usage/metrics/{tenantId}", { params: { path: { tenantId: "a" } } });
    expectTypeOf(data?.data.storage.used).toEqualTypeOf<number | undefined>();
    // @ts-expect-error there is no such path
    await hb.fetch.GET("/api/v1/memorys", {});
  });
});

describe("wrong calls do not compile", () => {
  test("a field that is missing, misspelt, of the wrong type or not in the enum", () => {
    // @ts-expect-error content is required
    hb.memories.create({ type: "task" });
    // @ts-expect-error type is required
    hb.memories.create({ content: "x" });
    // @ts-expect-error there is no such type of memory
    hb.memories.create({ content: "x", type: "episode" });
    // @ts-expect-error importance is a number
    hb.memories.create({ content: "x", type: "task", importance: "high" });
    // @ts-expect-error the field is called importance
    hb.memories.create({ content: "x", type: "task", importence: 0.5 });
    // @ts-expect-error the order is asc or desc
    hb.memories.list({ order: "up" });
    // @ts-expect-error an id is a string
    hb.memories.get(1);
    // @ts-expect-error the id comes first
    hb.memories.update({ importance: 1 });
    // @ts-expect-error the type of a memory cannot be changed
    hb.memories.update("mem_1", { type: "task" });
    // @ts-expect-error there is no such event
    hb.webhooks.create({ name: "n", url: "https://a.b", secret: "s", events: ["memory.read"] });
    // @ts-expect-error there is no such method
    hb.memories.upsert({});
  });

  test("a client without a credential, or with an option that does not exist", () => {
    // @ts-expect-error apiKey is required
    new HeroBrain({ tenantId: "user_12345" });
    // @ts-expect-error the option is called baseUrl
    new HeroBrain({ apiKey: "hb_x", baseURL: "http://127.0.0.1" });
  });
});

describe("what the constructor supplies may be left out of a call, and may be given", () => {
  test("tenantId", () => {
    expectTypeOf<CreateMemoryParams["tenantId"]>().toEqualTypeOf<string | undefined>();
    hb.memories.create({ content: "x", type: "task", tenantId: "user_2" });
    hb.usage.metrics();
    hb.usage.metrics("user_2");
  });
});

describe("types have names", () => {
  test("the thirteen types of memory", () => {
    expectTypeOf<MemoryType>().toEqualTypeOf<
      | "episodic"
      | "semantic"
      | "procedural"
      | "working"
      | "prospective"
      | "emotional"
      | "contextual"
      | "identity"
      | "relational"
      | "event"
      | "predictive"
      | "task"
      | "decision"
    >();
  });

  test("a webhook's event narrows its data", () => {
    const read = (event: WebhookEvent) => (event.event === "memory.created" ? event.data.content : undefined);
    expectTypeOf(read).returns.toEqualTypeOf<string | undefined>();
  });
});

describe("errors narrow", () => {
  test("by status to the code and the body of that status", () => {
    const read = (error: unknown) => {
      if (!(error instanceof HeroBrainError)) return undefined;
      if (error.status === 402) {
        expectTypeOf(error.code).toEqualTypeOf<"INSUFFICIENT_QUOTA">();
        expectTypeOf(error.body.errors[0]?.code).toEqualTypeOf<"INSUFFICIENT_QUOTA" | undefined>();
      }
      return error.requestId;
    };
    expectTypeOf(read).returns.toEqualTypeOf<string | undefined>();
  });

  test("by code, exhaustively", () => {
    const status = (code: HeroBrainErrorCode): number => {
      switch (code) {
        case "VALIDATION_ERROR":
          return 400;
        case "AUTH_REQUIRED":
        case "AUTH_INVALID":
          return 401;
        case "INSUFFICIENT_QUOTA":
          return 402;
        case "TENANT_MISMATCH":
          return 403;
        case "RESOURCE_NOT_FOUND":
          return 404;
        case "DUPLICATE_RESOURCE":
          return 409;
        case "RATE_LIMIT_EXCEEDED":
          return 429;
        case "DATABASE_ERROR":
          return 500;
        case "EXTERNAL_SERVICE_ERROR":
          return 502;
        default:
          return code satisfies never;
      }
    };
    expectTypeOf(status).returns.toBeNumber();
    const narrowed = (error: HeroBrainError) => (error.code === "TENANT_MISMATCH" ? error.status : undefined);
    expectTypeOf(narrowed).returns.toEqualTypeOf<403 | undefined>();
  });
});
