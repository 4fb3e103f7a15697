/** The file of a guide, divided. */
export interface GuideText {
  /** Inline Markdown; empty if the file does not begin with a title. */
  readonly title: string;
  /** What follows the title. */
  readonly text: string;
  /** The line on which that begins, counted from 1. */
  readonly line: number;
}

/** Divides a guide without reading all of it as Markdown: its text is read once, on its page. */
export function divideGuide(markdown: string): GuideText {
  const [head = "", title = ""] = /^\s*#(?!#)[ \t]*([^\n]*?)[ \t#]*(?:\n|$)/.exec(markdown) ?? [];
  const text = markdown.slice(head.length).trimStart();
  return { title, text, line: markdown.slice(0, markdown.length - text.length).split("\n").length };
}
