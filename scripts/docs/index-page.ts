import { headFor } from "./agents/head.js";
import { apisGraph } from "./agents/json-ld.js";
import type { Page } from "./content/page.js";
import { kinds } from "./evidence.js";
import { html } from "./html.js";
import { card } from "./landing/card.js";
import { waysIn } from "./landing/ways-in.js";
import { policy } from "./layout.js";
import { masthead, searchBox } from "./masthead.js";
import type { DocumentedApi } from "./model.js";
import { page } from "./page.js";
import { pitch } from "./pitch.js";

/**
 * The landing page of the site.
 *
 * @param apis every API, in the order of the cards.
 * @param pages every page that is made of blocks.
 * @param siteUrl where the site will be; by default nobody knows.
 */
export function indexPage(apis: readonly DocumentedApi[], pages: readonly Page[] = [], siteUrl?: string): string {
  const graph = apisGraph(
    apis.map(({ name, document: { info } }) => ({
      title: info.title,
      description: info.summary ?? "",
      url: `${siteUrl ?? ""}${name}/index.html`,
    })),
  );
  const shared = pages.filter(({ api, kind }) => api === undefined && kind === "guide");
  return page({
    title: "agent-apis",
    description: pitch,
    root: "",
    policy,
    styles: ["site.css", "search.css", "code.css", "index.css", "cards.css", "evidence.css"],
    scripts: ["copy.js", "search.js"],
    head: headFor("index", graph, siteUrl),
    body: html`<a class="skip" href="#main">Skip to the content</a>
${masthead({ root: "", search: false })}
<main id="main" class="wrap" tabindex="-1">
<section class="intro">
<h1>Agent-platform APIs, dependable to build on</h1>
<p class="pitch">${pitch}</p>
${searchBox("", undefined, "Search operations, guides, errors, events")}</section>
<section id="apis" aria-labelledby="apis-heading">
<h2 id="apis-heading">APIs</h2>
<div class="cards">
${apis.map((api) =>
  card(
    api,
    pages.filter((one) => one.api === api.name),
  ),
)}</div>
</section>
<section id="ways-in" aria-labelledby="ways-in-heading">
<h2 id="ways-in-heading">Three ways in</h2>
<div class="ways">
${waysIn(apis)}</div>
</section>
${
  shared.length > 0 &&
  html`<section id="guides" aria-labelledby="guides-heading">
<h2 id="guides-heading">Guides to all of them</h2>
<ul class="guide-list">
${shared.map(({ address, title, description }) => html`<li><a href="${address}.html">${title}</a><p>${description}</p></li>\n`)}</ul>
</section>
`
}<section id="evidence" aria-labelledby="evidence-heading">
<h2 id="evidence-heading">What the evidence means</h2>
<dl class="meanings">
${kinds.map(({ kind, name, meaning }) => html`<div><dt class="${kind}">${name}</dt><dd>${meaning}</dd></div>\n`)}</dl>
</section>
</main>
<footer class="wrap">
<p>Static and self-contained: no page asks another host for anything. The references are drawn by Redoc, MIT licence.
Agent readiness is what Redocly’s score gives a description, out of 100.</p>
</footer>`,
  });
}
