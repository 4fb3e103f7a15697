import { headFor } from "./agents/head.js";
import { pageGraph } from "./agents/json-ld.js";
import { headingsOf } from "./content/headings.js";
import { relativeAddress } from "./content/links.js";
import type { Page } from "./content/page.js";
import type { SiteMap } from "./content/site-map.js";
import { badgesToHtml, htmlWriter, methodToHtml } from "./content/to-html.js";
import { type Html, html } from "./html.js";
import { masthead } from "./masthead.js";
import { navigation } from "./navigation.js";
import { page as frame } from "./page.js";

/** What pages made of blocks may load: files of the site, and nothing inline. */
export const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
];

/** The HTML of a page that is made of blocks. */
export function layout(page: Page, site: SiteMap): string {
  const to = (address: string, ending = ".html") => relativeAddress(page.address, address, ending);
  const root = "../".repeat(page.address.split("/").length - 1);
  const [name] = page.trail;
  const overviews = site.pages().filter(({ kind }) => kind === "overview");
  const apis = overviews.map(({ api = "", title }) => ({ name: api, title }));
  const menu = html`<button type="button" class="button menu" popovertarget="side">Menu</button>\n`;
  return frame({
    title: name ? `${page.title} · ${name.title}` : page.title,
    description: page.description,
    root,
    policy,
    styles: [
      "site.css",
      "search.css",
      "page.css",
      "text.css",
      "code.css",
      ...(page.kind === "overview" ? ["evidence.css"] : []),
    ],
    scripts: ["copy.js", "samples.js", "search.js"],
    head: headFor(
      page.address,
      pageGraph(page, site.siteUrl === undefined ? to : (address, ending) => site.siteUrl + address + ending),
      site.siteUrl,
    ),
    body: html`<a class="skip" href="#main">Skip to the content</a>
${masthead({ root, api: page.api, apis, tools: menu })}
<div class="frame">
${navigation(page, site)}
<main id="main" class="page ${page.kind}" tabindex="-1">
<nav class="trail" aria-label="Breadcrumb"><ol>
<li><a href="${to("index")}">All APIs</a></li>
${page.trail.map(({ title, address }) => html`<li><a href="${to(address)}">${title}</a></li>\n`)}</ol></nav>
<header class="title">
${page.eyebrow && html`<p class="eyebrow">${methodToHtml(page.eyebrow.method)} <code>${page.eyebrow.path}</code></p>\n`}<h1>${page.title}</h1>
${(page.badges ?? []).length > 0 && html`<p class="badges">${badgesToHtml(page.badges ?? [])}</p>\n`}</header>
${columns(page, site)}<footer><a class="twin" href="${to(page.address, ".md")}">This page as Markdown</a></footer>
</main>
</div>`,
  });
}

/**
 * Text, and beside it on wide screens what a reader wants in view meanwhile: the samples, and the headings to jump to.
 * On narrow ones the samples stand where they stand in the page.
 */
function columns(page: Page, site: SiteMap): Html {
  const write = htmlWriter(site.lead(page, ".html"));
  const at = page.blocks.findIndex(({ kind }) => kind === "samples");
  if (at < 0) {
    return html`<div class="columns"><article>
${write(page.blocks)}</article>
${contents(page)}</div>
`;
  }
  // Samples take the heading along that stands right above them.
  const start = page.blocks[at - 1]?.kind === "heading" ? at - 1 : at;
  return html`<div class="columns sampled"><article>
${write(page.blocks.slice(0, start))}</article>
<aside aria-label="Samples">
${write(page.blocks.slice(start, at + 1))}${contents(page)}</aside>
<article class="rest">
${write(page.blocks.slice(at + 1))}</article>
</div>
`;
}

/** The headings of a long page, to jump to. */
function contents({ blocks, kind }: Page): Html {
  // Below the answers of an operation there is a heading for each status, below those of an overview nothing but lists.
  const deepest = kind === "overview" ? 2 : 3;
  const headings = headingsOf(blocks).filter(({ depth }) => depth <= deepest);
  if (headings.length < 3) return html``;
  return html`<nav class="contents" aria-label="On this page">
<p aria-hidden="true">On this page</p>
<ul>
${headings.map(({ depth, id, text }) => html`<li class="depth-${depth}"><a href="#${id}">${text}</a></li>\n`)}</ul>
</nav>
`;
}
