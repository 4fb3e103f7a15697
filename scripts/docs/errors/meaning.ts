import type { Table, TableRow } from "mdast";
import { visit } from "unist-util-visit";
import type { OpenApiDocument } from "../../openapi.js";
import { parseMarkdown, textOf } from "../content/markdown.js";

/**
 * What the introduction of a description says of an error, in its table of errors: the cell "Meaning" of the rows with
 * the code or, for a status without one, of those with the status and no code.
 */
export function meaningOf({ info }: OpenApiDocument, status: number, code: string | undefined): string {
  const markdown = info.description ?? "";
  const found: string[] = [];
  visit(parseMarkdown(markdown), "table", (table: Table) => {
    const [head, ...rows] = table.children;
    const column = head?.children.findIndex((cell) => /^meaning$/i.test(textOf(cell))) ?? -1;
    if (column < 0) return;
    for (const row of rows) {
      if (isAbout(row, status, code)) found.push(source(markdown, row, column));
    }
  });
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
