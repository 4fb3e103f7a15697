import type { StreamEvent } from "../testing/index.js";
import { EventSplitter } from "../verify/event-splitter.js";
import { headersOf } from "../verify/headers.js";
import type { Relayed } from "./relayed.js";

/** Takes the events of a stream while it passes, in their order, however long each of them takes to judge. */
export class LiveEvents {
  readonly #splitter = new EventSplitter();
  #last: Promise<unknown> = Promise.resolve();
  /** How many have been taken. */
  taken = 0;

  private constructor(private readonly judge: (event: StreamEvent) => Promise<void>) {}

  /** @returns `undefined` if the answer is no stream of events, or one that is compressed as a whole. */
  static of({ answer }: Relayed, judge: (event: StreamEvent) => Promise<void>): LiveEvents | undefined {
    const headers = headersOf(answer?.headers ?? []);
    const isStream = /^text\/event-stream\b/i.test(headers.get("content-type") ?? "");
    const isPlain = /^(identity)?$/i.test(headers.get("content-encoding") ?? "");
    return isStream && isPlain ? new LiveEvents(judge) : undefined;
  }

  /** Takes the next piece. */
  push(piece: Buffer): void {
    for (const event of this.#splitter.push(piece)) {
      this.taken++;
      this.#last = this.#last.then(() => this.judge(event));
    }
  }

  /** Waits until all events that have been taken are judged. */
  async settled(): Promise<void> {
    await this.#last;
  }
}
