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
import { type ErrorKind, type ErrorUse, listErrorKinds, statusesOf } from "./error-kinds.js";
import { errorSample } from "./error-sample.js";
import { meaningOf } from "./meaning.js";

/** Finds a guide of the API: the first of some names that there is. */
type FindGuide = (...names: readonly string[]) => string | undefined;

/** A page for each kind of error that an API documents, behind one that lists them; none if there are none. */
export function errorPages(api: DocumentedApi, methods: readonly Method[], guide: FindGuide): Page[] {
  const kinds = listErrorKinds(api.document, methods);
  if (kinds.length === 0) return [];
  return [indexPage(api, kinds, guide), ...kinds.map((kind) => errorPage(api, kind, guide))];
}

/** `402 INSUFFICIENT_QUOTA`, or `404 Not Found` where a status says all. */
export function errorTitle(kind: ErrorKind): string {
  const statuses = statusesOf(kind);
  return `${statuses.join(", ")} ${kind.code ?? STATUS_CODES[statuses[0] ?? 0] ?? ""}`.trim();
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

function indexPage(api: DocumentedApi, kinds: readonly ErrorKind[], guide: FindGuide): Page {
  const { document, name } = api;
  const errors = guide("errors");
  return {
    address: `${name}/errors/index`,
    kind: "error",
    api: name,
    title: "All errors",
    description: `Every status and code that the ${document.info.title} documents for unsuccessful answers.`,
    keywords: ["error codes", "statuses"],
    trail: [{ title: document.info.title, address: `${name}/index` }],
    blocks: [
      {
        kind: "prose",
        markdown: `Every status and code that is documented for unsuccessful answers. A status stands here by itself where it may come without a known code.${errors ? ` How to handle them is in [the guide](guide:${errors}).` : ""}`,
      },
      {
        kind: "table",
        head: ["Error", "Meaning", "Operations"],
        rows: kinds.map((kind) => [
          `[${inline(errorTitle(kind))}](error:${kind.id})`,
          meaningOfKind(document, kind),
          String(countOperations(kind)),
        ]),
      },
    ],
  };
}

/** A code may have marks of Markdown in it, as in `not_a_repo`. */
function inline(text: string): string {
  return text.replace(/[_*[\]]/g, "\\$&");
}

function meaningOfKind(document: OpenApiDocument, kind: ErrorKind): string {
  const meanings = statusesOf(kind).map((status) => meaningOf(document, status, kind.code));
  const [told] = meanings.filter((text) => text !== "");
  if (told) return told;
  const descriptions = [
    ...new Set(kind.uses.map(({ response }) => (response.description ?? "").replace(/\s+/g, " ").trim())),
  ];
  return descriptions.length === 1 ? (descriptions[0] ?? "") : "";
}

function countOperations({ uses }: ErrorKind): number {
  return new Set(uses.map(({ method }) => method)).size;
}

function againText(document: OpenApiDocument, { uses }: ErrorKind): string {
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

/** The operations that answer so, by what their descriptions say of it. */
function useBlocks({ uses }: ErrorKind): Block[] {
  const byText = new Map<string, ErrorUse[]>();
  for (const use of uses) {
    const text = (use.response.description ?? "").trim();
    byText.set(text, [...(byText.get(text) ?? []), use]);
  }
  return [
    { kind: "heading", depth: 2, text: "Operations that answer so" },
    ...[...byText].flatMap(([text, some]): Block[] => [
      { kind: "prose", markdown: text },
      {
        kind: "entries",
        entries: some.map(({ method: { placed }, status }) => ({
          title: placed.operation.summary ?? placed.operation.operationId,
          href: `op:${placed.operation.operationId}#status-${status}`,
          request: { method: placed.method.toUpperCase(), path: placed.path },
        })),
      },
    ]),
  ];
}
