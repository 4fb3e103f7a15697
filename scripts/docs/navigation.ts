import { relativeAddress } from "./content/links.js";
import type { Page } from "./content/page.js";
import type { SiteMap } from "./content/site-map.js";
import { methodToHtml } from "./content/to-html.js";
import { type Content, type Html, html } from "./html.js";

/** The pages beside a page: those of its API by kind and tag, or the pages of no API. */
export function navigation(page: Page, site: SiteMap): Html {
  const siblings = page.api === undefined ? site.pages().filter(({ api }) => api === undefined) : site.pages(page.api);
  const overview = siblings.find(({ kind }) => kind === "overview");
  const link = (target: Page, text: Content = target.title) => html`<li>${anchor(page, target.address, text)}</li>\n`;
  const group = (title: string, pages: readonly Page[], text?: (target: Page) => Content) =>
    pages.length > 0 &&
    html`<details${pages.includes(page) && html` open`}><summary>${title}</summary><ul>
${pages.map((target) => link(target, text?.(target)))}</ul></details>\n`;
  const ofKind = (...kinds: Page["kind"][]) => siblings.filter(({ kind }) => kinds.includes(kind));
  const reference = `${page.api}/reference`;
  return html`<nav class="side" id="side" popover aria-label="${overview?.title ?? "Guides"}">
<ul class="top">
${overview && link(overview)}${site.others.has(reference) && html`<li>${anchor(page, reference, "Reference on one page")}</li>\n`}${ofKind("changelog").map((target) => link(target))}</ul>
${group("Guides", ofKind("guide"))}${operationGroups(siblings).map(([tag, pages]) => group(tag, pages, operationName))}${group("Webhook events", ofKind("webhook"))}${group("Errors", ofKind("error"))}</nav>`;
}

function operationGroups(pages: readonly Page[]): [tag: string, pages: Page[]][] {
  const groups = new Map<string, Page[]>();
  for (const page of pages) {
    if (page.kind !== "operation") continue;
    const tag = page.group ?? "Operations";
    groups.set(tag, [...(groups.get(tag) ?? []), page]);
  }
  return [...groups];
}

function operationName({ title, eyebrow }: Page): Content {
  return html`<span>${title}</span>${eyebrow && html` ${methodToHtml(eyebrow.method)}`}`;
}

function anchor(from: Page, to: string, text: Content): Html {
  const current = from.address === to && html` aria-current="page"`;
  return html`<a href="${relativeAddress(from.address, to, ".html")}"${current}>${text}</a>`;
}
