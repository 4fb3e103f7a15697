import { STATUS_CODES } from "node:http";
import { type Evidenced, type MediaType, type Operation, type Response, resolve, type Schema } from "../../openapi.js";
import type { Block, Field, Fields } from "../content/block.js";
import { bodyBlocks, exampleBlocks } from "./bodies.js";
import { badgesOf, type Enclosure, partsOf, schemaField } from "./schema-fields.js";
import { streamBlocks } from "./stream-events.js";

/**
 * Documented answers of an operation: status, headers, body, examples; a stream event by event.
 *
 * @param isShown which statuses.
 */
export function responseBlocks(
  enclosure: Enclosure,
  operation: Operation,
  isShown: (status: string) => boolean,
): Block[] {
  const shown = Object.entries(operation.responses ?? {}).filter(([status]) => isShown(status));
  return shown.flatMap(([status, node]): Block[] => {
    const response = resolve<Response>(enclosure.document, node);
    const isError = /^[45]/.test(status);
    const inner = { ...enclosure, evidence: response["x-evidence"] ?? enclosure.evidence };
    const { "text/event-stream": stream, ...content } = response.content ?? {};
    const headers = headerFields(inner, response);
    return [
      {
        kind: "heading",
        depth: 3,
        id: `status-${status.toLowerCase()}`,
        text: [status, STATUS_CODES[status]].filter(Boolean).join(" "),
        badges: badgesOf(enclosure, response, false),
      },
      { kind: "prose", markdown: response.description ?? "" },
      ...(headers.length > 0
        ? [{ kind: "fold", summary: "Headers", blocks: [{ kind: "fields", fields: headers }] } as const]
        : []),
      ...bodyBlocks(inner, content).map((block) => (isError && block.kind === "fields" ? folded(block) : block)),
      ...(stream ? streamBlocks(inner, operation, stream) : []),
      ...(stream ? streamExamples(enclosure, stream) : []),
    ];
  });
}

function headerFields(enclosure: Enclosure, { headers = {} }: Response): Field[] {
  return Object.entries(headers).map(([name, node]) => {
    const header = resolve<Header>(enclosure.document, node as Header);
    const schema = resolve<Schema>(enclosure.document, header.schema ?? {});
    const field = schemaField(enclosure, name, header.schema ?? {}, header.required === true);
    return {
      ...field,
      badges: badgesOf(enclosure, header, header.required === true, [schema, ...partsOf(enclosure.document, schema)]),
      description: header.description?.trim() ?? field.description,
    };
  });
}

interface Header extends Evidenced {
  required?: boolean;
  description?: string;
  schema?: Schema;
}

/** The bodies of errors are all alike, so their fields wait until they are asked for. */
function folded(fields: Fields): Block {
  return { kind: "fold", summary: "Fields", blocks: [fields] };
}

/** Whole streams, to be opened: the page shows their events one by one already. */
function streamExamples({ document }: Enclosure, stream: MediaType): Block[] {
  return exampleBlocks(document, "text/event-stream", stream).map((block) =>
    block.kind === "code"
      ? { kind: "fold", summary: block.title ?? "Example", blocks: [{ ...block, title: "The whole stream" }] }
      : block,
  );
}
