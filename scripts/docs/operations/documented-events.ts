import type { MediaType, OpenApiDocument } from "../../openapi.js";
import { parseEvents } from "../samples/streamed.js";
import { examplesOf } from "./examples.js";

/** An event of an example. */
export interface DocumentedEvent {
  readonly event: string;
  /** Decoded if it is JSON, else text. */
  readonly data: unknown;
  /** As it is on the wire. */
  readonly raw: string;
}

/** All events of the examples of a stream. */
export function documentedEvents(document: OpenApiDocument, media: MediaType): DocumentedEvent[] {
  return examplesOf(document, media).flatMap(({ value }) =>
    String(value)
      .split(/\r?\n\r?\n/)
      .flatMap((raw) =>
        parseEvents(`${raw}\n\n`).map(({ event = "message", data }) => ({
          event,
          data: decode(data),
          raw: raw.trim(),
        })),
      ),
  );
}

function decode(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}
