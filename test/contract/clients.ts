import { Hermes } from "../../src/hermes.js";
import { Hero } from "../../src/hero.js";
import { HeroBrain } from "../../src/herobrain.js";
import { HeyCMO } from "../../src/heycmo.js";

/** A client of each API, as a user would make it, for a server at some base URL. */
export const clients: Readonly<Record<string, (baseUrl: string) => object>> = {
  hero: (baseUrl) => new Hero({ apiKey: "hero_ak_test", baseUrl, retry: false }),
  herobrain: (baseUrl) => new HeroBrain({ apiKey: "hb_test", tenantId: "user_12345", baseUrl, retry: false }),
  hermes: (baseUrl) =>
    new Hermes({
      baseUrl,
      retry: false,
      headers: { cookie: "hermes_session=placeholder; hermes_profile=placeholder" },
    }),
  heycmo: (baseUrl) => new HeyCMO({ apiKey: "hcmo_live_test", adminKey: "admin_test", baseUrl, retry: false }),
};
