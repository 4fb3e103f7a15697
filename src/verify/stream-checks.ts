import type { Description, Operation, StreamEvent } from "../testing/index.js";
import { pointerTo } from "../testing/json.js";
import { matchMediaType } from "../testing/media-type.js";
import { describedResponse } from "../testing/operation.js";
import { partSchemas, schemasOf } from "../testing/schema-walk.js";
import type { Answer } from "./exchange.js";
import type { Observation } from "./finding.js";
import { terminalOf } from "./terminal-event.js";

/** Whether a description names the events of a stream, and an event has none of the names. */
export function isUndocumentedEvent(
  { document }: Description,
  operation: Operation,
  { event }: StreamEvent,
  status: number,
): boolean {
  const content = matchMediaType(describedResponse(operation, status)?.content ?? [], "text/event-stream");
  if (!content?.itemSchema) return false;
  const schemas = partSchemas(schemasOf(document, content.itemSchema), "event").flatMap((part) =>
    schemasOf(document, part),
  );
  const names = schemas.flatMap(({ value }) => value.enum ?? (value.const === undefined ? [] : [value.const]));
  return names.length > 0 && !names.includes(event ?? "message");
}

/** A stream that the server ended has to end with an event, and with one that ends it where the description says which. */
export function checkStreamEnd(operation: Operation, { status, end, events = [], rest = "" }: Answer): Observation[] {
  if (status >= 300 || (end !== "end" && end !== "broken")) return [];
  const { operationId, place } = operation;
  const terminal = terminalOf(operation);
  const about = { check: "stream-cut-off", operationId, evidence: place.evidence } as const;
  const last = events.at(-1);
  const received = last ? `${events.length} events, the last ${JSON.stringify(last.event ?? "message")}` : "no event";
  if (terminal && !events.some(terminal)) {
    const message = "The stream ended without an event that ends it.";
    return [{ ...about, pointer: pointerTo(place.pointer, "x-stream", "terminal"), message, received }];
  }
  if (rest !== "") {
    return [{ ...about, pointer: place.pointer, message: "The stream ended in the middle of an event.", received }];
  }
  if (end === "broken") return [{ ...about, pointer: place.pointer, message: "The connection broke.", received }];
  return [];
}
