import type { TableRow } from "mdast";
import type { OpenApiDocument } from "../../openapi.js";
import { parseMarkdown, textOf } from "../content/markdown.js";
import { type ErrorKind, knownUses, statusesOf } from "./error-kinds.js";

/** What a kind of error means, in inline Markdown, by the first of what says it for all of its answers. */
export function meaningOfKind(document: OpenApiDocument, kind: ErrorKind): string {
  const meanings = statusesOf(kind).map((status) => meaningOf(document, status, kind.code));
  const [told] = meanings.filter((text) => text !== "");
  if (told) return told;
  const uses = knownUses(kind);
  const [summary] = uses.flatMap(({ example }) => (kind.code === undefined ? [] : (example?.summary ?? [])));
  if (summary) return `${summary.replace(/\.$/, "")}.`;
  const descriptions = new Set(uses.map(({ response }) => (response.description ?? "").replace(/\s+/g, " ").trim()));
  const [only] = descriptions;
  if (only && descriptions.size === 1) return only;
  const sentence = kind.code === undefined ? undefined : sentenceWith(document, kind.code);
  if (sentence) return sentence;
  return kind.code === undefined
    ? "Each operation says why it answers so."
    : "No source says more of it than its name.";
}

/**
 * What the introduction of a description says of an error, in its table of errors: the cell "Meaning" of the rows with
 * the code or, for a status without one, of those with the status and no code.
 */
export function meaningOf({ info }: OpenApiDocument, status: number, code: string | undefined): string {
  const markdown = info.description ?? "";
  const found: string[] = [];
  // Asked for each error of each operation: going through the whole tree would take longer than all the rest.
  for (const table of parseMarkdown(markdown).children) {
    if (table.type !== "table") continue;
    const [head, ...rows] = table.children;
    const column = head?.children.findIndex((cell) => /^meaning$/i.test(textOf(cell))) ?? -1;
    if (column < 0) continue;
    for (const row of rows) {
      if (isAbout(row, status, code)) found.push(source(markdown, row, column));
    }
  }
  const text = found.join("; ");
  return text === "" ? "" : `${text[0]?.toUpperCase()}${text.slice(1)}.`;
}

function isAbout(row: TableRow, status: number, code: string | undefined): boolean {
  const codes = row.children
    .slice(0, -1)
    .flatMap((cell) => cell.children.flatMap((node) => (node.type === "inlineCode" ? node.value : [])));
  const [first] = row.children;
  const isStatus =
    first !== undefined &&
    textOf(first)
      .split(/[,\s]+/)
      .includes(String(status));
  if (code !== undefined) return codes.includes(code);
  return isStatus && codes.length === 0;
}

/** The Markdown of a cell. */
function source(markdown: string, row: TableRow, column: number): string {
  const cell = row.children[column];
  const [from, to] = [cell?.children[0]?.position?.start.offset, cell?.children.at(-1)?.position?.end.offset];
  return from === undefined || to === undefined ? "" : markdown.slice(from, to).replaceAll("\\|", "|");
}

/** The first sentence of the descriptions that names a code and no other. */
function sentenceWith(document: OpenApiDocument, code: string): string | undefined {
  let found: string | undefined;
  const walk = (node: unknown): void => {
    if (found !== undefined || typeof node !== "object" || node === null) return;
    const { description } = node as { description?: unknown };
    if (typeof description === "string" && description.includes(`\`${code}\``)) {
      const sentences = description.replace(/\s+/g, " ").split(/(?<=[.;:]) /);
      found = sentences
        .find((sentence) => sentence.includes(`\`${code}\``) && sentence.split("`").length === 3)
        ?.replace(/[;:]$/, ".");
    }
    Object.values(node).forEach(walk);
  };
  walk(document.components);
  walk(document.paths);
  return found;
}
