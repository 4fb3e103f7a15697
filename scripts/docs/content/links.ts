import type { Lead } from "./markdown.js";
import { mentionsIn } from "./mentions.js";

/**
 * The addresses that texts of this site may use besides URLs:
 *
 * - `op:createThing` or `op:acme/createThing`: the page of an operation
 * - `error:NOT_FOUND` or `error:acme/NOT_FOUND`: the page of an error code
 * - `guide:streams` or `guide:acme/streams`, and `streams.md` or `../acme/streams.md` in a guide's file: a guide
 * - `flow.png` in a guide's file: a picture beside it
 * - `ref:` or `ref:acme`: the reference; `api:acme`: the first page of an API; `page:acme/changelog`: any page
 * - `#anchor`: a heading of the same page; also behind all of the above
 *
 * A name without an API is one of the API that the page belongs to.
 */
export interface SiteLink {
  /** From the root of the site; a page's without its ending. */
  readonly address: string;
  readonly anchor: string;
  /** Whether it is a file that is no page, such as a picture beside a guide. */
  readonly isFile: boolean;
}

/**
 * Reads a link of the site.
 *
 * @param api the API of the page that the link is on.
 * @param folder the folder below `docs/guides` of the file that the link is in, for links to files.
 * @returns undefined if the link leads out of the site, or is written relative to the page.
 */
export function readSiteLink(href: string, api: string | undefined, folder?: string): SiteLink | undefined {
  const [whole = "", anchor = ""] = href.split("#");
  const [, scheme, name = ""] = /^(op|error|guide|ref|api|page):(.*)$/.exec(whole) ?? [];
  if (scheme === undefined) return folder === undefined ? undefined : readFileLink(whole, anchor, folder);
  const page = (address: string): SiteLink => ({ address, anchor, isFile: false });
  if (scheme === "page") return page(name);
  if (scheme === "ref" || scheme === "api") return page(`${name || api}/${scheme === "ref" ? "reference" : "index"}`);
  const [owner, local] = name.includes("/") ? name.split("/") : [undefined, name];
  const folders = { op: "operations", error: "errors", guide: "guides" } as const;
  const at = owner ?? api;
  return page([...(at ? [at] : []), folders[scheme as keyof typeof folders], local].join("/"));
}

/** A link from one file in `docs/guides` to another, as it also works where the file itself is read. */
function readFileLink(path: string, anchor: string, folder: string): SiteLink | undefined {
  if (path === "" || path.startsWith("/") || /^[a-z][a-z0-9+.-]*:/i.test(path)) return undefined;
  const target = new URL(path, `file:///${folder}/`).pathname.slice(1);
  const address = guideAddress(decodeURIComponent(target));
  return { address: address.replace(/\.md$/, ""), anchor, isFile: !address.endsWith(".md") };
}

/** Where a file of `docs/guides` is on the site: `acme/streams.md` at `acme/guides/streams.md`. */
export function guideAddress(path: string): string {
  const [first = "", ...rest] = path.split("/");
  return rest.length === 0 ? `guides/${first}` : [first, "guides", ...rest].join("/");
}

/** The address of one page from another, relative, so that the site works in any folder and from `file://`. */
export function relativeAddress(from: string, to: string, ending: string): string {
  // Asked for every link of every page's navigation, so without lists.
  let shared = 0;
  for (let at = 0; at < from.length && from[at] === to[at]; at++) if (from[at] === "/") shared = at + 1;
  let up = "";
  for (let at = shared; at < from.length; at++) if (from[at] === "/") up += "../";
  return up + to.slice(shared) + ending;
}

/** Markdown with its links led elsewhere and everything else as it was. */
export function rewriteLinks(markdown: string, lead: Lead): string {
  let result = markdown;
  for (const { href, range } of mentionsIn(markdown).reverse()) {
    const target = lead(href);
    if (range && target !== undefined) result = result.slice(0, range[0]) + target + result.slice(range[1]);
  }
  return result;
}
