import { firstServer } from "../openapi.js";
import { evidenceBar, kinds } from "./evidence.js";
import { type Html, html } from "./html.js";
import type { DocumentedApi } from "./model.js";
import { page } from "./page.js";
import { waysIn } from "./ways-in.js";

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
];

/**
 * The landing page of the site.
 *
 * @param apis every API, in the order of the cards.
 */
export function indexPage(apis: readonly DocumentedApi[]): string {
  const pitch =
    "OpenAPI descriptions, typed clients, mocks and contract tests for the HTTP APIs of agent platforms. " +
    "Every statement of a description says how well it is known: documented, observed or inferred.";
  return page({
    title: "agent-apis",
    description: pitch,
    root: "",
    policy,
    styles: ["site.css", "index.css", "cards.css", "ways.css"],
    scripts: ["copy.js"],
    body: html`<a class="skip" href="#main">Skip to the content</a>
<header class="masthead">
<div class="wrap">
<p class="wordmark">agent-apis</p>
<nav aria-label="Sections">
<ul>
<li><a href="#apis">APIs</a></li>
<li><a href="#ways-in">Ways in</a></li>
<li><a href="#evidence">Evidence</a></li>
</ul>
</nav>
</div>
</header>
<main id="main" class="wrap" tabindex="-1">
<section class="intro">
<h1>Agent-platform APIs, dependable to build on</h1>
<p class="pitch">${pitch}</p>
</section>
<section id="apis" aria-labelledby="apis-heading">
<h2 id="apis-heading">APIs</h2>
<div class="cards">
${apis.map(card)}</div>
</section>
<section id="ways-in" aria-labelledby="ways-in-heading">
<h2 id="ways-in-heading">Three ways in</h2>
<div class="ways">
${waysIn(apis)}</div>
</section>
<section id="evidence" aria-labelledby="evidence-heading">
<h2 id="evidence-heading">What the evidence means</h2>
<dl class="meanings">
${kinds.map(({ kind, name, meaning }) => html`<div><dt class="${kind}">${name}</dt><dd>${meaning}</dd></div>\n`)}</dl>
</section>
</main>
<footer class="wrap">
<p>Static and self-contained: no page asks another host for anything. The references are drawn by Redoc, MIT licence.</p>
</footer>`,
  });
}

function card(api: DocumentedApi): Html {
  const { info } = api.document;
  const heading = `${api.name}-heading`;
  const server = firstServer(api.document);
  return html`<article class="card" aria-labelledby="${heading}">
<div class="parts">
<div class="about">
<h3 id="${heading}">${info.title} <span class="version">${info.version}</span></h3>
${info.summary !== undefined && html`<p class="summary">${info.summary}</p>\n`}${server !== "" && html`<p class="server"><span class="unseen">Server: </span><code>${server}</code></p>\n`}<ul class="links">
<li><a class="primary" href="${api.name}/index.html">Reference<span class="unseen"> of the ${info.title}</span></a></li>
${Object.keys(api.downloads).map((file) => html`<li><a href="${api.name}/${file}">${file}<span class="unseen"> of the ${info.title}</span></a></li>\n`)}</ul>
</div>
<div class="figures">
<dl class="counts">
${count("operation", api.facts.operations)}${count("schema", api.facts.schemas)}${count("event", api.facts.events)}</dl>
${evidenceBar(api.facts.evidence)}
</div>
</div>
</article>
`;
}

function count(singular: string, number: number): Html {
  return html`<div><dt>${number === 1 ? singular : `${singular}s`}</dt><dd>${number.toLocaleString("en")}</dd></div>\n`;
}
