import { splitEvents } from "./events.js";
import { isEventStream, type Message } from "./message.js";

/** What of a message's body is sent at a time: an event or a comment of a stream, or else the whole. */
export function piecesOf(message: Message): Buffer[] {
  const payload = Buffer.from(message.payload ?? "");
  if (!isEventStream(message)) return payload.length > 0 ? [payload] : [];
  // Byte by byte: line ends are the same in UTF-8, and bytes that are none on purpose stay as they are.
  return splitEvents(payload.toString("latin1")).map((piece) => Buffer.from(piece, "latin1"));
}
