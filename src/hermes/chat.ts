import { ChatResource, type StartChatParams } from "../../generated/hermes/client.js";
import type { EventStream, RequestOptions } from "../../runtime/index.js";
import { type ChatEvent, ChatTurn } from "./turn.js";

/** What a turn takes beside the session and the message. */
export type SendParams = Omit<StartChatParams, "session_id" | "message">;

/** Turns: the generated methods, and the whole of a turn in one call. */
export class HermesChat extends ChatResource {
  /**
   * Starts a turn and follows it to its end: `POST /api/chat/start`, then `GET /api/chat/stream`.
   *
   * @param sessionId the session.
   * @param message what the user says.
   * @param params model, workspace, attachments and the like, for this turn.
   * @param options signal, headers, retries and time budgets, for the start and for the stream each. `timeouts.total` should
   *   leave room for a turn of many minutes.
   * @returns the turn, whose events are read with `for await`. It is rejected with a {@link HermesError} if the turn cannot
   *   be started: 409 if the session has one running.
   */
  send(sessionId: string, message: string, params?: SendParams, options?: RequestOptions): ChatTurn {
    return new ChatTurn({
      started: this.start({ ...params, session_id: sessionId, message }, options),
      follow: (streamId) => this.resume(streamId, undefined, options),
      // The call's signal is left out: a turn can be stopped also after nobody waits for it any more.
      stop: (streamId) =>
        this.cancel({ stream_id: streamId }, { headers: options?.headers, timeouts: options?.timeouts }),
    });
  }

  /**
   * Follows a turn that was started elsewhere or earlier, also one that has ended: the server keeps its events.
   *
   * @param streamId from `POST /api/chat/start`, or `active_stream_id` of the session.
   * @param afterEventId the `id` of the last event that was seen; default: all events.
   * @param options signal, headers, retries and time budgets.
   * @throws {HermesError} 404 if the server does not know the stream.
   */
  resume(streamId: string, afterEventId?: string, options?: RequestOptions): EventStream<ChatEvent> {
    const cursor = afterEventId === undefined ? { replay: 1 as const } : { after_event_id: afterEventId };
    return this.stream({ stream_id: streamId, ...cursor }, options);
  }
}
