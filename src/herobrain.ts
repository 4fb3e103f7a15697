import { HeroBrainClient } from "../generated/herobrain/client.js";
import { bearer, type ClientOptions, type Credential } from "../runtime/index.js";

export * from "../generated/herobrain/client.js";
export type { components, operations, paths } from "../generated/herobrain/types.js";
export * from "../runtime/public.js";

/** How to reach HeroBrain, and as whom. */
export interface HeroBrainOptions extends ClientOptions {
  /** An API key (`hb_…`) or the Clerk JWT of a signed-in user; a function is asked anew for every request. */
  apiKey: Credential;
  /**
   * The tenant that calls are about when they do not name one themselves. With an API key it has to be the key's own
   * tenant, with a Clerk JWT its `sub` claim. `00000000-0000-0000-0000-000000000001` is HeroBrain's test tenant.
   */
  tenantId?: string;
}

/**
 * A client of the HeroBrain API: long-term memory for AI applications.
 *
 * @example
 * const hb = new HeroBrain({ apiKey: "hb_your_api_key_here", tenantId: "user_12345" });
 * const memory = await hb.memories.create({ content: "Met with Sarah about Q4 goals", type: "episodic" });
 */
export class HeroBrain extends HeroBrainClient {
  /** @throws {TypeError} when a credential or the base URL cannot be used. */
  constructor({ apiKey, tenantId, ...options }: HeroBrainOptions) {
    super({ ...options, authentication: bearer(apiKey), defaults: { tenantId } });
  }
}
