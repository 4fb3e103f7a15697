import type { Origin } from "../content/block.js";
import type { Page } from "../content/page.js";

/** What is wrong, and how to mend it. */
export interface Fault {
  readonly rule: "dead-link" | "dead-anchor" | "image" | "empty-link" | "guide";
  readonly message: string;
  readonly mend: string;
}

/** Something that is wrong in a text of the site. */
export interface Finding extends Fault {
  readonly page: Pick<Page, "address" | "api">;
  /** The piece of Markdown, as it is written. */
  readonly source: string;
  /** Its line within the text, counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  /** Where the text begins, if it is in a file of its own; a description is looked for in its sources. */
  readonly origin?: Origin;
}
