import type { StreamEvent } from "../testing/index.js";
import { parseEvents } from "../testing/sequence.js";

/** Two line ends in a row end an event; a CR at the end may be half of a CRLF. */
const EVENT_END = /(?:\r\n|\n|\r(?!\n|$)){2}/g;

/** Takes an event stream apart while it comes. */
export class EventSplitter {
  readonly #decoder = new TextDecoder();
  #open = "";

  /** The events that end in the next piece of the body. */
  push(bytes: Uint8Array): StreamEvent[] {
    this.#open += this.#decoder.decode(bytes, { stream: true });
    let end = 0;
    for (const match of this.#open.matchAll(EVENT_END)) end = match.index + match[0].length;
    const whole = this.#open.slice(0, end);
    this.#open = this.#open.slice(end);
    return parseEvents(whole);
  }

  /** The events that the end of the body ends, and what is left over of one that it cuts off. */
  end(): { events: StreamEvent[]; rest: string } {
    this.#open += this.#decoder.decode();
    // The last CR is a line end after all.
    const text = this.#open;
    const at = Math.max(...["\r\n\r\n", "\n\n", "\r\r"].map((end) => lastEnd(text, end)));
    const rest = text.slice(at).replace(/^:.*$/gm, "").trim();
    return { events: parseEvents(text.slice(0, at)), rest };
  }
}

function lastEnd(text: string, end: string): number {
  const at = text.lastIndexOf(end);
  return at < 0 ? 0 : at + end.length;
}
