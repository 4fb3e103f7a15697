import type { ServerResponse } from "node:http";
import { type Break, EventConnection } from "./events.js";
import type { Sessions } from "./sessions.js";
import { goodTurn, type Script, sideQuestion, Turn } from "./turns.js";
import { fieldsOf, type HermesRequest, Refusal, type Routes, requiredFields, sendJson } from "./wire.js";

/** Turns and their streams. Sections 6.4 and 7.2 of the dossier. */
export class Chat {
  /** What happens in the turns that are started from now on. */
  script: Script = goodTurn;
  /** When the streams break that are opened from now on: each takes one. */
  readonly breaks: { readonly after: number; readonly how: Break }[] = [];
  /** Answers of background tasks that have not been collected. */
  readonly finished: object[] = [];
  readonly turns: Turn[] = [];
  readonly #sessions: Sessions;
  readonly #heartbeatMs: number;

  constructor(sessions: Sessions, heartbeatMs: number) {
    this.#sessions = sessions;
    this.#heartbeatMs = heartbeatMs;
  }

  /** The turn that was started last. */
  get turn(): Turn {
    const turn = this.turns.at(-1);
    if (turn === undefined) throw new Error("No turn was started.");
    return turn;
  }

  readonly routes: Routes = {
    "POST /api/chat/start": (request, response) => {
      const fields = fieldsOf(request);
      const session = this.#sessions.find(request, fields.session_id);
      const message = String(fields.message ?? "").trim();
      if (message === "") throw new Refusal(400, "message is required");
      if (fields.message === "[SILENT]") {
        return sendJson(request, response, 200, { status: "suppressed", reason: "silent_control_message" });
      }
      if (session.active_stream_id !== null) {
        const { active_stream_id } = session;
        throw new Refusal(409, "session already has an active stream", { active_stream_id });
      }
      const turn = this.#start(new Turn(session, message), this.script);
      session.active_stream_id = turn.streamId;
      sendJson(request, response, 200, {
        stream_id: turn.streamId,
        session_id: session.session_id,
        pending_started_at: Date.now() / 1000,
        turn_id: "20261122T102922Z-5e2d9b0964b4",
        title: session.title,
      });
    },
    "GET /api/chat/stream": (request, response) => this.#follow(request, response),
    "GET /api/chat/stream/status": (request, response) => {
      const stream_id = request.query.get("stream_id") ?? "";
      const turn = this.#find(stream_id);
      if (!turn) return sendJson(request, response, 200, { active: false, stream_id, replay_available: false });
      const { isOver, lastSeq, session } = turn;
      const state = { terminal: isOver, terminal_state: isOver ? "completed" : "running" };
      const { session_id } = session;
      sendJson(request, response, 200, {
        active: !isOver,
        stream_id,
        replay_available: lastSeq > 0,
        journal: {
          ...state,
          session_id,
          run_id: stream_id,
          last_seq: lastSeq,
          last_event_id: `${stream_id}:${lastSeq}`,
        },
      });
    },
    "GET /api/chat/cancel": (request, response) => {
      const stream_id = request.query.get("stream_id");
      if (!stream_id) throw new Refusal(400, "stream_id required");
      const turn = this.#find(stream_id);
      turn?.emit("cancel", { type: "cancelled", message: "Cancelled by user", status: "cancelled" });
      sendJson(request, response, 200, { ok: true, cancelled: turn !== undefined, stream_id });
    },
    "POST /api/btw": (request, response) => {
      const { session_id, question } = requiredFields(request, "session_id", "question");
      const parent = this.#sessions.find(request, session_id);
      const hidden = this.#sessions.create("hidden");
      const { streamId } = this.#start(new Turn(hidden, question), sideQuestion);
      sendJson(request, response, 200, {
        stream_id: streamId,
        session_id: hidden.session_id,
        parent_session_id: parent.session_id,
      });
    },
    "GET /api/background/status": (request, response) => {
      if (!request.query.get("session_id")) throw new Refusal(400, "Missing session_id");
      sendJson(request, response, 200, { results: this.finished.splice(0) });
    },
  };

  #start(turn: Turn, script: Script): Turn {
    this.turns.push(turn);
    void script(turn);
    return turn;
  }

  #find(streamId: string | null): Turn | undefined {
    return this.turns.find((turn) => turn.streamId === streamId);
  }

  #follow(request: HermesRequest, response: ServerResponse): void {
    const turn = this.#find(request.query.get("stream_id"));
    if (!turn) throw new Refusal(404, "stream not found");
    const cursor = cursorOf(request);
    const isFromStart = cursor !== undefined || request.query.get("replay") === "1" || turn.isOver;
    const known = Number(cursor?.startsWith(`${turn.streamId}:`) ? cursor.slice(turn.streamId.length + 1) : cursor);
    // A cursor that is foreign, malformed or ahead reads from the start.
    const after = Number.isInteger(known) && known >= 0 && known <= turn.lastSeq ? known : 0;
    const connection = new EventConnection(response, "heartbeat", this.#heartbeatMs);
    turn.follow(connection, isFromStart ? after : undefined, this.breaks.shift());
  }
}

/** A cursor of the query beats that of the header. */
function cursorOf({ query, headers }: HermesRequest): string | undefined {
  const header = headers["last-event-id"];
  return query.get("after_event_id") ?? query.get("after_seq") ?? (Array.isArray(header) ? header[0] : header);
}
