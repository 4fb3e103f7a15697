import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import type { Documented, DocumentedApi } from "../../scripts/docs/docs.js";
import { launchChromium } from "./chromium.js";
import { openSite, type Site } from "./site.js";

/** A served site and a browser for a file's tests; what they hold is there once the tests run. */
export interface SiteInBrowser {
  readonly site: Site;
  readonly browser: Browser;
  /** Where the site is served, without a slash at the end. */
  readonly origin: string;
}

/** Opens the site of some APIs and guides and a browser before the tests of a file, and closes both after them. */
export function useSite(apis: readonly DocumentedApi[], guides?: Documented["guides"]): SiteInBrowser {
  let opened: { site: Site; browser: Browser } | undefined;
  const get = () => {
    if (!opened) throw new Error("The site is open only while tests run.");
    return opened;
  };
  beforeAll(async () => {
    const [site, browser] = await Promise.all([openSite(apis, guides), launchChromium()]);
    opened = { site, browser };
  });
  afterAll(async () => {
    await opened?.browser.close();
    await opened?.site.close();
  });
  return {
    get site() {
      return get().site;
    },
    get browser() {
      return get().browser;
    },
    get origin() {
      return get().site.server.origin;
    },
  };
}
