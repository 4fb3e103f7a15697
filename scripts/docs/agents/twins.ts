import { firstServer } from "../../openapi.js";
import type { Block } from "../content/block.js";
import type { SiteMap } from "../content/site-map.js";
import { blocksToMarkdown } from "../content/to-markdown.js";
import { credentialsOf } from "../credentials.js";
import { kinds, sharesOf } from "../evidence.js";
import type { DocumentedApi } from "../model.js";
import { pitch } from "../pitch.js";
import { link, linkList, sectionsOf } from "./sections.js";

/** The landing page as Markdown. */
export function landingTwin(apis: readonly DocumentedApi[], site: SiteMap): string {
  const shared = site.pages().filter(({ api }) => api === undefined);
  const blocks: Block[] = [
    { kind: "prose", markdown: `# agent-apis\n\n${pitch}` },
    ...apis.flatMap((api) => apiBlocks(api, site)),
    ...(shared.length > 0
      ? ([
          { kind: "heading", depth: 2, text: "Guides to all of them" },
          { kind: "prose", markdown: linkList("index.md", shared) },
        ] as const)
      : []),
    { kind: "heading", depth: 2, text: "What the evidence means" },
    { kind: "facts", facts: kinds.map(({ name, meaning }) => [name, meaning] as const) },
  ];
  return `${blocksToMarkdown(blocks, (href) => href)}\n`;
}

function apiBlocks(api: DocumentedApi, site: SiteMap): Block[] {
  const { document, name, facts } = api;
  const { title, version, summary } = document.info;
  const said: [string, string][] = [
    ["Version", version],
    ["Base URL", `\`${firstServer(document)}\``],
    ["Credentials", credentialsOf(document).join(" or ")],
    ["Size", `${facts.operations} operations, ${facts.events} events`],
    ["How it is known", sharesOf(facts.evidence).words],
  ];
  const pages = site.pages(name).filter(({ kind }) => kind === "guide" || kind === "changelog");
  const files = ["llms.txt", ...Object.keys(api.downloads)];
  return [
    { kind: "heading", depth: 2, text: title },
    { kind: "prose", markdown: summary ?? "" },
    { kind: "facts", facts: said.filter(([, text]) => text !== "" && text !== "``") },
    {
      kind: "prose",
      markdown: [
        link("index.md", `${name}/index.md`, "Overview", "every operation, webhook and error"),
        linkList("index.md", pages),
        ...files.map((file) => link("index.md", `${name}/${file}`, file, "")),
      ]
        .filter((text) => text !== "")
        .join("\n"),
    },
  ];
}

/** What stands for the reference, which is drawn by a script, as Markdown: the way to every page that holds a part of it. */
export function referenceTwin(api: DocumentedApi, site: SiteMap): string {
  const from = `${api.name}/reference.md`;
  const { title } = api.document.info;
  const sections = sectionsOf(api, site.pages(api.name)).filter(({ title: name }) => name !== "Changes");
  return `${[
    `# ${title} reference`,
    `The reference on one page is drawn by a script from [the description](openapi.json). As text it is [one file](llms-full.txt), or
these pages; [the overview](index.md) introduces them.`,
    ...sections.map((section) => `## ${section.title}\n\n${linkList(from, section.pages)}`),
  ].join("\n\n")}\n`;
}
