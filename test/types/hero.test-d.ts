import { describe, expectTypeOf, test } from "vitest";
import {
  type AgentEvent,
  type ApiKey,
  type ApiPromise,
  type Document,
  type EventStream,
  Hero,
  HeroError,
  type JsonRpcPayload,
} from "../../src/hero.js";

const hero = new Hero({ apiKey: "hero_ak_x" });

describe("HERO's methods", () => {
  test("resolve to the payload, or yield events that narrow by their type", () => {
    expectTypeOf(hero.documents.get("doc_1")).toEqualTypeOf<ApiPromise<Document>>();
    expectTypeOf(hero.apiKeys.list()).toEqualTypeOf<ApiPromise<ApiKey[]>>();
    const stream = hero.ai.stream({ chatMessages: [{ type: "user", text: "x" }] });
    expectTypeOf(stream).toEqualTypeOf<EventStream<AgentEvent>>();
    const read = (event: AgentEvent) => {
      switch (event.type) {
        case "delta":
          return event.data.content;
        case "error":
          return event.data.message;
        case "tool_call":
        case "tool_result":
          return "";
        case "done":
          return event.data.finalContent ?? "";
        default:
          return event satisfies never;
      }
    };
    expectTypeOf(read).returns.toEqualTypeOf<string>();
  });

  test("take a JSON-RPC message or a batch, and answer JSON or a stream", () => {
    const answer = hero.mcp.send({ jsonrpc: "2.0", method: "initialize", id: "1" });
    expectTypeOf(answer).toEqualTypeOf<ApiPromise<JsonRpcPayload | EventStream<JsonRpcPayload>>>();
    hero.mcp.send([{ jsonrpc: "2.0", method: "a" }], { mcpSessionId: "s" });
    hero.mcp.listen({ mcpSessionId: "s" });
  });

  test("refuse wrong calls", () => {
    // @ts-expect-error the session is required
    hero.mcp.listen();
    // @ts-expect-error chatMessages are required
    hero.ai.stream({});
    // @ts-expect-error there is no such role
    hero.documents.inviteUser({ email: "a@example.com", documentId: "d", role: "boss" });
    // @ts-expect-error a credential is required
    new Hero({});
  });

  test("fail with an error that narrows by status, and offers the codes that are known", () => {
    const read = (error: HeroError) => {
      if (error.status === 400) expectTypeOf(error.code).toEqualTypeOf<"ValidationError">();
      return error.status === 403 && error.code === "WorkspaceScopeViolation" ? error.body.message : undefined;
    };
    expectTypeOf(read).returns.toEqualTypeOf<string | undefined>();
    expectTypeOf<HeroError["status"]>().toEqualTypeOf<400 | 401 | 403 | 404 | 429 | 500>();
    expectTypeOf(HeroError).toHaveProperty("prototype");
  });
});
