import { HeyCMOClient } from "../generated/heycmo/client.js";
import { bearer, type ClientOptions, type Credential, queryKey } from "../runtime/index.js";

export * from "../generated/heycmo/client.js";
export type { components, operations, paths } from "../generated/heycmo/types.js";
export * from "../runtime/public.js";

/** How to reach HeyCMO, and as whom. */
export interface HeyCMOOptions extends ClientOptions {
  /**
   * An API key (`hcmo_live_…`); a function is asked anew for every request. It also goes into the query of the MCP
   * operations, as HeyCMO wants it there, and is masked in everything that is printed. Health, discovery and the
   * checkout, which ends in a key, need none.
   */
  apiKey?: Credential;
  /** The credential for the operations of administrators. */
  adminKey?: Credential;
}

/**
 * A client of the HeyCMO API: an AI marketing team, over REST and MCP.
 *
 * @example
 * const cmo = new HeyCMO({ apiKey: "hcmo_live_your_api_key" });
 */
export class HeyCMO extends HeyCMOClient {
  /** @throws {TypeError} when a credential or the base URL cannot be used. */
  constructor({ apiKey, adminKey, ...options }: HeyCMOOptions = {}) {
    super({
      ...options,
      authentication: {
        ...(apiKey === undefined ? {} : { apiKey: bearer(apiKey), mcpToken: queryKey("token", apiKey) }),
        ...(adminKey === undefined ? {} : { adminKey: bearer(adminKey) }),
      },
    });
  }
}
