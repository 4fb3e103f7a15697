import type { Block } from "../content/block.js";
import { headingsOf } from "../content/headings.js";
import type { Page } from "../content/page.js";
import type { DocumentedApi } from "../model.js";

/**
 * What search knows of a page: address without its ending, title, method, path, API's folder, kind, names by which it is
 * found, and further words. A list instead of an object, because there are hundreds.
 */
export type SearchEntry = readonly [
  address: string,
  title: string,
  method: string,
  path: string,
  api: string,
  kind: string,
  names: string,
  words: string,
];

/** What `search.js` loads when somebody turns to the search. */
export interface SearchIndex {
  /** Folder to title. */
  readonly apis: Readonly<Record<string, string>>;
  readonly entries: readonly SearchEntry[];
}

/** The index as a classic script, so that it can be loaded from `file://`, where fetch is refused. */
export function searchIndexScript(pages: readonly Page[], apis: readonly DocumentedApi[]): string {
  const titles = Object.fromEntries(apis.map(({ name, document }) => [name, document.info.title]));
  const index: SearchIndex = { apis: titles, entries: pages.map(entryOf) };
  return `globalThis.searchIndex = ${JSON.stringify(index)};\n`;
}

function entryOf({
  address,
  title,
  eyebrow,
  api,
  kind,
  group,
  keywords,
  badges,
  description,
  blocks,
}: Page): SearchEntry {
  const streams = badges?.some((badge) => badge.kind === "streams") ? "streams" : "";
  const names = [...(keywords ?? []), group ?? "", streams];
  const words = [description, ...headingsOf(blocks).map(({ text }) => text), ...fieldNames(blocks)];
  return [
    address,
    title,
    eyebrow?.method ?? "",
    eyebrow?.path ?? "",
    api ?? "",
    kind,
    distinct(names).join(" "),
    distinct(words).join(" "),
  ];
}

/** Parameters, fields of bodies and kinds of event; not what is inside of them. */
function fieldNames(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block): string[] => {
    if (block.kind === "fold") return fieldNames(block.blocks);
    return block.kind === "fields" ? block.fields.map(({ name }) => name) : [];
  });
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => text !== "");
}
