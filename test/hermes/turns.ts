import { randomBytes } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { type Break, type EventConnection, frameOf } from "./events.js";
import { detail, type Session } from "./sessions.js";

/** After which the server closes the stream. */
const terminal = ["stream_end", "cancel", "apperror"];

/** The connection on which a turn is followed, and when it is to break. */
interface Follower {
  readonly connection: EventConnection;
  readonly plan: { readonly after: number; readonly how: Break } | undefined;
  next: number;
  sent: number;
}

/** A turn and the journal of its events. */
export class Turn {
  readonly streamId: string = randomBytes(16).toString("hex");
  readonly session: Session;
  readonly message: string;
  readonly #frames: string[] = [];
  readonly #followers = new Set<Follower>();
  #isFollowed = () => {};
  /** Until somebody follows the turn. */
  readonly followed: Promise<void> = new Promise((resolve) => {
    this.#isFollowed = resolve;
  });
  #delivered = 0;
  isOver = false;

  constructor(session: Session, message: string) {
    this.session = session;
    this.message = message;
  }

  /** The number of the last event. */
  get lastSeq(): number {
    return this.#frames.length;
  }

  /** How many connections are open on which the turn is followed. */
  get followers(): number {
    return [...this.#followers].filter(({ connection }) => connection.isOpen).length;
  }

  /** Writes an event into the journal and to everybody who follows. */
  emit(event: string, data: object): void {
    if (this.isOver) return;
    this.#frames.push(frameOf(event, data, `${this.streamId}:${this.#frames.length + 1}`));
    this.isOver = terminal.includes(event);
    if (this.isOver && this.session.active_stream_id === this.streamId) this.session.active_stream_id = null;
    this.#pump();
  }

  /** @param after the number of the event to go on behind; `undefined`: what nobody has been sent yet. */
  follow(connection: EventConnection, after: number | undefined, plan: Follower["plan"]): void {
    this.#followers.add({ connection, plan, next: after ?? this.#delivered, sent: 0 });
    this.#isFollowed();
    this.#pump();
  }

  /** Breaks all connections on which the turn is followed now. */
  break(how: Break): void {
    for (const { connection } of this.#followers) connection.break(how);
    this.#followers.clear();
  }

  #pump(): void {
    for (const follower of this.#followers) this.#write(follower);
  }

  #write(follower: Follower): void {
    const { connection, plan } = follower;
    for (;;) {
      const frame = this.#frames[follower.next];
      if (follower.sent === plan?.after && (plan.how !== "half" || frame !== undefined)) {
        connection.break(plan.how, frame);
        this.#followers.delete(follower);
        return;
      }
      if (frame === undefined) break;
      connection.send(frame);
      follower.next += 1;
      follower.sent += 1;
      this.#delivered = Math.max(this.#delivered, follower.next);
    }
    if (!this.isOver) return;
    connection.close();
    this.#followers.delete(follower);
  }
}

/** What happens in a turn. It goes on whether or not anybody follows. */
export type Script = (turn: Turn) => void | Promise<void>;

const prefill = { status: "ok", source: "none", label: "", message_count: 0 };
const metering = { tps: 42.5, tps_available: true, estimated: false, high: 50, low: 30, active: 1 };
const usage = { input_tokens: 10, output_tokens: 5, estimated_cost: 0, cache_read_tokens: 0, cache_write_tokens: 0 };

/** The events of a good turn, in the order that was observed. */
export function goodEvents({ session, message }: Turn): [string, object][] {
  const { session_id } = session;
  const tool = { name: "read_file", args: { path: "a.txt" }, tid: "call_1" };
  return [
    ["context_status", { session_id, prefill }],
    ["reasoning", { text: "Let me see." }],
    ["token", { text: "You said: " }],
    ["metering", { ...metering, session_id }],
    ["interim_assistant", { text: "You said: ", already_streamed: true }],
    ["tool", { event_type: "tool.started", preview: "a.txt", ...tool }],
    ["tool_complete", { event_type: "tool.completed", preview: "the text", is_error: false, ...tool }],
    ["token", { text: message }],
    ["done", { session: detail(session), usage }],
    ["metering", { ...metering, session_id, usage }],
    ["title_status", { session_id, status: "llm", title: "A talk" }],
    ["title", { session_id, title: "A talk" }],
    ["stream_end", { session_id }],
  ];
}

/** A turn that succeeds. */
export const goodTurn: Script = async (turn) => {
  await turn.followed;
  turn.session.messages.push({ role: "user", content: turn.message }, { role: "assistant", content: turn.message });
  for (const [event, data] of goodEvents(turn)) {
    turn.emit(event, data);
    await setImmediate();
  }
};

/** A turn that fails, as all do without an agent. */
export const failedTurn: Script = async (turn) => {
  await turn.followed;
  turn.emit("apperror", { message: "No agent", type: "error", session_id: turn.session.session_id });
};

/** A side question: it has no `stream_end`. */
export const sideQuestion: Script = async (turn) => {
  await turn.followed;
  const { session, message } = turn;
  turn.emit("token", { text: message });
  const answer = { ephemeral: true, answer: message, usage: { ...usage, input_tokens: 0, output_tokens: 0 } };
  turn.emit("done", { session: { session_id: session.session_id, messages: [] }, ...answer });
};
