import { STATUS_CODES } from "node:http";
import type { Method } from "../../clients/model.js";
import type { OpenApiDocument } from "../../openapi.js";
import type { Block } from "../content/block.js";
import { errorsOf, type OperationError } from "../errors/error-kinds.js";
import { meaningOf } from "../errors/meaning.js";
import { isSentAgain } from "./retry.js";

/** The errors of an operation by code, each with the page that says more. */
export function errorBlocks(document: OpenApiDocument, method: Method): Block[] {
  const errors = errorsOf(document, method);
  if (errors.length === 0) return [];
  const rows = rowsOf(errors).map((same) => {
    const [{ status, code, response, example }] = same;
    return [
      `[${status}](#status-${status})`,
      same.length > 3 ? `[${same.length} further codes](error:index)` : same.map(link).join(", "),
      same.length > 3
        ? "The description allows them here without saying when."
        : meaningOf(document, status, code) || example?.summary || firstSentence(response.description ?? ""),
      isSentAgain(document, method, status) ? "yes" : "no",
    ];
  });
  return [
    { kind: "heading", depth: 2, text: "Errors" },
    { kind: "table", head: ["Status", "Code", "Meaning", "Sent again by the client"], rows },
  ];
}

/** A code that is tied to the answer has a row of its own; those that are only possible share one. */
function rowsOf(errors: readonly OperationError[]): [OperationError, ...OperationError[]][] {
  const rows: [OperationError, ...OperationError[]][] = [];
  // What is known comes first; statuses stay together.
  const ordered = [...errors].sort((a, b) => a.status - b.status || Number(b.isNamed) - Number(a.isNamed));
  for (const error of ordered) {
    const shared = rows.find(([one]) => !one.isNamed && !error.isNamed && one.status === error.status);
    if (shared) shared.push(error);
    else rows.push([error]);
  }
  return rows;
}

function link({ id, code, status }: OperationError): string {
  return `[${code === undefined ? (STATUS_CODES[status] ?? id) : `\`${code}\``}](error:${id})`;
}

function firstSentence(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return /^.*?[.](?=\s|$)/.exec(line)?.[0] ?? line;
}
