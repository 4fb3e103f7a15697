import type GithubSlugger from "github-slugger";
import type { Element, ElementContent, Nodes as HastNodes } from "hast";
import { toHtml } from "hast-util-to-html";
import type { Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { toHast } from "mdast-util-to-hast";
import { gfm } from "micromark-extension-gfm";
import { Html } from "../html.js";
import { highlighted } from "./highlight.js";
import { Kept } from "./kept.js";
import { plainParagraphs } from "./plain.js";
import { walk } from "./walk.js";

/** Leads a link of a text to where it goes from the page it is on; `undefined` for one that must not be followed. */
export type Lead = (href: string) => string | undefined;

const extensions = [gfm()];
const mdastExtensions = [gfmFromMarkdown()];
// A description that several operations share stands on all of their pages, and is looked at several times on each.
const trees = new Kept<Root>();
const markups = new Kept<Html>();

/**
 * Reads Markdown: CommonMark with GitHub's tables, strikethrough and bare links. Places are kept.
 *
 * @returns the tree, which is shared: it must not be changed.
 */
export function parseMarkdown(markdown: string): Root {
  return trees.get(markdown, () => fromMarkdown(markdown, { extensions, mdastExtensions }));
}

/**
 * Renders Markdown.
 *
 * @param lead where links lead.
 * @param slugger gives headings their anchors; without one they get none.
 */
export function renderMarkdown(markdown: string, lead: Lead, slugger?: GithubSlugger): Html {
  const paragraphs = plainParagraphs(markdown);
  if (paragraphs) return new Html(paragraphs.map((text) => `<p>${text}</p>`).join("\n"));
  const make = () => render(parseMarkdown(markdown), lead, slugger);
  // What has no link and no heading is the same on every page.
  return slugger || mayLink(markdown) ? make() : markups.get(markdown, make);
}

/** Renders a piece of Markdown that stands inside a line: one paragraph, without the paragraph. */
export function renderInline(markdown: string, lead: Lead): Html {
  const plain = plainParagraphs(markdown);
  if (plain?.length === 1) return new Html(plain.join());
  const markup = renderMarkdown(markdown, lead);
  const { children } = parseMarkdown(markdown);
  if (children.length !== 1 || children[0]?.type !== "paragraph") return markup;
  return new Html(markup.toString().replace(/^<p>|<\/p>\n?$/g, ""));
}

/** Markdown as one line of plain text. */
export function plainText(markdown: string): string {
  const isPlain = !markdown.includes("`") && plainParagraphs(markdown) !== undefined;
  const text = isPlain ? markdown : textOf(parseMarkdown(markdown));
  return text.replace(/\s+/g, " ").trim();
}

/** Whether a text can hold a link or an image: it has brackets, or what becomes a link by itself. */
export function mayLink(markdown: string): boolean {
  return /\[|<|:\/\/|www\.|@/i.test(markdown) && plainParagraphs(markdown) === undefined;
}

/** Whether a text can hold a heading. */
export function mayHead(markdown: string): boolean {
  return /^[ >]*(?:#|=+ *$|-+ *$)/m.test(markdown);
}

/** The text of a tree, without marks. */
export function textOf(node: { value?: unknown; children?: unknown }): string {
  if (typeof node.value === "string") return node.value;
  return Array.isArray(node.children) ? node.children.map(textOf).join("") : "";
}

function render(tree: Root, lead: Lead, slugger?: GithubSlugger): Html {
  const hast = toHast(tree, {
    handlers: {
      // What is HTML in a description is shown as it is written: a description is text.
      html: (_state, node: { value: string }) => ({ type: "text", value: node.value }),
    },
  });
  walk<HastNodes>(hast, (element, index, parent) => {
    if (element.type !== "element") return;
    if (element.tagName === "a") follow(element, "href", lead);
    if (element.tagName === "img") follow(element, "src", lead);
    if (/^h[1-6]$/.test(element.tagName) && slugger) element.properties.id = slugger.slug(textOf(element));
    if (element.tagName === "pre") makeScrollable(element);
    // A table that is wider than a phone scrolls by itself, and by keyboard too.
    if (element.tagName === "table" && parent) parent.children[index] = scroller([element]);
  });
  // The only raw nodes are those of `makeScrollable`.
  return new Html(toHtml(hast, { allowDangerousHtml: true }));
}

function follow({ properties }: Element, name: "href" | "src", lead: Lead): void {
  const target = lead(String(properties[name] ?? ""));
  if (target === undefined) delete properties[name];
  else properties[name] = target;
}

function makeScrollable(pre: Element): void {
  const [code] = pre.children;
  if (code?.type !== "element" || code.tagName !== "code") return;
  const [name = ""] = (code.properties.className as string[] | undefined) ?? [];
  const markup = highlighted(textOf(code).replace(/\n$/, ""), name.replace(/^language-/, ""));
  code.children = [{ type: "raw", value: markup.toString() } as unknown as ElementContent];
  pre.properties.tabIndex = 0;
  // What the sample before it prints, as its fence says behind the language.
  if (code.data?.meta?.split(" ").includes("output")) pre.properties.className = ["output"];
}

function scroller(children: ElementContent[]): Element {
  return { type: "element", tagName: "div", properties: { className: ["scroll"], tabIndex: 0 }, children };
}
