import type { ChatResource } from "../../generated/hermes/client.js";
import type { EventStream } from "../../runtime/index.js";

/** An event of a turn. Comparing `event` narrows `data`. */
export type ChatEvent = ReturnType<ChatResource["stream"]> extends EventStream<infer Event> ? Event : never;

/** What the start of a turn is answered with: a stream to follow, or that the message was kept from the agent. */
export type TurnStart = Awaited<ReturnType<ChatResource["start"]>>;

/**
 * A turn: one message to the agent, and everything that comes of it until it ends:
 *
 *     for await (const { event, data } of hermes.chat.send(sessionId, "…")) …
 *
 * The loop ends with the turn, whether it succeeds (`stream_end`), fails (`apperror`) or is cancelled (`cancel`). A
 * connection that is lost meanwhile is opened again where it broke, as often in a row as `retry` allows. Leaving the loop
 * frees the connection and lets the turn go on; {@link ChatTurn.stop} ends it. The server keeps the events, so that every
 * loop gets all of them from the first on.
 *
 * A turn that cannot be started rejects the loop and {@link ChatTurn.started}; if nobody asks, it fails silently.
 */
export class ChatTurn implements AsyncIterable<ChatEvent> {
  /**
   * What the server answered to the start: above all the `stream_id`, with which another client, or this one after a
   * restart, can follow the turn ({@link HermesChat.resume}).
   */
  readonly started: Promise<TurnStart>;
  readonly #follow: (streamId: string) => EventStream<ChatEvent>;
  readonly #stop: (streamId: string) => PromiseLike<{ readonly cancelled: boolean }>;

  /** @internal */
  constructor(facts: {
    readonly started: PromiseLike<TurnStart>;
    follow(streamId: string): EventStream<ChatEvent>;
    stop(streamId: string): PromiseLike<{ readonly cancelled: boolean }>;
  }) {
    this.started = Promise.resolve(facts.started);
    this.started.catch(() => {});
    this.#follow = facts.follow;
    this.#stop = facts.stop;
  }

  /**
   * Asks the server to end the turn. Its events then end with `cancel`.
   *
   * @returns whether there was something to end.
   */
  async stop(): Promise<boolean> {
    const streamId = await this.#streamId();
    return streamId !== undefined && (await this.#stop(streamId)).cancelled;
  }

  /** The events from the first on. There are none if the server kept the message from the agent. */
  [Symbol.asyncIterator](): AsyncIterableIterator<ChatEvent> {
    let stream: EventStream<ChatEvent> | undefined;
    let isLeft = false;
    const open = async () => {
      const streamId = await this.#streamId();
      if (streamId !== undefined && !isLeft) stream = this.#follow(streamId);
      return stream;
    };
    const events = (async function* () {
      const opened = await open();
      if (opened) yield* opened;
    })();
    return {
      next: () => events.next(),
      // By itself a generator would first wait for the event that it has been asked for.
      return: () => {
        isLeft = true;
        stream?.cancel();
        return events.return(undefined);
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  async #streamId(): Promise<string | undefined> {
    const started = await this.started;
    return "stream_id" in started ? started.stream_id : undefined;
  }
}
