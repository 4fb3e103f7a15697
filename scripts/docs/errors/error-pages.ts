import { STATUS_CODES } from "node:http";
import type { Method } from "../../clients/model.js";
import type { OpenApiDocument } from "../../openapi.js";
import type { Block } from "../content/block.js";
import type { Page } from "../content/page.js";
import type { DocumentedApi } from "../model.js";
import { noteRows } from "../notes.js";
import { disputeNotice } from "../operations/disputes.js";
import { isSentAgain } from "../operations/retry.js";
import { adviceOn } from "./advice.js";
import { errorIndexPage } from "./error-index.js";
import { type ErrorKind, type ErrorUse, errorTitle, knownUses, listErrorKinds, statusesOf } from "./error-kinds.js";
import { errorSample } from "./error-sample.js";
import { meaningOfKind } from "./meaning.js";

/** Finds a guide of the API: the first of some names that there is. */
type FindGuide = (...names: readonly string[]) => string | undefined;

/** A page for each kind of error that an API documents, behind one that lists them; none if there are none. */
export function errorPages(api: DocumentedApi, methods: readonly Method[], guide: FindGuide): Page[] {
  const kinds = listErrorKinds(api.document, methods);
  if (kinds.length === 0) return [];
  return [errorIndexPage(api, kinds, guide("errors")), ...kinds.map((kind) => errorPage(api, kind, guide))];
}

function errorPage(api: DocumentedApi, kind: ErrorKind, guide: FindGuide): Page {
  const { document, name } = api;
  const statuses = statusesOf(kind);
  const sample = errorSample(api, kind);
  const rows = kind.code === undefined ? [] : noteRows(api).filter(({ codes }) => codes.has(kind.code ?? ""));
  const meaning = meaningOfKind(document, kind);
  return {
    address: `${name}/errors/${kind.id}`,
    kind: "error",
    api: name,
    title: errorTitle(kind),
    description: meaning || `An answer of the ${document.info.title} with status ${statuses.join(" or ")}.`,
    keywords: [kind.id, ...statuses.map(String), ...statuses.flatMap((status) => STATUS_CODES[status] ?? [])],
    trail: [
      { title: document.info.title, address: `${name}/index` },
      { title: "Errors", address: `${name}/errors/index` },
    ],
    blocks: [
      { kind: "prose", markdown: meaning },
      { kind: "heading", depth: 2, text: "What to do" },
      { kind: "prose", markdown: statuses.map((status) => adviceOn(status, guide)).join("\n\n") },
      { kind: "facts", facts: [["Sent again", againText(document, kind)]] },
      ...exampleBlocks(kind),
      ...(sample ? [{ kind: "heading", depth: 2, text: "In the client" } as const, sample] : []),
      ...useBlocks(kind),
      ...(rows.length > 0 ? [{ kind: "heading", depth: 2, text: "Disputed or unknown" } as const] : []),
      ...rows.map((row) => disputeNotice(name, row)),
    ],
  };
}

function againText(document: OpenApiDocument, kind: ErrorKind): string {
  const uses = knownUses(kind);
  const again = uses.filter(({ method, status }) => isSentAgain(document, method, status));
  if (again.length === 0) return "The client does not send the request again by itself.";
  if (again.length === uses.length)
    return "The client waits and sends the request again by itself, before it throws this error.";
  return "The client waits and sends the request again by itself where the operation only reads, before it throws this error; otherwise it throws at once.";
}

function exampleBlocks({ uses }: ErrorKind): Block[] {
  const example = uses.find((use) => use.example)?.example;
  if (!example) return [];
  const isText = typeof example.value === "string";
  const code = isText ? String(example.value) : JSON.stringify(example.value, null, 2);
  return [
    { kind: "heading", depth: 2, text: "An example" },
    { kind: "code", language: isText ? "text" : "json", code },
  ];
}

/** The operations that answer so, by what their descriptions say of it; then those whose list of codes has the code. */
function useBlocks(kind: ErrorKind): Block[] {
  const known = knownUses(kind);
  const others = kind.uses.filter((use) => !known.includes(use));
  const byText = new Map<string, ErrorUse[]>();
  for (const use of known) {
    const text = (use.response.description ?? "").trim();
    byText.set(text, [...(byText.get(text) ?? []), use]);
  }
  return [
    { kind: "heading", depth: 2, text: "Operations that answer so" },
    ...[...byText].flatMap(([text, some]): Block[] => [{ kind: "prose", markdown: text }, entries(some)]),
    ...(others.length === 0
      ? []
      : [
          {
            kind: "fold",
            summary: `${others.length} more answers that may have the code, since they share the list of codes`,
            blocks: [entries(others)],
          } as const,
        ]),
  ];
}

function entries(uses: readonly ErrorUse[]): Block {
  return {
    kind: "entries",
    entries: uses.map(({ method: { placed }, status }) => ({
      title: placed.operation.summary ?? placed.operation.operationId,
      href: `op:${placed.operation.operationId}#status-${status}`,
      request: { method: placed.method.toUpperCase(), path: placed.path },
    })),
  };
}
