import { createHash } from "node:crypto";
import { headFor } from "./agents/head.js";
import { apisGraph } from "./agents/json-ld.js";
import { html, jsonBlock } from "./html.js";
import { masthead } from "./masthead.js";
import type { DocumentedApi } from "./model.js";
import { page } from "./page.js";
import { forRedoc } from "./reference/for-redoc.js";

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
 * @param all every API of the site, to go from one to another.
 * @param siteUrl where the site will be; by default nobody knows.
 */
export function referencePage(api: DocumentedApi, all: readonly DocumentedApi[] = [api], siteUrl?: string): string {
  const { title, version, summary } = api.document.info;
  const apis = all.map(({ name, document }) => ({ name, title: document.info.title }));
  return page({
    title: `${title} reference`,
    description: summary ?? `Reference of the ${title}, version ${version}.`,
    root: "../",
    policy,
    head: headFor(
      `${api.name}/reference`,
      apisGraph([
        {
          title,
          description: summary ?? "",
          url: `${siteUrl === undefined ? "" : `${siteUrl}${api.name}/`}reference.html`,
        },
      ]),
      siteUrl,
    ),
    styles: ["site.css", "search.css", "redoc.css"],
    scripts: ["redoc.standalone.js", "reference.js", "search.js"],
    body: html`<a class="skip" href="#redoc" id="skip">Skip to the content</a>
${masthead({ root: "../", api: api.name, apis })}
<div id="redoc">
<p class="fallback" id="fallback">Loading the reference …</p>
<noscript><p class="fallback">This page is drawn by a script. Without scripts, read <a href="index.html">the pages of the ${title}</a>, which hold the same.</p></noscript>
</div>
${jsonBlock("description", forRedoc(api))}`,
  });
}
