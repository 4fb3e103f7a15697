import { STATUS_CODES } from "node:http";
import type { Method } from "../../clients/model.js";
import type { OpenApiDocument } from "../../openapi.js";
import type { Block } from "../content/block.js";
import { errorsOf } from "../errors/error-kinds.js";
import { meaningOf } from "../errors/meaning.js";
import { isSentAgain } from "./retry.js";

/** The errors of an operation by code, each with the page that says more. */
export function errorBlocks(document: OpenApiDocument, method: Method): Block[] {
  const errors = errorsOf(document, method);
  if (errors.length === 0) return [];
  const rows = errors.map(({ id, code, status, response }) => [
    `[${status}](#status-${status})`,
    `[${code === undefined ? (STATUS_CODES[status] ?? id) : `\`${code}\``}](error:${id})`,
    meaningOf(document, status, code) || firstSentence(response.description ?? ""),
    isSentAgain(document, method, status) ? "yes" : "no",
  ]);
  return [
    { kind: "heading", depth: 2, text: "Errors" },
    { kind: "table", head: ["Status", "Code", "Meaning", "Sent again by the client"], rows },
  ];
}

function firstSentence(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return /^.*?[.](?=\s|$)/.exec(line)?.[0] ?? line;
}
