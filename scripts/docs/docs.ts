import { readdir, readFile } from "node:fs/promises";
import { agentFiles } from "./agents/agent-files.js";
import { changelogPage } from "./changelog/changelog-page.js";
import { checkLinks } from "./check/check-links.js";
import type { Finding } from "./check/finding.js";
import { guideAddress } from "./content/links.js";
import type { Page } from "./content/page.js";
import { SiteMap } from "./content/site-map.js";
import { guideFaults } from "./guides/guide-faults.js";
import { guidePage } from "./guides/guide-page.js";
import { indexPage } from "./index-page.js";
import type { Documented } from "./model.js";
import { checkNames } from "./names.js";
import { apiPages } from "./operations/api-pages.js";
import { overviewPage } from "./overview-page.js";
import { redocScript } from "./redoc.js";
import { referencePage } from "./reference-page.js";
import { type EarlierPages, type RenderedPage, renderPages } from "./render-pages.js";
import { searchIndexScript } from "./search/search-index.js";

export type { Documented, DocumentedApi } from "./model.js";

const assets = new URL("./assets/", import.meta.url);

/** The site, not written yet, and what is wrong with it. */
export interface MadeSite {
  /** Path below the site's folder, with `/`, to the content of the file. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  /** What is wrong in texts. A site with findings is whole, but some of its links lead nowhere. */
  readonly findings: readonly Finding[];
  /** The pages that are made of blocks, to be taken over by a later call. */
  readonly pages: ReadonlyMap<string, RenderedPage>;
}

/**
 * Makes the documentation site. Nothing is written; nothing is fetched.
 *
 * @param documented the APIs, in the order in which the landing page shows them, and the guides.
 * @returns path below the site's folder, with `/`, to the content of the file.
 * @throws Error when a name cannot be a folder of the site or comes twice, when a download would hide a page, and when
 *   Redoc is not installed.
 */
export async function renderDocs(documented: Documented): Promise<MadeSite["files"]> {
  return (await makeSite(documented)).files;
}

/**
 * Makes the site as {@link renderDocs} does, looks for what is wrong in it, and renders only pages that have changed.
 *
 * @param earlier finds a page that was rendered from the same inputs; by default there is none.
 */
export async function makeSite(
  documented: Documented,
  earlier: EarlierPages = async () => undefined,
): Promise<MadeSite> {
  const { apis, guides, images = new Map(), siteUrl } = documented;
  checkNames(apis);
  const pages = listPages(documented);
  const files = new Map<string, string | Uint8Array>();
  for (const [path, content] of images) files.set(guideAddress(path), content);
  for (const { name, downloads } of apis) {
    for (const [file, content] of Object.entries(downloads)) files.set(`${name}/${file}`, content);
  }
  const site = new SiteMap(
    pages,
    new Set(["index", ...apis.map(({ name }) => `${name}/reference`)]),
    new Set(files.keys()),
    siteUrl,
  );
  const rendered = await renderPages(site, earlier);
  for (const [address, { html, markdown }] of rendered)
    files.set(`${address}.html`, html).set(`${address}.md`, markdown);
  files.set("index.html", indexPage(apis, pages, siteUrl));
  files.set("assets/search-index.js", searchIndexScript(pages, apis));
  for (const api of apis) files.set(`${api.name}/reference.html`, referencePage(api, apis, siteUrl));
  for (const [path, text] of agentFiles(apis, site, rendered)) files.set(path, text);
  files.set("assets/redoc.standalone.js", await redocScript());
  for (const file of (await readdir(assets)).sort()) {
    files.set(`assets/${file}`, await readFile(new URL(file, assets)));
  }
  const outlines = new Map([...rendered].map(([address, { outline }]) => [address, outline]));
  const findings = [
    ...[...guides].flatMap(([path, markdown]) => guideFaults(path, markdown)),
    ...checkLinks(site, outlines),
  ];
  return { files, findings, pages: rendered };
}

/** Every page that is made of blocks. */
export function listPages({ apis, guides }: Documented): Page[] {
  const titles = new Map(apis.map(({ name, document }) => [name, document.info.title]));
  const written = [...guides].map(([path, markdown]) => guidePage(path, markdown, titles));
  const own = apis.flatMap((api) => {
    const about = written.filter((page) => page.api === api.name);
    const made = [...apiPages(api, about), ...(api.history ? [changelogPage(api, api.history)] : [])];
    return [overviewPage(api, [...about, ...made]), ...made];
  });
  return [...own, ...written];
}
