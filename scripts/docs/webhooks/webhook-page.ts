import { causeOf } from "../../../src/mock/webhooks/cause.js";
import { listOperations, type PlacedOperation, type RequestBody, resolve } from "../../openapi.js";
import type { Badge, Block } from "../content/block.js";
import { plainText } from "../content/markdown.js";
import type { Page } from "../content/page.js";
import type { DocumentedApi } from "../model.js";
import { type NoteRow, noteRows } from "../notes.js";
import { disputeNotice } from "../operations/disputes.js";
import { parameterBlocks, requestBlocks } from "../operations/request.js";
import { responseBlocks } from "../operations/responses.js";
import type { Enclosure } from "../operations/schema-fields.js";
import { verifySample } from "./verify-sample.js";

/** A page for each webhook of an API. */
export function webhookPages(api: DocumentedApi, guide: (...names: readonly string[]) => string | undefined): Page[] {
  const webhooks = listOperations(api.document, "webhooks");
  return webhooks.map((placed) => webhookPage(api, placed, webhooks, guide("webhooks")));
}

function webhookPage(
  api: DocumentedApi,
  placed: PlacedOperation,
  all: readonly PlacedOperation[],
  guide: string | undefined,
): Page {
  const { document, name } = api;
  const { operation, path: event } = placed;
  const enclosure: Enclosure = { document, evidence: operation["x-evidence"] };
  const sample = verifySample(api, placed);
  const rows = noteRows(api).filter(({ codes, cells }) => codes.has(event) || isAboutDeliveries(cells));
  const others = all.filter((one) => one !== placed);
  return {
    address: `${name}/webhooks/${event}`,
    kind: "webhook",
    api: name,
    title: event,
    description: operation.summary ?? plainText(operation.description ?? ""),
    badges: evidenceOf(placed),
    keywords: [operation.operationId, "webhook", operation.summary ?? ""],
    trail: [{ title: document.info.title, address: `${name}/index` }],
    blocks: [
      { kind: "prose", markdown: operation.description ?? "" },
      { kind: "facts", facts: facts(api, placed, guide) },
      ...(sample ? [{ kind: "heading", depth: 2, text: "Verify a delivery" } as const, sample] : []),
      ...parameterBlocks(enclosure, placed),
      ...requestBlocks(enclosure, placed),
      { kind: "heading", depth: 2, text: "Your answer" },
      ...responseBlocks(enclosure, operation, () => true),
      ...(rows.length > 0 ? [{ kind: "heading", depth: 2, text: "Disputed or unknown" } as const] : []),
      ...rows.map((row) => disputeNotice(name, row)),
      ...otherBlocks(name, others),
    ],
  };
}

/** Whether what a row is about, in its first words, are deliveries in general. */
function isAboutDeliveries(cells: NoteRow["cells"]): boolean {
  return cells.slice(0, 2).some(([, text]) => /\b(webhooks?|deliver\w*|signatures?)\b/i.test(text));
}

function evidenceOf({ operation }: PlacedOperation): Badge[] {
  const { "x-evidence": evidence, "x-source": source } = operation;
  return evidence ? [{ kind: "evidence", evidence, ...(source ? { source } : {}) }] : [];
}

function facts({ document }: DocumentedApi, placed: PlacedOperation, guide: string | undefined): [string, string][] {
  const { operation, method, path: event } = placed;
  const operations = listOperations(document);
  const cause = causeOf(
    event,
    operations.map((one) => one.operation.operationId),
  );
  const found = operations.find((one) => one.operation.operationId === cause);
  const body = operation.requestBody && resolve<RequestBody>(document, operation.requestBody);
  const { "x-evidence": evidence, "x-source": source } = operation;
  return [
    [
      "Sent as",
      `\`${method.toUpperCase()}\` with \`${Object.keys(body?.content ?? {}).join("`, `")}\`, to the address that you have registered`,
    ],
    ...(found
      ? [
          ["Probably caused by", `[${found.operation.summary ?? cause}](op:${cause}), going by the names`] as [
            string,
            string,
          ],
        ]
      : []),
    ...(evidence ? [["Known", `${evidence}${source ? ` (${source})` : ""}`] as [string, string]] : []),
    ...(guide ? [["Guide", `[Webhooks](guide:${guide})`] as [string, string]] : []),
  ];
}

function otherBlocks(api: string, others: readonly PlacedOperation[]): Block[] {
  if (others.length === 0) return [];
  return [
    { kind: "heading", depth: 2, text: "Other events" },
    {
      kind: "entries",
      entries: others.map(({ operation, path }) => ({
        title: path,
        href: `page:${api}/webhooks/${path}`,
        description: operation.summary ?? "",
      })),
    },
  ];
}
