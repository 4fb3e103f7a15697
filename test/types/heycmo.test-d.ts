import { describe, expectTypeOf, test } from "vitest";
import {
  type ApiPromise,
  type CapabilityDescriptor,
  type CheckoutPage,
  HeyCMO,
  type JsonRpcMessage,
  type LinkSet,
} from "../../src/heycmo.js";

describe("HeyCMO's client", () => {
  test("needs no credential, since a checkout ends in one, and takes one for each kind of caller", () => {
    new HeyCMO();
    new HeyCMO({ apiKey: "hcmo_live_x", adminKey: async () => "admin" });
    // @ts-expect-error the option is called apiKey
    new HeyCMO({ token: "hcmo_live_x" });
  });

  test("resolves to JSON, to text, to either, or to nothing where an answer may be empty", () => {
    const cmo = new HeyCMO();
    expectTypeOf(cmo.checkout.create).returns.toEqualTypeOf<ApiPromise<CheckoutPage>>();
    expectTypeOf(cmo.customers.dashboard("c")).toEqualTypeOf<ApiPromise<string>>();
    expectTypeOf(cmo.discovery.home()).toEqualTypeOf<ApiPromise<CapabilityDescriptor | string>>();
    expectTypeOf(cmo.discovery.apiCatalog()).toEqualTypeOf<ApiPromise<LinkSet>>();
    expectTypeOf(cmo.mcp.send).returns.toEqualTypeOf<ApiPromise<JsonRpcMessage | undefined>>();
  });

  test("tells MCP's events apart by their name", async () => {
    for await (const event of new HeyCMO({ apiKey: "x" }).mcp.open()) {
      if (event.event === "endpoint") expectTypeOf(event.data).toEqualTypeOf<string>();
      if (event.event === "message") expectTypeOf(event.data).toEqualTypeOf<JsonRpcMessage>();
    }
  });
});
