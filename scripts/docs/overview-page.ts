import { firstServer } from "../openapi.js";
import type { Block, Entry } from "./content/block.js";
import type { Page } from "./content/page.js";
import { credentialsOf } from "./credentials.js";
import type { DocumentedApi } from "./model.js";

/**
 * The first page of an API: what it is, and everything that there is about it.
 *
 * @param pages the other pages of the API.
 */
export function overviewPage(api: DocumentedApi, pages: readonly Page[]): Page {
  const { document, name } = api;
  const { title, summary, version, description } = document.info;
  const ofKind = (kind: Page["kind"]) => pages.filter((page) => page.kind === kind);
  return {
    address: `${name}/index`,
    kind: "overview",
    api: name,
    title,
    description: summary ?? `The ${title}, version ${version}.`,
    trail: [],
    blocks: [
      { kind: "prose", markdown: summary ?? "" },
      { kind: "facts", facts: facts(api, ofKind("changelog")) },
      { kind: "shares", evidence: api.facts.evidence },
      ...section("Guides", ofKind("guide")),
      { kind: "heading", depth: 2, text: "Operations" },
      ...operationBlocks(api, ofKind("operation")),
      ...section("Webhook events", ofKind("webhook")),
      ...section("Errors", ofKind("error")),
      { kind: "heading", depth: 2, text: "About" },
      // Its headings go below the one above.
      { kind: "prose", markdown: (description ?? "").replace(/^(#+ )/gm, "#$1") },
    ],
  };
}

function facts(api: DocumentedApi, changelogs: readonly Page[]): [string, string][] {
  const { document, downloads, quality, facts: counted } = api;
  const server = firstServer(document);
  const credentials = credentialsOf(document);
  const changes = changelogs.map(({ title, address }) => `, [${title.toLowerCase()}](page:${address})`);
  const lint = quality && (quality.warnings === 0 ? "clean" : `${quality.warnings} warnings`);
  return [
    ...(server === "" ? [] : [["Base URL", `\`${server}\``] as [string, string]]),
    ...(credentials.length === 0 ? [] : [["Credentials", credentials.join(" or ")] as [string, string]]),
    ["Version", `${document.info.version}${changes.join("")}`],
    ["Size", `${counted.operations} operations, ${counted.events} events, ${counted.schemas} schemas`],
    ...(quality
      ? [["Lint", `${lint}; agent readiness ${Math.round(quality.agentReadiness)} of 100`] as [string, string]]
      : []),
    ["Read", "[reference on one page](ref:)"],
    [
      "Download",
      Object.keys(downloads)
        .map((file) => `[${file}](${file})`)
        .join(", "),
    ],
  ];
}

function section(title: string, pages: readonly Page[]): Block[] {
  if (pages.length === 0) return [];
  return [
    { kind: "heading", depth: 2, text: title },
    { kind: "entries", entries: pages.map((page) => entry(page, page.kind === "error" ? "" : page.description)) },
  ];
}

/** By tag, in the order of the description. */
function operationBlocks({ document }: DocumentedApi, pages: readonly Page[]): Block[] {
  const tags = document.tags ?? [];
  const others = pages.filter(({ group }) => !tags.some(({ name }) => name === group));
  return [...tags, { name: "Others", summary: "" }].flatMap(({ name, summary }): Block[] => {
    const found = name === "Others" ? others : pages.filter(({ group }) => group === name);
    if (found.length === 0) return [];
    return [
      ...(found.length === pages.length ? [] : [{ kind: "heading", depth: 3, text: name } as const]),
      { kind: "prose", markdown: summary ?? "" },
      { kind: "entries", entries: found.map((page) => entry(page)) },
    ];
  });
}

function entry({ title, address, eyebrow, badges, description }: Page, said = ""): Entry {
  return {
    title,
    href: `page:${address}`,
    ...(eyebrow ? { request: eyebrow } : {}),
    // How it is known is shown on the page itself.
    badges: (badges ?? []).filter(({ kind }) => kind === "streams" || kind === "deprecated"),
    ...(eyebrow || said === "" ? {} : { description }),
  };
}
