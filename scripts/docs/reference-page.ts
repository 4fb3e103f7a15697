import { createHash } from "node:crypto";
import type { OpenApiDocument } from "../openapi.js";
import { html, jsonBlock } from "./html.js";
import type { DocumentedApi } from "./model.js";
import { page } from "./page.js";

const emptyStyle = createHash("sha256").update("").digest("base64");

/**
 * What Redoc needs: it adds an empty `<style>` and fills it through the CSSOM, so the hash of nothing is enough and
 * 'unsafe-inline' is not; its icons and its icon font are `data:` addresses. It needs no eval, no worker and no
 * connection, and an image in a description that points elsewhere is not loaded.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' 'sha256-${emptyStyle}'`,
  // Redoc writes style attributes beside choices (oneOf) and samples that are not JSON.
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src data:",
  "base-uri 'none'",
  "form-action 'none'",
];

/**
 * The page that shows one API with Redoc.
 *
 * @param api the API; its document is embedded, so the page works without a server.
 */
export function referencePage(api: DocumentedApi): string {
  const { title, version, summary } = api.document.info;
  const [yaml = "../index.html"] = Object.keys(api.downloads);
  return page({
    title: `${title} reference`,
    description: summary ?? `Reference of the ${title}, version ${version}.`,
    root: "../",
    policy,
    styles: ["site.css", "reference.css", "redoc.css"],
    scripts: ["redoc.standalone.js", "reference.js"],
    body: html`<a class="skip" href="#redoc" id="skip">Skip to the content</a>
<header class="topbar">
<a class="home" href="../index.html" aria-label="All APIs"><span aria-hidden="true">←</span><span class="wide"> All APIs</span></a>
<p class="here">${title} <span class="version">${version}</span></p>
<button type="button" class="button" id="search" hidden>Search <kbd>/</kbd></button>
<button type="button" class="button" popovertarget="downloads">Downloads</button>
</header>
<nav id="downloads" popover aria-label="Downloads">
<ul>
${Object.keys(api.downloads).map((file) => html`<li><a href="${file}">${file}</a></li>\n`)}</ul>
</nav>
<div id="redoc">
<p class="fallback" id="fallback">Loading the reference …</p>
<noscript><p class="fallback">The reference is drawn by a script. Without scripts, read <a href="${yaml}">${yaml}</a>.</p></noscript>
</div>
${jsonBlock("description", forReading(api.document))}`,
  });
}

/** Redoc would put a tag's summary, a sentence, into its menu; here the menu shows names and the text the sentence. */
function forReading(document: OpenApiDocument): OpenApiDocument {
  if (document.tags === undefined) return document;
  const tags = document.tags.map(({ summary, ...tag }) => {
    if (summary === undefined) return tag;
    const sentence = /[.!?]$/.test(summary) ? summary : `${summary}.`;
    return { ...tag, description: tag.description === undefined ? sentence : `${sentence}\n\n${tag.description}` };
  });
  return { ...document, tags };
}
