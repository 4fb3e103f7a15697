import { relativeAddress } from "../content/links.js";
import type { Page } from "../content/page.js";

/**
 * Pages one behind the other, as one text.
 *
 * @param from the path of the file that holds it.
 * @param pages the pages in their order.
 * @param markdownOf the Markdown of a page by its address.
 */
export function fullText(from: string, pages: readonly Page[], markdownOf: (address: string) => string): string {
  return pages
    .map(({ address }) => {
      const source = relativeAddress(from, address, ".md");
      return `Page: ${source}\n\n${moveLinks(markdownOf(address), address, from)}`;
    })
    .join("\n---\n\n");
}

/** Markdown as it has to be written in another folder for its relative links to lead where they did. */
function moveLinks(markdown: string, address: string, to: string): string {
  // Fences begin and end at a line's start; what is between them is no Markdown.
  const parts = markdown.split(/^( *`{3,}[^\n]*\n[\s\S]*?^ *`{3,}$)/m);
  return parts.map((part, index) => (index % 2 === 1 ? part : part.replace(link, move))).join("");

  function move(_whole: string, before: string, href: string): string {
    const [path = "", anchor] = href.split("#");
    const target = path === "" ? `${address}.md` : new URL(path, `file:///${address}`).pathname.slice(1);
    return `${before}${relativeAddress(to, target, "")}${anchor === undefined ? "" : `#${anchor}`}`;
  }
}

/** Links as the writer of twins writes them, but for those that lead out of the site. */
const link = /(\]\()(?![a-z][a-z0-9+.-]*:|\/)([^)\s]+)/gi;
