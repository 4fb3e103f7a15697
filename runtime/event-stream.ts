import type { BodyReader } from "./bodies.js";
import type { RateLimit } from "./rate-limit.js";
import type { Resumption } from "./resumption.js";
import { type Message, MessageReader } from "./sse.js";

/** The answer that events come in. */
export interface StreamResponse {
  /** The answer: status, headers, URL. Its body belongs to the stream. */
  readonly response: Response;
  /** The id by which the API knows the request. */
  readonly requestId: string | undefined;
  /** The state of the rate limit after this request. */
  readonly rateLimit: RateLimit | undefined;
}

/** A stream whose headers have come. @internal */
export interface OpenStream<Event> extends StreamResponse {
  readonly reader: BodyReader;
  /**
   * The event that a message stands for; `undefined` for one to pass over.
   *
   * @throws ApiStreamError if it is broken, or what has ended the call meanwhile.
   */
  decode(message: Message): DecodedEvent<Event> | undefined;
  /** What the iteration is rejected with if the body cannot be read. */
  failure(cause: unknown): unknown;
  /** What it is rejected with if the body ends; `undefined` if it may end after any event. */
  endedEarly(): unknown;
}

/** An event, and what it means to the stream. @internal */
export interface DecodedEvent<Event> {
  readonly value: Event;
  readonly id: string | undefined;
  /** Whether it is the last. */
  readonly isTerminal: boolean;
}

/**
 * The events of an answer, one after another as they come:
 *
 *     for await (const event of stream) …
 *
 * The request is sent at once. Events can be read once only. Leaving the loop frees the connection, and so do its errors,
 * the call's signal and {@link EventStream.cancel}; a stream that nobody reads or cancels keeps it.
 *
 * The loop is rejected with what a call would be rejected with if there is no stream, and with an
 * {@link ApiStreamError} if it breaks. If nobody asks, a stream that fails does so silently: unlike a promise it does
 * not end the process, since its events may be wanted only later.
 *
 * Where the API keeps the events, a stream that breaks off is opened again behind the last event, as often in a row as
 * `retry` allows; nothing of that shows in the loop. Where the API names the events that a stream ends with, the loop ends
 * with them, and a stream that ends without one has broken off.
 *
 * Some servers leave out the blank line after the last event. It is delivered all the same if its data shows that it is
 * whole, being JSON other than a number; else it is discarded, as the standard says of every event that is cut off.
 */
export class EventStream<Event> implements AsyncIterable<Event> {
  readonly #opened: Promise<OpenStream<Event>>;
  readonly #ended: AbortController;
  readonly #resumption: Resumption<Event> | undefined;
  #current: OpenStream<Event> | undefined;
  #isRead = false;

  /** @param ended ends the request. @param resumption absent: a broken stream stays broken. @internal */
  constructor(opened: Promise<OpenStream<Event>>, ended: AbortController, resumption?: Resumption<Event>) {
    this.#opened = opened;
    this.#ended = ended;
    this.#resumption = resumption;
    opened.catch(() => {});
  }

  /**
   * The answer's status, headers, request id and rate limit, as soon as the headers have come. Nothing is sent for it,
   * and the events can still be read.
   */
  async withResponse(): Promise<StreamResponse> {
    const { response, requestId, rateLimit } = await this.#opened;
    return { response, requestId, rateLimit };
  }

  /** Ends the stream and frees the connection. A loop that reads the events ends without an error. */
  cancel(): void {
    this.#ended.abort();
    this.#opened.then(({ reader }) => reader.cancel()).catch(() => {});
    this.#current?.reader.cancel().catch(() => {});
  }

  /**
   * The events.
   *
   * @throws a `TypeError` the second time.
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<Event> {
    if (this.#isRead) {
      throw new TypeError("The events of a stream can be read once only. Call the operation again for a new stream.");
    }
    this.#isRead = true;
    const events = this.#read();
    return {
      next: () => events.next(),
      // By itself a generator would first wait for the event that it has been asked for.
      return: () => {
        this.cancel();
        return events.return(undefined);
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  async *#read(): AsyncGenerator<Event, undefined, undefined> {
    const { signal } = this.#ended;
    try {
      let stream = await this.#opened;
      let messages = new MessageReader();
      for (;;) {
        this.#current = stream;
        let bytes: Uint8Array | undefined;
        let cut: { readonly reason: unknown } | undefined;
        try {
          bytes = (await stream.reader.read()).value;
        } catch (cause) {
          cut = { reason: stream.failure(cause) };
        }
        for (const message of bytes ? messages.read(bytes) : cut ? [] : messages.end()) {
          const event = stream.decode(message);
          if (!event || this.#resumption?.note(event.id) === false) continue;
          // Not from a generator of its own for each answer, which would double what an event takes.
          yield event.value;
          if (event.isTerminal) return undefined;
        }
        if (bytes) continue;
        const early = cut ? cut.reason : stream.endedEarly();
        if ((!cut && early === undefined) || signal.aborted) return undefined;
        if (this.#resumption === undefined) throw early;
        stream = await this.#resumption.after(early);
        messages = new MessageReader();
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      this.cancel();
    }
    return undefined;
  }
}
