import type { Method } from "../../clients/model.js";
import type { PlacedOperation } from "../../openapi.js";
import type { Badge, Block } from "../content/block.js";
import { plainText } from "../content/markdown.js";
import type { Page } from "../content/page.js";
import type { DocumentedApi } from "../model.js";
import type { NoteRow } from "../notes.js";
import { operationSamples } from "../samples/operation-samples.js";
import { accessText } from "./access.js";
import { disputeBlocks } from "./disputes.js";
import { errorBlocks } from "./errors.js";
import { rateLimitBlocks } from "./rate-limits.js";
import { relatedBlocks } from "./related.js";
import { parameterBlocks, requestBlocks } from "./request.js";
import { responseBlocks } from "./responses.js";
import { retryRule } from "./retry.js";
import type { Enclosure } from "./schema-fields.js";
import { signatureBlock } from "./signature.js";

/** What surrounds an operation: the rest of its API. */
export interface Surroundings {
  /** Every operation of the API. */
  readonly operations: readonly PlacedOperation[];
  /** The rows of the notes that touch the operation. */
  readonly disputes: readonly NoteRow[];
  /** Finds a guide of the API by its subject: the first of some names that there is. */
  guide(...names: readonly string[]): string | undefined;
}

/**
 * The page of one operation.
 *
 * @param method its method of the client; without one the page has no samples.
 */
export function operationPage(
  api: DocumentedApi,
  placed: PlacedOperation,
  method: Method | undefined,
  surroundings: Surroundings,
): Page {
  const { operation, path } = placed;
  const { document } = api;
  const enclosure: Enclosure = { document, evidence: operation["x-evidence"] };
  const [tag] = operation.tags ?? [];
  const { guide, disputes } = surroundings;
  // What has headings of its own would push the samples off the screen.
  const [lead = "", details = ""] = (operation.description ?? "").split(/^(?=#)(.*)/ms);
  return {
    address: `${api.name}/operations/${operation.operationId}`,
    kind: "operation",
    api: api.name,
    ...(tag ? { group: tag } : {}),
    title: operation.summary ?? operation.operationId,
    description: plainText(operation.description ?? operation.summary ?? "").slice(0, 300),
    eyebrow: { method: placed.method.toUpperCase(), path },
    badges: titleBadges(placed),
    keywords: [operation.operationId, operation["x-sdk"] ?? "", tag ?? ""],
    trail: [{ title: document.info.title, address: `${api.name}/index` }],
    blocks: [
      ...deprecation(placed),
      { kind: "prose", markdown: lead },
      ...(method ? [signatureBlock(document, method), operationSamples(api, method)] : []),
      { kind: "facts", facts: facts(api, placed, method, surroundings) },
      ...(details === "" ? [] : [{ kind: "prose", markdown: details } as const]),
      ...parameterBlocks(enclosure, placed),
      ...requestBlocks(enclosure, placed),
      { kind: "heading", depth: 2, text: "Answers" },
      ...responseBlocks(enclosure, operation, (status) => !isError(status)),
      ...(method ? errorBlocks(document, method) : []),
      ...responseBlocks(enclosure, operation, isError),
      ...(method ? rateLimitBlocks(document, method, guide("rate-limits", "retries")) : []),
      ...disputeBlocks(api, disputes),
      ...relatedBlocks(surroundings.operations, operation),
    ],
  };
}

function isError(status: string): boolean {
  return /^[45]/.test(status);
}

function titleBadges({ operation }: PlacedOperation): Badge[] {
  const evidence = operation["x-evidence"];
  const source = operation["x-source"];
  return [
    ...(isStream(operation) ? [{ kind: "streams" } as const] : []),
    ...(isDeprecated(operation) ? [{ kind: "deprecated" } as const] : []),
    ...(evidence ? [{ kind: "evidence", evidence, ...(source ? { source } : {}) } as const] : []),
  ];
}

function isDeprecated(part: object): boolean {
  return "deprecated" in part && part.deprecated === true;
}

function isStream({ responses = {} }: PlacedOperation["operation"]): boolean {
  return JSON.stringify(responses).includes('"text/event-stream"');
}

function deprecation({ operation }: PlacedOperation): Block[] {
  if (!isDeprecated(operation)) return [];
  return [{ kind: "notice", tone: "deprecated", markdown: "Deprecated: do not use it in new programs." }];
}

function facts(
  api: DocumentedApi,
  { operation }: PlacedOperation,
  method: Method | undefined,
  { guide }: Surroundings,
): [string, string][] {
  const { "x-evidence": evidence, "x-source": source, "x-pagination": pages } = operation;
  const retries = guide("retries", "rate-limits");
  return [
    ["Credentials", accessText(api, operation, guide("authentication"))],
    ...(evidence ? [["Known", `${evidence}${source ? ` (${source})` : ""}`] as [string, string]] : []),
    ...(method
      ? [
          [
            "Sent again",
            `${retryRule(api.document, method)}${retries ? ` See [the guide](guide:${retries}).` : ""}`,
          ] as [string, string],
        ]
      : []),
    ...(pages
      ? [
          [
            "Pages",
            `\`${pages.page}\` is the number of a page and \`${pages.limit}\` its size; the items are at \`${pages.items}\`, and \`${pages.hasNext}\` tells whether there are more. The client's method is a loop over all items, and \`.pages()\` one over pages.`,
          ] as [string, string],
        ]
      : []),
  ];
}
