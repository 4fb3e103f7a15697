import type { Heading, Node, Nodes } from "mdast";
import type { Fault, Finding } from "../check/finding.js";
import { parseMarkdown, plainText, textOf } from "../content/markdown.js";
import { walk } from "../content/walk.js";
import { divideGuide } from "./guide-text.js";

/** What is wrong with a guide apart from its links: its beginning, headings without words, markup that is no Markdown. */
export function guideFaults(path: string, markdown: string): Finding[] {
  const { title, text, line: first } = divideGuide(markdown);
  const tree = parseMarkdown(text);
  const [lead] = tree.children;
  const found: Finding[] = [];
  const report = (node: Node | undefined, message: string, mend: string, start = first) => {
    const { line, column, offset = 0 } = node?.position?.start ?? { line: 1, column: 1 };
    const source = text.slice(offset, node?.position?.end.offset ?? offset);
    const fault: Fault = { rule: "guide", message, mend };
    const origin = { file: `docs/guides/${path}`, line: start };
    found.push({ page: { address: path }, source, line, column, origin, ...fault });
  };
  if (plainText(title) === "") {
    report(undefined, "The guide has no title.", 'Begin it with "# Title".', 1);
  } else if (lead?.type !== "paragraph") {
    const mend = "Put a sentence behind its title: lists of guides show it.";
    report(lead, "The guide does not say what it is about.", mend);
  }
  walk<Nodes>(tree, (node) => {
    if (node.type === "html") {
      report(
        node,
        "This is HTML, which the page would show as text.",
        "Say it in Markdown, or put backticks around it.",
      );
    }
    if (node.type === "heading") headingFault(node, report);
  });
  return found;
}

function headingFault(node: Heading, report: (node: Node, message: string, mend: string) => void): void {
  if (textOf(node).trim() === "") report(node, "The heading has no words.", "Give it some, or delete it.");
  else if (node.depth === 1) report(node, "The guide has a second title.", "Write ## in place of #.");
}
