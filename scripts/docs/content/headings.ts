import GithubSlugger from "github-slugger";
import type { Nodes } from "mdast";
import type { Block } from "./block.js";
import { mayHead, parseMarkdown, plainText, textOf } from "./markdown.js";
import { walk } from "./walk.js";

/** A heading of a page, as a list of contents needs it. */
export interface Anchor {
  readonly depth: number;
  readonly text: string;
  readonly id: string;
}

/** The headings of some blocks in their order, with the anchors that the HTML gives them. */
export function headingsOf(blocks: readonly Block[], slugger = new GithubSlugger()): Anchor[] {
  return blocks.flatMap((block): Anchor[] => {
    if (block.kind === "fold") return headingsOf(block.blocks, slugger);
    if (block.kind === "heading") {
      const text = plainText(block.text);
      return [{ depth: block.depth, text, id: block.id ?? slugger.slug(text) }];
    }
    if (block.kind !== "prose" || !mayHead(block.markdown)) return [];
    const found: Anchor[] = [];
    walk<Nodes>(parseMarkdown(block.markdown), (heading) => {
      if (heading.type !== "heading") return;
      const text = textOf(heading);
      found.push({ depth: heading.depth, text, id: slugger.slug(text) });
    });
    return found;
  });
}
