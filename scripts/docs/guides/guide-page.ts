import { posix } from "node:path";
import { guideAddress } from "../content/links.js";
import { parseMarkdown, plainText, textOf } from "../content/markdown.js";
import type { Page } from "../content/page.js";

/**
 * The page of a guide. One that does not begin as it should gets a page all the same: `guide-faults.ts` tells what is wrong.
 *
 * @param path where it is below `docs/guides`: `acme/streams.md`, or `evidence.md` for one of no API.
 * @param titles the names of the APIs by folder.
 */
export function guidePage(path: string, markdown: string, titles: ReadonlyMap<string, string>): Page {
  const api = path.includes("/") ? path.split("/")[0] : undefined;
  const { children } = parseMarkdown(markdown);
  const title = children[0]?.type === "heading" ? children[0] : undefined;
  const lead = children[title ? 1 : 0];
  const start = title?.position?.end.offset ?? 0;
  const text = markdown.slice(start).trimStart();
  const before = markdown.slice(0, markdown.length - text.length);
  return {
    address: guideAddress(path.replace(/\.md$/, "")),
    kind: "guide",
    ...(api ? { api } : {}),
    folder: posix.dirname(path),
    title: title ? textOf(title) : path,
    description: plainText(markdown.slice(lead?.position?.start.offset ?? 0, lead?.position?.end.offset ?? 0)),
    trail: api ? [{ title: titles.get(api) ?? api, address: `${api}/index` }] : [],
    blocks: [
      { kind: "prose", markdown: text, origin: { file: `docs/guides/${path}`, line: before.split("\n").length } },
    ],
  };
}
