import type { SiteMap } from "../content/site-map.js";
import type { DocumentedApi } from "../model.js";
import type { RenderedPage } from "../render-pages.js";
import { apiCatalog, catalogPath } from "./api-catalog.js";
import { apiFullPages, apiLlms, fullPages, siteLlms } from "./llms.js";
import { fullText } from "./llms-full.js";
import { sitemap } from "./sitemap.js";
import { landingTwin, referenceTwin } from "./twins.js";

/** What the site holds for programs besides the twins of its pages: path to text. */
export function agentFiles(
  apis: readonly DocumentedApi[],
  site: SiteMap,
  rendered: ReadonlyMap<string, RenderedPage>,
): Map<string, string> {
  const markdownOf = (address: string) => rendered.get(address)?.markdown ?? "";
  const files = new Map([
    ["index.md", landingTwin(apis, site)],
    ["llms.txt", siteLlms(apis, site)],
    ["llms-full.txt", fullText("llms-full.txt", fullPages(apis, site), markdownOf)],
    [catalogPath, apiCatalog(apis, site.siteUrl)],
  ]);
  for (const api of apis) {
    const full = `${api.name}/llms-full.txt`;
    files.set(`${api.name}/reference.md`, referenceTwin(api, site));
    files.set(`${api.name}/llms.txt`, apiLlms(api, site));
    files.set(full, fullText(full, apiFullPages(api, site), markdownOf));
  }
  if (site.siteUrl !== undefined) {
    const addresses = ["index", ...site.pages().map(({ address }) => address), ...site.others].map(
      (one) => `${one}.html`,
    );
    files.set("sitemap.xml", sitemap(site.siteUrl, [...new Set(addresses)]));
  }
  return files;
}
