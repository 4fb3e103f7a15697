import type { Method } from "../../clients/model.js";
import type { OpenApiDocument } from "../../openapi.js";
import type { Block } from "../content/block.js";
import type { DocumentedApi } from "../model.js";
import { type NoteRow, noteRows } from "../notes.js";
import { namesIn } from "./names.js";

/** In how many operations a name may occur and still say which is meant. */
const mostOwners = 3;

/** The rows of the notes that touch each operation, by operationId. */
export function disputesByOperation(api: DocumentedApi, methods: readonly Method[]): Map<string, NoteRow[]> {
  const owners = ownersOf(api.document, methods);
  const disputes = new Map<string, NoteRow[]>();
  for (const row of noteRows(api)) {
    const touched = new Set([...row.codes].flatMap((code) => owners(code)));
    for (const id of touched) disputes.set(id, [...(disputes.get(id) ?? []), row]);
  }
  return disputes;
}

/**
 * Tells which operations a piece of code in the notes means: those whose id, path or method it is, else those that have a
 * field, event, code or schema of the name, unless they are too many for the name to say anything.
 */
function ownersOf(document: OpenApiDocument, methods: readonly Method[]): (code: string) => string[] {
  const direct = new Map<string, string[]>();
  const byName = new Map<string, string[]>();
  const add = (map: Map<string, string[]>, key: string, id: string) => map.set(key, [...(map.get(key) ?? []), id]);
  for (const method of methods) {
    const { operation, path, method: verb } = method.placed;
    const id = operation.operationId;
    for (const key of new Set([id, operation["x-sdk"] ?? id, path, `${verb.toUpperCase()} ${path}`]))
      add(direct, key, id);
    for (const name of namesIn(document, method)) add(byName, name, id);
  }
  const named = (name: string) => {
    const found = byName.get(name) ?? [];
    return found.length <= mostOwners ? found : [];
  };
  return (code) => {
    const own = direct.get(code.replace(/\?.*$/, ""));
    if (own) return own;
    // `Thing.field` means the field of that schema; both have to be there.
    const [first = "", ...rest] = code.split(".");
    return rest.length === 0
      ? named(code)
      : (byName.get(first) ?? []).filter((id) => rest.every((name) => named(name).includes(id)));
  };
}

/** What sources say differently of an operation, and what none says. */
export function disputeBlocks({ name }: DocumentedApi, rows: readonly NoteRow[]): Block[] {
  if (rows.length === 0) return [];
  return [
    { kind: "heading", depth: 2, text: "Disputed or unknown", id: "disputed" },
    ...rows.map((row) => disputeNotice(name, row)),
  ];
}

/** A row of the notes in words. */
export function disputeNotice(api: string, { section, line, cells }: NoteRow): Block {
  const [[, first = ""] = [], ...others] = cells;
  const hasNumber = /^[A-Z]?\d+$/.test(first);
  const [[, subject = ""] = [], ...said] = hasNumber ? others : cells;
  const number = hasNumber ? `${first}: ` : "";
  return {
    kind: "notice",
    tone: /conflict/i.test(section) ? "conflict" : "note",
    markdown: [
      `**${section.replace(/s$/, "")} ${number}${subject}**`,
      ...said.map(([head, text]) => `*${head}:* ${text}`),
    ].join("\n\n"),
    origin: { file: `specs/${api}/NOTES.md`, line },
  };
}
