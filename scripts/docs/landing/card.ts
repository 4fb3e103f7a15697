import { firstServer } from "../../openapi.js";
import { renderInline } from "../content/markdown.js";
import type { Page } from "../content/page.js";
import { credentialsOf } from "../credentials.js";
import { evidenceBar } from "../evidence.js";
import { type Content, type Html, html } from "../html.js";
import type { DocumentedApi } from "../model.js";

/**
 * What one API is, on the landing page.
 *
 * @param pages the pages of the API.
 */
export function card(api: DocumentedApi, pages: readonly Page[]): Html {
  const { info } = api.document;
  const heading = `${api.name}-heading`;
  const overview = `${api.name}/index.html`;
  const guides = pages.filter(({ kind }) => kind === "guide");
  const changelog = pages.find(({ kind }) => kind === "changelog");
  const of = html`<span class="unseen"> of the ${info.title}</span>`;
  return html`<article class="card" aria-labelledby="${heading}">
<div class="about">
<h3 id="${heading}"><a href="${overview}">${info.title}</a> <span class="version">${info.version}</span></h3>
${info.summary !== undefined && html`<p class="summary">${info.summary}</p>\n`}<dl class="access">
${access("Base URL", code(firstServer(api.document)))}${access("Credentials", credentials(api))}${access("Guides", links(guides))}</dl>
</div>
<div class="figures">
<dl class="counts">
${count("operation", api.facts.operations)}${count("event", api.facts.events)}${api.quality && html`${count("lint warning", api.quality.warnings)}${figure("agent readiness", `${Math.round(api.quality.agentReadiness)}`)}`}</dl>
${evidenceBar(api.facts.evidence)}
<ul class="links">
<li><a href="${api.name}/reference.html">Reference${of}</a></li>
${changelog && html`<li><a href="${changelog.address}.html">Changelog${of}</a></li>\n`}${Object.keys(api.downloads).map((file) => html`<li><a class="file" href="${api.name}/${file}">${file}${of}</a></li>\n`)}</ul>
</div>
</article>
`;
}

function access(term: string, value: Content): Content {
  return value !== undefined && html`<div><dt>${term}</dt><dd>${value}</dd></div>\n`;
}

function code(text: string): Content {
  return text === "" ? undefined : html`<code>${text}</code>`;
}

function credentials({ document }: DocumentedApi): Content {
  const ways = credentialsOf(document);
  return ways.length === 0 ? undefined : renderInline(ways.join(" or "), (href) => href);
}

/** By the names of their files, which are short. */
function links(guides: readonly Page[]): Content {
  if (guides.length === 0) return undefined;
  return html`<ul class="guides">${guides.map(({ address, title }) => html`<li><a href="${address}.html" title="${title}">${address.split("/").at(-1)?.replaceAll("-", " ")}</a></li> `)}</ul>`;
}

function count(singular: string, number: number): Html {
  return figure(number === 1 ? singular : `${singular}s`, number.toLocaleString("en"));
}

function figure(name: string, value: string): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`;
}
