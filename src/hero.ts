import { HeroClient } from "../generated/hero/client.js";
import { bearer, type ClientOptions, type Credential } from "../runtime/index.js";

export * from "../generated/hero/client.js";
export type { components, operations, paths } from "../generated/hero/types.js";
export * from "../runtime/public.js";

/** How to reach HERO, and as whom. `timeouts.idle` is 5 minutes by default, since the agent's tools take their time. */
export interface HeroOptions extends ClientOptions {
  /** An API key (`hero_ak_…`); a function is asked anew for every request. */
  apiKey: Credential;
  /**
   * An OAuth 2.0 access token or a personal access token (`hero_at_…`) for the MCP operations. The API key by default:
   * of the two published editions of HERO's authentication page, one accepts it there and one does not.
   */
  mcpToken?: Credential;
}

/**
 * A client of the HERO API: collaborative documents with an AI agent.
 *
 * @example
 * const hero = new Hero({ apiKey: "hero_ak_your_api_key" });
 * const workspace = await hero.workspaces.getDefault();
 */
export class Hero extends HeroClient {
  /** @throws {TypeError} when a credential or the base URL cannot be used. */
  constructor({ apiKey, mcpToken = apiKey, timeouts, ...options }: HeroOptions) {
    super({
      ...options,
      // The agent is silent while a tool works, and no heartbeat is documented.
      timeouts: { idle: 300_000, ...timeouts },
      authentication: { apiKey: bearer(apiKey), mcpOAuth: bearer(mcpToken) },
    });
  }
}
