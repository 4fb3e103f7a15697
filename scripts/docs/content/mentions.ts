import type { Definition, Image, Link, Nodes } from "mdast";
import { mayLink, parseMarkdown, textOf } from "./markdown.js";
import { walk } from "./walk.js";

/** A place in a text that leads elsewhere. */
export interface Mention {
  readonly kind: "link" | "image";
  readonly href: string;
  /** What a reader sees or hears of it. */
  readonly label: string;
  /** In the text, counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  /** The piece of Markdown, as it is written. */
  readonly source: string;
  /** Where in the text the address is written: offsets; none where it is its own label, as of a bare address. */
  readonly range?: readonly [start: number, end: number];
}

/** Every link and image of a text, in their order. */
export function mentionsIn(markdown: string): Mention[] {
  if (!mayLink(markdown)) return [];
  const found: Mention[] = [];
  walk<Nodes>(parseMarkdown(markdown), (node) => {
    if (node.type !== "link" && node.type !== "image" && node.type !== "definition") return;
    const { url: href, position } = node;
    const { start, end } = position ?? {};
    if (start?.offset === undefined || end?.offset === undefined) return;
    const source = markdown.slice(start.offset, end.offset);
    const at = addressStart(node, source, start.offset);
    found.push({
      kind: node.type === "image" ? "image" : "link",
      href,
      label: labelOf(node),
      line: start.line,
      column: start.column,
      source,
      ...(at < 0 ? {} : { range: [start.offset + at, start.offset + at + href.length] as const }),
    });
  });
  return found;
}

function labelOf(node: Link | Image | Definition): string {
  if (node.type === "definition") return node.identifier;
  return (node.type === "image" ? (node.alt ?? "") : labelOfLink(node)).trim();
}

/** A link's text, or that of the picture it is made of. */
function labelOfLink(link: Link): string {
  const images = link.children.flatMap((child) => (child.type === "image" ? [child.alt ?? ""] : []));
  return textOf(link) + images.join("");
}

/** How far behind the start of a mention its address is written; -1 for a bare address, or one with escapes in it. */
function addressStart(node: Link | Image | Definition, source: string, start: number): number {
  if (node.type === "definition") return source.indexOf(node.url, source.indexOf("]:"));
  if (node.type === "image") return source.indexOf(node.url, source.lastIndexOf("]("));
  const labelEnd = node.children.at(-1)?.position?.end.offset ?? start;
  return source.startsWith("[") ? source.indexOf(node.url, labelEnd - start) : -1;
}
