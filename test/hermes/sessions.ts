import { randomBytes } from "node:crypto";
import { type HermesRequest, Refusal, type Routes, requiredFields, sendJson } from "./wire.js";

/** A session as the server keeps it. */
export interface Session {
  readonly session_id: string;
  title: string;
  readonly profile: string;
  active_stream_id: string | null;
  readonly messages: object[];
  readonly created_at: number;
  updated_at: number;
}

/** Sessions. Section 6.2 of the dossier. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();
  readonly #profileOf: (request: HermesRequest) => string;

  constructor(profileOf: (request: HermesRequest) => string) {
    this.#profileOf = profileOf;
  }

  /** @throws a 400 or a 404. */
  find(request: HermesRequest, id: unknown): Session {
    if (typeof id !== "string" || id === "") throw new Refusal(400, "session_id is required");
    const session = this.#sessions.get(id);
    if (session === undefined) throw new Refusal(404, "Session not found");
    if (session.profile === this.#profileOf(request)) return session;
    if (request.path !== "/api/session") throw new Refusal(404, "Session not found");
    throw new Refusal(409, "Session belongs to a different profile", {
      code: "session_profile_mismatch",
      session_id: id,
      profile: session.profile,
    });
  }

  create(profile: string): Session {
    const at = Date.now() / 1000;
    const session: Session = {
      session_id: randomBytes(6).toString("hex"),
      title: "Untitled",
      profile,
      active_stream_id: null,
      messages: [],
      created_at: at,
      updated_at: at,
    };
    this.#sessions.set(session.session_id, session);
    return session;
  }

  readonly routes: Routes = {
    "GET /api/sessions": (request, response) => {
      const profile = this.#profileOf(request);
      // One without a message is not listed yet.
      const kept = [...this.#sessions.values()].filter((one) => one.profile === profile && one.messages.length > 0);
      sendJson(request, response, 200, {
        sessions: kept.map((session) => ({ ...summary(session), cron_running: false, attention: null })),
        sidebar_reference_sessions: [],
        cli_count: 0,
        archived_count: 0,
        all_profiles: false,
        active_profile: profile,
        server_time: Date.now() / 1000,
        server_tz: "+0000",
      });
    },
    "GET /api/session": (request, response) => {
      const session = this.find(request, request.query.get("session_id"));
      const messages = request.query.get("messages") === "0" ? [] : session.messages;
      sendJson(request, response, 200, { session: { ...detail(session), messages } });
    },
    "GET /api/session/status": (request, response) => {
      const session = this.find(request, request.query.get("session_id"));
      sendJson(request, response, 200, {
        ...summary(session),
        agent_running: session.active_stream_id !== null,
        total_tokens: 0,
      });
    },
    "POST /api/session/new": (request, response) => {
      const session = this.create(this.#profileOf(request));
      sendJson(request, response, 200, { session: { ...summary(session), messages: [] } });
    },
    "POST /api/session/rename": (request, response) => {
      const { session_id, title } = requiredFields(request, "session_id", "title");
      const session = this.find(request, session_id);
      session.title = title.trim().slice(0, 80) || "Untitled";
      sendJson(request, response, 200, { session: summary(session) });
    },
    "POST /api/session/delete": (request, response) => {
      const { session_id } = requiredFields(request, "session_id");
      this.#sessions.delete(session_id);
      sendJson(request, response, 200, { ok: true, state_db_cleanup_failed: false });
    },
    "GET /api/session/export": (request, response) => {
      const session = this.find(request, request.query.get("session_id"));
      const isHtml = request.query.get("format") === "html";
      const name = `hermes-${session.session_id}.${isHtml ? "html" : "json"}`;
      response.setHeader("Content-Disposition", `attachment; filename="${name}"`);
      if (!isHtml) return sendJson(request, response, 200, { ...detail(session), context_messages: [] });
      response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
      response.end(`<!doctype html><title>${session.title}</title>`);
    },
  };
}

const empty = {
  workspace: "/workspace",
  model: "",
  created_workspace: "/workspace",
  ...nulls("model_provider", "project_id", "personality", "pending_user_message", "source_tag", "raw_source"),
  ...nulls("session_source", "source_label", "share_token", "share_created_at", "estimated_cost", "cache_hit_percent"),
  ...nulls("context_length", "threshold_tokens", "last_prompt_tokens", "post_compression_context_tokens_estimate"),
  ...nulls("compression_anchor_visible_idx", "compression_anchor_message_key", "compression_anchor_summary"),
  ...nulls("compression_anchor_engine", "compression_anchor_mode", "context_engine", "recommended_recovery_action"),
  ...nulls("gateway_routing", "enabled_toolsets"),
  input_tokens: 0,
  output_tokens: 0,
  cache_read_tokens: 0,
  cache_write_tokens: 0,
  pinned: false,
  archived: false,
  pre_compression_snapshot: false,
  manual_title: false,
  has_pending_user_message: false,
  is_cli_session: false,
  read_only: false,
  compression_anchor_details: {},
  context_engine_state: {},
  compression_recovery: {},
  process_wakeup_pause: {},
  composer_draft: {},
  gateway_routing_history: [],
};

function nulls(...names: string[]): Record<string, null> {
  return Object.fromEntries(names.map((name) => [name, null]));
}

function summary({ messages, ...session }: Session): object {
  return {
    ...empty,
    ...session,
    message_count: messages.length,
    user_message_count: messages.length,
    last_message_at: session.updated_at,
    is_streaming: session.active_stream_id !== null,
  };
}

/** A session with its transcript. */
export function detail(session: Session): object {
  return {
    ...summary(session),
    context_length: 0,
    threshold_tokens: 0,
    last_prompt_tokens: 0,
    messages: session.messages,
    tool_calls: [],
    pending_attachments: [],
    pending_started_at: null,
    pending_user_source: null,
    _messages_truncated: false,
    _messages_offset: 0,
    _msg_limit_max: 500,
  };
}
