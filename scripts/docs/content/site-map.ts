import { readSiteLink, relativeAddress } from "./links.js";
import type { Lead } from "./markdown.js";
import type { Page } from "./page.js";

/** Every address of the site, and where the links of a page lead. */
export class SiteMap {
  readonly #pages: ReadonlyMap<string, Page>;

  /**
   * @param pages the pages that are written as blocks.
   * @param others addresses of further pages, whose HTML and Markdown are made otherwise.
   * @param files paths of what is no page: downloads, and pictures of guides.
   * @param siteUrl where the site will be, with a slash at its end; by default nobody knows.
   */
  constructor(
    pages: readonly Page[],
    readonly others: ReadonlySet<string>,
    readonly files: ReadonlySet<string> = new Set(),
    readonly siteUrl?: string,
  ) {
    this.#pages = new Map(pages.map((page) => [page.address, page]));
  }

  /** The page at an address. */
  page(address: string): Page | undefined {
    return this.#pages.get(address);
  }

  /** All pages in their order, or those of one API. */
  pages(api?: string): Page[] {
    return [...this.#pages.values()].filter((page) => api === undefined || page.api === api);
  }

  /** Whether there is a page at an address. */
  has(address: string): boolean {
    return this.#pages.has(address) || this.others.has(address);
  }

  /**
   * How the links of a page are led. Whether they lead anywhere, `check/` tells.
   *
   * @param ending `.html`, or `.md` for the twin.
   */
  lead(page: Page, ending: ".html" | ".md"): Lead {
    return (href) => {
      const link = readSiteLink(href, page.api, page.folder);
      if (!link) return isSafe(href) ? href : undefined;
      const { address, anchor, isFile } = link;
      const isPage = !isFile && !this.files.has(address);
      const target = relativeAddress(page.address, address, isPage ? ending : "");
      return anchor === "" ? target : `${target}#${anchor}`;
    };
  }
}

/** Whether an address can be followed without running anything: one relative to the page, or of a known kind. */
export function isSafe(href: string): boolean {
  const [, scheme] = /^\s*([a-z][a-z0-9+.-]*):/i.exec(href) ?? [];
  return scheme === undefined || ["http", "https", "mailto"].includes(scheme.toLowerCase());
}
