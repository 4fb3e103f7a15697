import { firstServer, listOperations, type OpenApiDocument, type Operation } from "../../openapi.js";
import type { DocumentedApi } from "../model.js";
import { withMarks } from "./evidence-marks.js";
import { streamTable } from "./stream-table.js";

/**
 * The document that Redoc is given: a copy whose descriptions say what Redoc does not show by itself. Those are how each
 * part is known, which values are secrets, what a stream sends, and where an operation has a page of its own.
 */
export function forRedoc({ document, downloads }: DocumentedApi): OpenApiDocument {
  const marked = withMarks(document);
  for (const { operation } of listOperations(marked)) operation.description = describe(document, operation);
  const files = Object.keys(downloads).map((file) => `[${file}](${file})`);
  const { title, description = "" } = document.info;
  // Redoc takes an address that begins with a variable for one relative to its own page.
  const servers = document.servers?.map(({ variables: _, ...server }, index) => ({
    ...server,
    url: firstServer({ ...document, servers: document.servers?.slice(index) ?? [] }),
  }));
  const links = [`[All pages of the ${title}](index.html)`, ...files].join(" · ");
  return {
    ...marked,
    ...(servers ? { servers } : {}),
    info: { ...marked.info, description: `${links}\n\n${description}` },
    ...(document.tags ? { tags: document.tags.map(tellSummary) } : {}),
  };
}

function describe(document: OpenApiDocument, operation: Operation): string {
  const { operationId, description = "" } = operation;
  const link = `[Samples, errors and everything else on a page of its own](operations/${operationId}.html)`;
  return [description, streamTable(document, operation), link].filter((part) => part !== "").join("\n\n");
}

/** Redoc would put a tag's summary, a sentence, into its menu; here the menu shows names and the text the sentence. */
function tellSummary({ summary, ...tag }: NonNullable<OpenApiDocument["tags"]>[number]) {
  if (summary === undefined) return tag;
  const sentence = /[.!?]$/.test(summary) ? summary : `${summary}.`;
  return { ...tag, description: tag.description === undefined ? sentence : `${sentence}\n\n${tag.description}` };
}
