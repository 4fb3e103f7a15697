import { parseMediaType } from "./media-type.js";

/** One event of a stream as OpenAPI 3.2 (Media Type Object, "Special Considerations for Server-Sent Events") presents it to `itemSchema`. */
export interface StreamEvent {
  event?: string;
  data?: string;
  id?: string;
  retry?: number;
}

/** An item of a sequence: a value, or a text that should have been JSON. */
export type SequenceItem = { readonly value: unknown } | { readonly broken: string };

/**
 * Takes a whole body of a sequential media type apart (OpenAPI 3.2, Media Type Object, "Sequential Media Types").
 *
 * @returns its items, or `undefined` for a media type whose framing is not known.
 */
export function splitSequence(mediaType: string, text: string): SequenceItem[] | undefined {
  const parsed = parseMediaType(mediaType);
  const essence = parsed ? `${parsed.type}/${parsed.subtype}` : "";
  if (essence === "text/event-stream") return parseEvents(text).map((value) => ({ value }));
  if (essence === "application/json-seq") return jsonItems(text.split("\u001e"));
  if (/^application\/(jsonl|x-ndjson|ndjson|jsonlines)$/.test(essence)) return jsonItems(text.split("\n"));
  return undefined;
}

/**
 * Reads the events of a complete stream (HTML, "Parsing an event stream"). An event without data is kept if it has a
 * name or an id, since a description can document it; comments and an event that breaks off at the end are dropped.
 */
export function parseEvents(text: string): StreamEvent[] {
  const events: StreamEvent[] = [];
  let event: StreamEvent = {};
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  for (const line of lines.slice(0, -1)) {
    if (line === "") {
      if (Object.keys(event).length > 0) events.push(event);
      event = {};
      continue;
    }
    const [, name = "", value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (name === "data") event.data = event.data === undefined ? value : `${event.data}\n${value}`;
    else if (name === "event") event.event = value;
    else if (name === "id") event.id = value;
    else if (name === "retry" && /^\d+$/.test(value)) event.retry = Number(value);
  }
  return events;
}

function jsonItems(texts: readonly string[]): SequenceItem[] {
  return texts
    .filter((text) => text.trim() !== "")
    .map((text) => {
      try {
        return { value: JSON.parse(text) };
      } catch {
        return { broken: `An item of ${text.length} characters is not JSON.` };
      }
    });
}
