import { createParser, type EventSourceParser } from "eventsource-parser";
import { LineEnds } from "./line-ends.js";

/** A server-sent event before its data is decoded. @internal */
export interface Message {
  /** The event's name, `message` if it has none. */
  readonly event: string;
  readonly data: string;
  /** The event's own id. Unlike in a browser it does not stay for the events that follow. */
  readonly id: string | undefined;
  /** Whether the blank line came that ends an event. */
  readonly isComplete: boolean;
}

/**
 * Reads server-sent events (HTML Living Standard, 9.2.6) from bytes. Comments, `retry`, unknown fields and events
 * without data yield nothing.
 *
 * @internal
 */
export class MessageReader {
  readonly #decoder = new TextDecoder();
  readonly #lineEnds = new LineEnds();
  readonly #parser: EventSourceParser;
  #messages: Message[] = [];
  #atEnd = false;
  /** How the line begins that has not come to its end: as much as a field's name needs. */
  #openLine = "";

  constructor() {
    this.#parser = createParser({
      onEvent: ({ event = "message", data, id }) => {
        this.#messages.push({ event, data, id, isComplete: !this.#atEnd });
      },
    });
    // The parser looks for a byte order mark in what it is fed first. The decoder has taken it by then, and what looks
    // like one to the parser is text.
    this.#parser.feed("");
  }

  /** The events that end in the next piece of the body. */
  read(bytes: Uint8Array): readonly Message[] {
    return this.#feed(this.#decoder.decode(bytes, { stream: true }));
  }

  /** The event that the end of the body has cut off, if its last line may be whole. */
  end(): readonly Message[] {
    const rest = this.#feed(this.#decoder.decode());
    const isDoubtful = this.#openLine !== "" && !this.#openLine.startsWith("data:");
    this.#atEnd = true;
    return isDoubtful ? rest : [...rest, ...this.#feed("\n\n")];
  }

  #feed(piece: string): readonly Message[] {
    const text = this.#lineEnds.normalize(piece);
    const lineStart = text.lastIndexOf("\n") + 1;
    if (lineStart > 0) this.#openLine = text.slice(lineStart, lineStart + 5);
    else if (this.#openLine.length < 5) this.#openLine = (this.#openLine + text.slice(0, 5)).slice(0, 5);
    this.#parser.feed(text);
    const messages = this.#messages;
    if (messages.length > 0) this.#messages = [];
    return messages;
  }
}
