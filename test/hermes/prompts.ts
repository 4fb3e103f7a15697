import { EventConnection, frameOf } from "./events.js";
import type { Sessions } from "./sessions.js";
import { fieldsOf, Refusal, type Routes, sendJson } from "./wire.js";

/** Something that the agent waits for. */
export interface Prompt {
  readonly id: string;
  readonly fields: object;
}

/** Approvals or questions: both wait in a queue for each session. Sections 6.5, 6.6 and 7.3 of the dossier. */
export class Prompts {
  readonly #kind: "approval" | "clarify";
  readonly #sessions: Sessions;
  readonly #heartbeatMs: number;
  readonly #queues = new Map<string, Prompt[]>();
  readonly #followers = new Map<string, Set<EventConnection>>();

  constructor(kind: "approval" | "clarify", sessions: Sessions, heartbeatMs: number) {
    this.#kind = kind;
    this.#sessions = sessions;
    this.#heartbeatMs = heartbeatMs;
  }

  /** How many connections are open on which a session's prompts are followed. */
  followers(sessionId: string): number {
    return [...(this.#followers.get(sessionId) ?? [])].filter(({ isOpen }) => isOpen).length;
  }

  /** Lets the agent wait for a person. */
  ask(sessionId: string, prompt: Prompt): void {
    this.#queues.set(sessionId, [...this.#queue(sessionId), prompt]);
    this.#announce(sessionId);
  }

  get routes(): Routes {
    const kind = this.#kind;
    return {
      [`GET /api/${kind}/pending`]: (request, response) => {
        const { pending, pending_count } = this.#state(request.query.get("session_id") ?? "");
        sendJson(request, response, 200, kind === "approval" ? { pending, pending_count } : { pending });
      },
      [`GET /api/${kind}/stream`]: (request, response) => {
        const { session_id } = this.#sessions.find(request, request.query.get("session_id"));
        const connection = new EventConnection(response, "keepalive", this.#heartbeatMs);
        this.#followers.set(session_id, (this.#followers.get(session_id) ?? new Set()).add(connection));
        connection.send(frameOf("initial", this.#state(session_id)));
      },
      [`POST /api/${kind}/respond`]: (request, response) => {
        const fields = fieldsOf(request);
        const { session_id: id } = fields;
        if (typeof id !== "string" || id === "") throw new Refusal(400, "session_id is required");
        const answer = kind === "approval" ? (fields.choice ?? "deny") : (fields.response ?? fields.answer);
        if (kind === "approval" && !["once", "session", "always", "deny"].includes(String(answer))) {
          throw new Refusal(400, `Invalid choice: ${answer}`);
        }
        if (!answer) throw new Refusal(400, "response is required");
        const [head, ...rest] = this.#queue(id);
        const given = fields[`${kind}_id`];
        const isStale = given !== undefined && given !== head?.id;
        if (kind === "clarify" && (isStale || !head)) {
          return sendJson(request, response, 409, { ok: false, error: "No such question", stale: true });
        }
        if (isStale) {
          const stale = head ? { ok: false } : { ok: true, stale_cleared: true };
          return sendJson(request, response, 200, { ...stale, choice: answer });
        }
        this.#queues.set(id, rest);
        this.#announce(id);
        sendJson(request, response, 200, { ok: true, [kind === "approval" ? "choice" : "response"]: answer });
      },
    };
  }

  #queue(sessionId: string): Prompt[] {
    return this.#queues.get(sessionId) ?? [];
  }

  #state(sessionId: string) {
    const queue = this.#queue(sessionId);
    const [head] = queue;
    const pending = head ? { [`${this.#kind}_id`]: head.id, ...head.fields } : null;
    return { pending, pending_count: queue.length };
  }

  /** A change is announced whatever it is: a prompt, the next one, or that there is none any more. */
  #announce(sessionId: string): void {
    const frame = frameOf(this.#kind, this.#state(sessionId));
    for (const connection of this.#followers.get(sessionId) ?? []) connection.send(frame);
  }
}
