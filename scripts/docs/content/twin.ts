import type { Page } from "./page.js";
import type { SiteMap } from "./site-map.js";
import { blocksToMarkdown } from "./to-markdown.js";

/** The Markdown of a page, which says what its HTML says. */
export function twin(page: Page, site: SiteMap): string {
  const { eyebrow, title, blocks } = page;
  const head = [`# ${title}`, ...(eyebrow ? [`\`${eyebrow.method} ${eyebrow.path}\``] : [])];
  return `${[...head, blocksToMarkdown(blocks, site.lead(page, ".md"))].join("\n\n")}\n`;
}
