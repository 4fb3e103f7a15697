import type { Page } from "../content/page.js";
import type { SiteMap } from "../content/site-map.js";
import type { DocumentedApi } from "../model.js";
import { pitch } from "../pitch.js";
import { link, linkList, sectionsOf } from "./sections.js";

/** What an agent has to know to read any page. */
const notes = `Every page of this site is there as Markdown at the same address with \`.md\` in place of \`.html\`. Marks behind names tell how a
statement is known: *documented* by the vendor, *observed* on a server, or *inferred*, which nobody promises. A part
without a mark is known as well as what encloses it.`;

/**
 * `llms.txt` of the whole site (https://llmstxt.org): where each API begins, and what concerns all of them. Operations are
 * listed in the `llms.txt` of their API.
 */
export function siteLlms(apis: readonly DocumentedApi[], site: SiteMap): string {
  const from = "llms.txt";
  const shared = site.pages().filter(({ api }) => api === undefined);
  const sections = apis.map((api) => {
    const pages = site.pages(api.name).filter(({ kind }) => kind === "guide" || kind === "changelog");
    return `## ${api.document.info.title}\n\n${[...entries(from, api), linkList(from, pages)].filter(Boolean).join("\n")}`;
  });
  return `${[
    `# agent-apis\n\n> ${pitch}\n\n${notes}`,
    ...(shared.length > 0 ? [`## Guides to all APIs\n\n${linkList(from, shared)}`] : []),
    ...sections,
    `## Optional\n\n${link(from, "llms-full.txt", "Everything in one file", "every page of every API, one behind the other")}`,
  ].join("\n\n")}\n`;
}

/** `llms.txt` of one API: every page of it. */
export function apiLlms(api: DocumentedApi, site: SiteMap): string {
  const from = `${api.name}/llms.txt`;
  const { title } = api.document.info;
  const sections = sectionsOf(api, site.pages(api.name)).map(
    (section) => `## ${section.title}\n\n${linkList(from, section.pages)}`,
  );
  const optional = [
    link(
      from,
      `${api.name}/llms-full.txt`,
      "Everything in one file",
      `every page of the ${title}, one behind the other`,
    ),
    link(from, "llms.txt", "The other APIs", "that this site describes"),
  ];
  return `${[
    `# ${title}\n\n> ${summaryOf(api)}\n\n${notes}`,
    `## Start here\n\n${entries(from, api).slice(1).join("\n")}`,
    ...sections,
    `## Optional\n\n${optional.join("\n")}`,
  ].join("\n\n")}\n`;
}

function entries(from: string, api: DocumentedApi): string[] {
  const { name, downloads } = api;
  return [
    link(from, `${name}/llms.txt`, "Every page", `${api.facts.operations} operations, with guides and errors`),
    link(from, `${name}/index.md`, "Overview", summaryOf(api)),
    ...Object.keys(downloads).map((file) => link(from, `${name}/${file}`, file, descriptionNote(file))),
  ];
}

function descriptionNote(file: string): string {
  return `the whole API as an OpenAPI description${file.includes("3.1") ? ", for tools that stop at OpenAPI 3.1" : ""}`;
}

function summaryOf({ document }: DocumentedApi): string {
  const { title, summary, version } = document.info;
  return summary ?? `The ${title}, version ${version}.`;
}

/** The pages that `llms-full.txt` holds, in its order. */
export function fullPages(apis: readonly DocumentedApi[], site: SiteMap): Page[] {
  return [...site.pages().filter(({ api }) => api === undefined), ...apis.flatMap((api) => apiFullPages(api, site))];
}

/** Those of one API. */
export function apiFullPages(api: DocumentedApi, site: SiteMap): Page[] {
  const pages = site.pages(api.name);
  const overview = pages.filter(({ kind }) => kind === "overview");
  return [...overview, ...sectionsOf(api, pages).flatMap((section) => section.pages)];
}
