import { hash } from "../files.js";
import { type Outline, outlineOf } from "./check/outline.js";
import type { Page } from "./content/page.js";
import type { SiteMap } from "./content/site-map.js";
import { twin } from "./content/twin.js";
import { layout } from "./layout.js";

/** A page in both its forms. */
export interface RenderedPage {
  /** A hash of everything that it was made from, apart from the code that made it. */
  readonly key: string;
  readonly html: string;
  readonly markdown: string;
  readonly outline: Outline;
}

/** Finds a page that was rendered before from the same inputs; `undefined` if there is none, or not any more. */
export type EarlierPages = (address: string, key: string) => Promise<RenderedPage | undefined>;

/** Renders every page of a site that is made of blocks, by its address. */
export async function renderPages(site: SiteMap, earlier: EarlierPages): Promise<Map<string, RenderedPage>> {
  const shared = sharedFacts(site);
  const rendered = new Map<string, RenderedPage>();
  for (const page of site.pages()) {
    const key = hash(shared, JSON.stringify(page));
    rendered.set(page.address, (await earlier(page.address, key)) ?? render(page, site, key));
  }
  return rendered;
}

function render(page: Page, site: SiteMap, key: string): RenderedPage {
  const html = layout(page, site);
  return { key, html, markdown: twin(page, site), outline: outlineOf(page, html) };
}

/** What a page may show of others: names, addresses and marks, but nothing of what stands on them. */
function sharedFacts(site: SiteMap): string {
  const pages = site.pages().map(({ blocks: _blocks, description: _description, ...shown }) => shown);
  return hash(JSON.stringify(pages), site.siteUrl ?? "", ...site.others, ...site.files);
}
