import type { Evidence } from "../../openapi.js";

/**
 * A piece of a page. A page is written once, as a list of blocks, and comes out twice: as HTML for people and as Markdown
 * for agents, so that neither can say what the other does not.
 */
export type Block = Heading | Prose | Code | Samples | Fields | Facts | Entries | Shares | Table | Fold | Notice;

/** A heading inside a page; the page's title is above all of them. */
export interface Heading {
  readonly kind: "heading";
  readonly depth: 2 | 3 | 4;
  /** Inline Markdown. */
  readonly text: string;
  /** The anchor; by default made from the text. */
  readonly id?: string;
  readonly badges?: readonly Badge[];
}

/** Text in Markdown (CommonMark with GitHub's tables), whose links may be addresses of this site: see `links.ts`. */
export interface Prose {
  readonly kind: "prose";
  readonly markdown: string;
  /** Where the text stands, for errors. */
  readonly origin?: Origin;
}

/** A place in a file; the line is that of the text's first line, counted from 1. */
export interface Origin {
  readonly file: string;
  readonly line: number;
}

/** One program text or body. */
export interface Code {
  readonly kind: "code";
  /** `ts`, `sh`, `json`, `http`, `text` …, as behind the fence in Markdown. */
  readonly language: string;
  readonly code: string;
  readonly title?: string;
}

/** The same thing said in several languages; a reader of the HTML sees one at a time. */
export interface Samples {
  readonly kind: "samples";
  /** What the samples do, for the names of their buttons. */
  readonly label: string;
  readonly samples: readonly Sample[];
}

/** One of them. */
export interface Sample {
  readonly name: string;
  readonly language: string;
  readonly code: string;
  /** What it prints; `…` stands for more of the kind. */
  readonly output?: string;
}

/** Parameters, headers or properties. */
export interface Fields {
  readonly kind: "fields";
  readonly fields: readonly Field[];
}

/** One of them. */
export interface Field {
  readonly name: string;
  /** In words: `string`, `array of Memory`, `"a" | "b"`. */
  readonly type: string;
  readonly badges: readonly Badge[];
  /** Markdown. */
  readonly description: string;
  /** Limits, default, example: each a short piece of inline Markdown. */
  readonly notes: readonly string[];
  /** What is inside. */
  readonly fields: readonly Field[];
}

/** A short mark beside a name. */
export type Badge =
  | { readonly kind: "required" | "deprecated" | "streams" }
  | { readonly kind: "secret"; readonly once: boolean }
  | { readonly kind: "evidence"; readonly evidence: Evidence; readonly source?: string };

/** Names with what they are, each a line or two. */
export interface Facts {
  readonly kind: "facts";
  /** Name, and inline Markdown. */
  readonly facts: readonly (readonly [name: string, markdown: string])[];
}

/** A list of pages, or of what stands on them. */
export interface Entries {
  readonly kind: "entries";
  readonly entries: readonly Entry[];
}

/** One of them. */
export interface Entry {
  readonly title: string;
  /** An address of the site, see `links.ts`. */
  readonly href: string;
  readonly request?: { readonly method: string; readonly path: string };
  readonly badges?: readonly Badge[];
  /** Inline Markdown. */
  readonly description?: string;
}

/** How many statements rest on which evidence. */
export interface Shares {
  readonly kind: "shares";
  readonly evidence: Readonly<Record<Evidence, number>>;
}

/** A table; cells are inline Markdown. */
export interface Table {
  readonly kind: "table";
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What is shown when asked for. */
export interface Fold {
  readonly kind: "fold";
  /** Inline Markdown. */
  readonly summary: string;
  readonly blocks: readonly Block[];
}

/** Something that must not be missed. */
export interface Notice {
  readonly kind: "notice";
  readonly tone: "note" | "secret" | "deprecated" | "conflict";
  /** Markdown. */
  readonly markdown: string;
  /** Where the text stands, for errors. */
  readonly origin?: Origin;
}

/** What a badge says. */
export function badgeText(badge: Badge): string {
  if (badge.kind === "secret") return badge.once ? "secret, shown once" : "secret";
  return badge.kind === "evidence" ? badge.evidence : badge.kind;
}
