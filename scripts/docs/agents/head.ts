import { relativeAddress } from "../content/links.js";
import { type Html, html, jsonBlock } from "../html.js";
import { catalogPath } from "./api-catalog.js";
import type { Graph } from "./json-ld.js";

/**
 * What the head of a page says to programs: the same page as Markdown, the catalogue of APIs (RFC 9727), its one true
 * address if the site's is known, and a graph of schema.org.
 *
 * @param address of the page, without its ending.
 * @param siteUrl where the site will be, with a slash at its end.
 */
export function headFor(address: string, graph: Graph, siteUrl?: string): Html {
  const to = (path: string) => relativeAddress(address, path, "");
  return html`<link rel="alternate" type="text/markdown" href="${to(`${address}.md`)}">
<link rel="api-catalog" type="application/linkset+json" href="${to(catalogPath)}">
${siteUrl !== undefined && html`<link rel="canonical" href="${siteUrl}${address}.html">\n`}${jsonBlock(undefined, graph, "application/ld+json")}
`;
}
