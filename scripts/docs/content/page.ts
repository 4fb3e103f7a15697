import type { Badge, Block } from "./block.js";

/** A page of the site, before it is HTML or Markdown. */
export interface Page {
  /**
   * Where it is, from the root of the site and without an ending: `acme/operations/listThings`. The HTML is there with
   * `.html`, the Markdown with `.md`.
   */
  readonly address: string;
  readonly title: string;
  /** One sentence of plain text, for lists, search engines and previews. */
  readonly description: string;
  readonly kind: "operation" | "guide" | "error" | "webhook" | "overview" | "changelog";
  /** The folder of the API it belongs to; none for what concerns all. */
  readonly api?: string;
  /** What it is listed under among the pages of its API: an operation's tag. */
  readonly group?: string;
  /** What is above the title: a method and a path. */
  readonly eyebrow?: { readonly method: string; readonly path: string };
  /** Marks beside the title. */
  readonly badges?: readonly Badge[];
  /** More words by which search finds it. */
  readonly keywords?: readonly string[];
  /** The pages above it, outermost first: the landing page is understood. */
  readonly trail: readonly { readonly title: string; readonly address: string }[];
  /** The folder below `docs/guides` of the file it was written in, from which its links to files start. */
  readonly folder?: string;
  readonly blocks: readonly Block[];
}
