import type { Heading, Table, TableCell } from "mdast";
import { visit } from "unist-util-visit";
import { parseMarkdown, textOf } from "./content/markdown.js";
import type { DocumentedApi } from "./model.js";

/** A row of the tables in a description's `NOTES.md`: something that sources say differently, or nobody says. */
export interface NoteRow {
  /** The heading that its table is under. */
  readonly section: string;
  /** Where it is in the file, counted from 1. */
  readonly line: number;
  /** Heading and inline Markdown of each cell. */
  readonly cells: readonly (readonly [head: string, markdown: string])[];
  /** Everything in it that is written as code, such as paths and names. */
  readonly codes: ReadonlySet<string>;
}

const read = new WeakMap<DocumentedApi, NoteRow[]>();

/** The rows of all tables in the notes of an API. */
export function noteRows(api: DocumentedApi): NoteRow[] {
  const rows = read.get(api) ?? parseRows(api.notes);
  read.set(api, rows);
  return rows;
}

function parseRows(markdown: string): NoteRow[] {
  const rows: NoteRow[] = [];
  let section = "";
  visit(parseMarkdown(markdown), (node) => {
    if (node.type === "heading") section = textOf(node as Heading);
    if (node.type !== "table") return;
    const [head, ...body] = (node as Table).children;
    const heads = head?.children.map(textOf) ?? [];
    for (const row of body) {
      rows.push({
        section,
        line: row.position?.start.line ?? 1,
        cells: row.children.map((cell, index) => [heads[index] ?? "", cellSource(markdown, cell)] as const),
        codes: new Set(row.children.flatMap(codesIn)),
      });
    }
  });
  return rows;
}

function codesIn(cell: TableCell): string[] {
  const codes: string[] = [];
  visit(cell, "inlineCode", ({ value }) => {
    codes.push(value);
  });
  return codes;
}

function cellSource(markdown: string, cell: TableCell): string {
  const [from, to] = [cell.children[0]?.position?.start.offset, cell.children.at(-1)?.position?.end.offset];
  return from === undefined || to === undefined ? "" : markdown.slice(from, to).replaceAll("\\|", "|");
}
