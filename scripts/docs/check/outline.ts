import type { Origin } from "../content/block.js";
import { type Mention, mentionsIn } from "../content/mentions.js";
import type { Page } from "../content/page.js";
import { type Text, textsOf } from "../content/texts.js";

/** What others may link to on a page, and what it links to itself. */
export interface Outline {
  /** The ids in its HTML. */
  readonly anchors: readonly string[];
  readonly mentions: readonly PlacedMention[];
}

/** A link or image with the file it was written in, if that is not a description. */
export interface PlacedMention extends Mention {
  readonly origin?: Origin;
}

/** @param html the page as it was rendered, since only that tells which anchors there are. */
export function outlineOf(page: Page, html: string): Outline {
  return {
    anchors: [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id = ""]) => id),
    mentions: textsOf(page.blocks).flatMap(mentionsOf),
  };
}

function mentionsOf({ markdown, href, origin }: Text): PlacedMention[] {
  if (href !== undefined) return [{ kind: "link", href, label: markdown, source: href, line: 1, column: 1 }];
  return mentionsIn(markdown).map((mention) => ({ ...mention, ...(origin ? { origin } : {}) }));
}
