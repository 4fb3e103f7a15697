import { posix } from "node:path";
import { guideAddress } from "../content/links.js";
import { parseMarkdown, plainText, textOf } from "../content/markdown.js";
import type { Page } from "../content/page.js";
import { divideGuide } from "./guide-text.js";

/**
 * The page of a guide. One that does not begin as it should gets a page all the same: `guide-faults.ts` tells what is wrong.
 *
 * @param path where it is below `docs/guides`: `acme/streams.md`, or `evidence.md` for one of no API.
 * @param titles the names of the APIs by folder.
 */
export function guidePage(path: string, markdown: string, titles: ReadonlyMap<string, string>): Page {
  const api = path.includes("/") ? path.split("/")[0] : undefined;
  const { title, text, line } = divideGuide(markdown);
  const [lead] = parseMarkdown(text).children;
  return {
    address: guideAddress(path.replace(/\.md$/, "")),
    kind: "guide",
    ...(api ? { api } : {}),
    folder: posix.dirname(path),
    title: plainText(title) || path,
    description: lead ? textOf(lead as { children?: unknown }).replace(/\s+/g, " ") : "",
    trail: api ? [{ title: titles.get(api) ?? api, address: `${api}/index` }] : [],
    blocks: [{ kind: "prose", markdown: text, origin: { file: `docs/guides/${path}`, line } }],
  };
}
