/** What a fault does; {@link readFault} reads it from a text. */
export interface Fault {
  kind: FaultKind;
  /** Of the kind `status`: the status to answer with, from 400 to 599. */
  status?: number;
  /** Of the kind `status`: seconds for `Retry-After`. */
  retryAfter?: number;
  /** How long to wait before anything else, in milliseconds; 0 if nothing was said. */
  delayMs: number;
  /** Of `stall`, `cut` and `malformed`: how many events of a stream, or bytes of another body, come before it. */
  after?: number;
  /** How often it happens; always if nothing was said. */
  times?: number;
  /** How probable it is at a request, above 0 and up to 1; 1 if nothing was said. */
  probability: number;
  /** The text that it was read from. */
  text: string;
}

/**
 * - `status`: another status, with the documented body if there is one
 * - `delay`: the answer comes late
 * - `stall`: the headers come, and then nothing more
 * - `cut`: the connection is closed in the middle of the body, or of an event
 * - `malformed`: the JSON is broken, of the body or of an event
 * - `reset`: the connection is reset before anything comes
 */
export type FaultKind = "status" | "delay" | "stall" | "cut" | "malformed" | "reset";

/** A fault cannot be understood. */
export class FaultError extends Error {
  override readonly name = "FaultError";

  /**
   * @param message what is wrong, in one sentence.
   * @param given the word that is not known, if it is that.
   * @param known the words that would be.
   */
  constructor(
    message: string,
    readonly given: string = "",
    readonly known: readonly string[] = [],
  ) {
    super(message);
  }
}
