import { isEvent } from "../events.js";
import { isEventStream, type Message } from "../message.js";
import { piecesOf } from "../pieces.js";
import { isJson } from "../requests.js";
import type { Fault } from "./fault.js";

/**
 * Breaks a body so that it cannot be read: JSON is no JSON any more, and any other text is no UTF-8. Of a stream it is one
 * event, the one behind `after` events, by default in the middle; those around it stay as they are.
 */
export function malform(message: Message, { after }: Fault): Message {
  const pieces = piecesOf(message);
  if (!isEventStream(message)) {
    const json = isJson(String(message.headers["content-type"] ?? ""));
    return pieces.length === 0 ? message : { ...message, payload: broken(Buffer.concat(pieces), json, after) };
  }
  const events = pieces.filter((piece) => isEvent(piece.toString("latin1")));
  const chosen = events[after ?? events.length >> 1];
  return { ...message, payload: Buffer.concat(pieces.map((piece) => (piece === chosen ? brokenEvent(piece) : piece))) };
}

/** `,]` cannot stand anywhere in JSON, and within a string nothing ends it any more. */
function broken(body: Buffer, json: boolean, after = body.length >> 1): Buffer {
  return Buffer.concat([body.subarray(0, after), json ? Buffer.from(",]}") : Buffer.from([0xff])]);
}

function brokenEvent(event: Buffer): Buffer {
  const text = event.toString("latin1");
  const { 0: field = "", index = 0 } = /^data: ?/m.exec(text) ?? {};
  const start = index + field.length;
  const length = text.slice(start).search(/[\r\n]|$/);
  const data = event.subarray(start, start + length);
  return Buffer.concat([event.subarray(0, start), broken(data, isJsonText(data)), event.subarray(start + length)]);
}

function isJsonText(text: Buffer): boolean {
  try {
    JSON.parse(text.toString("utf8"));
    return true;
  } catch {
    return false;
  }
}
