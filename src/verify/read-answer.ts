import type { StreamEvent } from "../testing/index.js";
import { EventSplitter } from "./event-splitter.js";
import type { Answer, BodyEnd } from "./exchange.js";

/** How much of an answer is read. */
export interface ReadLimits {
  /** Events of a stream. */
  readonly events: number;
  /** Says whether an event is the last of its stream. */
  readonly isTerminal: (event: StreamEvent) => boolean;
  /** Told when the headers have come. */
  readonly onHeaders: () => void;
  /** Whether the time has run out; what has come of a stream by then is enough. */
  readonly timedOut: () => boolean;
}

/** As much as is kept of a body, in bytes: 32 MiB. */
const BODY_LIMIT = 32 * 1024 * 1024;

/**
 * Reads an answer: to its end, or for an event stream until the event that ends it or a limit. Leaves no connection open.
 *
 * @throws what ended the reading before an answer was complete; for a stream only if not even its headers came.
 */
export async function readAnswer(response: Response, limits: ReadLimits): Promise<Answer> {
  limits.onHeaders();
  const isStream = /^text\/event-stream\b/i.test(response.headers.get("content-type") ?? "");
  const splitter = new EventSplitter();
  const events: StreamEvent[] = [];
  const chunks: Uint8Array[] = [];
  let length = 0;
  let end: BodyEnd = "end";
  const reader = response.body?.getReader();
  const take = (found: StreamEvent[]): void => {
    events.push(...found);
    if (found.some(limits.isTerminal)) end = "terminal";
    else if (events.length >= limits.events) end = "limit";
  };
  try {
    while (reader && end === "end") {
      const piece = await reader.read();
      if (piece.done) break;
      chunks.push(piece.value);
      length += piece.value.length;
      if (isStream) take(splitter.push(piece.value));
      if (length > BODY_LIMIT) end = "limit";
    }
  } catch (error) {
    if (!isStream) throw error;
    end = limits.timedOut() ? "limit" : "broken";
  } finally {
    reader?.cancel().catch(() => {});
  }
  const { status, statusText, headers } = response;
  const answer = { status, statusText, headers, body: Buffer.concat(chunks), end };
  if (!isStream) return answer;
  // After a limit or the last event the rest of the stream is nobody's fault.
  if (end !== "end" && end !== "broken") return { ...answer, events };
  const last = splitter.end();
  take(last.events);
  return { ...answer, end, events, rest: last.rest };
}
