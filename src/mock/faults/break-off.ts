import { isEvent } from "../events.js";
import type { Fault } from "./fault.js";

/** What is sent of a body, and what becomes of the connection then. */
export interface Script {
  pieces: readonly Buffer[];
  end: "end" | "hang" | "cut";
}

/**
 * Lets a body stall or be cut.
 *
 * @param pieces the events and comments of a stream, or the whole of another body.
 * @param isStream which of both; of a stream `after` counts events, else bytes.
 */
export function breakOff(pieces: readonly Buffer[], fault: Fault, isStream: boolean): Script {
  if (fault.kind !== "stall" && fault.kind !== "cut") return { pieces, end: "end" };
  const end = fault.kind === "stall" ? "hang" : "cut";
  if (isStream) return { pieces: firstEvents(pieces, fault), end };
  const body = Buffer.concat(pieces);
  // Whole it would be complete, whatever becomes of the connection.
  const length = Math.min(fault.after ?? (end === "cut" ? body.length >> 1 : 0), Math.max(0, body.length - 1));
  return { pieces: length > 0 ? [body.subarray(0, length)] : [], end };
}

/** So many events with the comments between them; where the stream is cut, a half of the next one, too. */
function firstEvents(pieces: readonly Buffer[], { kind, after }: Fault): Buffer[] {
  const events = pieces.flatMap((piece, index) => (isEvent(piece.toString("latin1")) ? [index] : []));
  const count = after ?? (kind === "cut" ? events.length >> 1 : 0);
  if (kind === "stall" && count === 0) return [];
  const next = events[count];
  if (next === undefined) return [...pieces];
  if (kind === "stall") return pieces.slice(0, next);
  const event = pieces[next]!;
  return [...pieces.slice(0, next), event.subarray(0, Math.ceil(event.length / 2))];
}
