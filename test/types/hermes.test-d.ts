import { describe, expectTypeOf, test } from "vitest";
import {
  type ApiPromise,
  type ChatEvent,
  type ChatTurn,
  type ChatUsage,
  type CronJob,
  type Download,
  type EventStream,
  type GitStatus,
  Hermes,
  HermesError,
  type HermesErrorCode,
  type Message,
  type PendingApproval,
  type SessionExport,
  type SessionRow,
  type TurnStart,
  type UploadedFile,
} from "../../src/hermes.js";

const hermes = new Hermes();

describe("a turn", () => {
  test("yields events that narrow by their name", async () => {
    const turn = hermes.chat.send("a1b2c3d4e5f6", "Hello", { model: "claude-sonnet-4" });
    expectTypeOf(turn).toEqualTypeOf<ChatTurn>();
    expectTypeOf(turn.started).toEqualTypeOf<Promise<TurnStart>>();
    expectTypeOf(turn.stop()).toEqualTypeOf<Promise<boolean>>();
    for await (const { event, data, id } of turn) {
      expectTypeOf(id).toEqualTypeOf<string | undefined>();
      if (event === "token" || event === "reasoning") expectTypeOf(data.text).toEqualTypeOf<string>();
      if (event === "interim_assistant") expectTypeOf(data.already_streamed).toEqualTypeOf<boolean>();
      if (event === "tool") {
        expectTypeOf(data.event_type).toEqualTypeOf<"tool.started">();
        expectTypeOf(data.preview).toEqualTypeOf<string | null>();
        expectTypeOf(data.args).toEqualTypeOf<{ [key: string]: string }>();
        expectTypeOf(data.tid).toEqualTypeOf<string | undefined>();
        // @ts-expect-error only a tool that has ended can have failed
        data.is_error;
      }
      if (event === "tool_complete") {
        expectTypeOf(data.is_error).toEqualTypeOf<boolean>();
        expectTypeOf(data.duration).toEqualTypeOf<number | undefined>();
      }
      if (event === "apperror") {
        expectTypeOf(data.message).toEqualTypeOf<string>();
        // The name that the documentation has, and the server has not.
        expectTypeOf(data.error).toEqualTypeOf<string | undefined>();
      }
      if (event === "approval") expectTypeOf(data).toExtend<PendingApproval>();
      if (event === "clarify") expectTypeOf(data.choices_offered).toEqualTypeOf<string[]>();
      if (event === "stream_end") expectTypeOf(data.session_id).toEqualTypeOf<string>();
      // @ts-expect-error there is no such event
      if (event === "tokens") break;
    }
  });

  test("ends with the session and its usage, or with the answer to a side question", () => {
    const read = (event: ChatEvent) => {
      if (event.event !== "done") return undefined;
      expectTypeOf(event.data.session.session_id).toEqualTypeOf<string>();
      if ("ephemeral" in event.data) {
        expectTypeOf(event.data.ephemeral).toEqualTypeOf<true>();
        return event.data.answer;
      }
      expectTypeOf(event.data.usage).toEqualTypeOf<ChatUsage>();
      return event.data.session.messages.at(-1)?.role;
    };
    expectTypeOf(read).returns.toEqualTypeOf<string | undefined>();
  });

  test("has 24 kinds of event", () => {
    expectTypeOf<ChatEvent["event"]>().toEqualTypeOf<
      | ("token" | "reasoning" | "interim_assistant" | "tool" | "tool_complete" | "title" | "done" | "stream_end")
      | ("cancel" | "error" | "apperror" | "pending_steer_leftover" | "metering" | "compressing" | "compressed")
      | ("warning" | "context_status" | "todo_state" | "goal" | "goal_continue" | "approval" | "clarify")
      | ("title_status" | "state_saved")
    >();
  });

  test("can be followed from an event on, and by hand", async () => {
    expectTypeOf(hermes.chat.resume("5e2d", "5e2d:4")).toEqualTypeOf<EventStream<ChatEvent>>();
    const started = await hermes.chat.start({ session_id: "a", message: "Hello" });
    expectTypeOf(started).toEqualTypeOf<TurnStart>();
    if ("stream_id" in started) {
      expectTypeOf(started.effective_model).toEqualTypeOf<string | undefined>();
      expectTypeOf(hermes.chat.stream({ stream_id: started.stream_id })).toEqualTypeOf<EventStream<ChatEvent>>();
    } else {
      expectTypeOf(started.status).toEqualTypeOf<"suppressed">();
    }
  });

  test("takes its session and its message first, and nothing that is not known", () => {
    // @ts-expect-error the message is required
    hermes.chat.send("a1b2c3d4e5f6");
    // @ts-expect-error the session is told already
    hermes.chat.send("a1b2c3d4e5f6", "Hello", { session_id: "b2c3d4e5f6a7" });
    // @ts-expect-error the flag is called explicit_model_pick
    hermes.chat.send("a1b2c3d4e5f6", "Hello", { explicitModelPick: true });
    // @ts-expect-error a stream is told by its id
    hermes.chat.stream({});
    hermes.chat.send("a", "Look", { attachments: ["notes.txt", { filename: "a.png", path: "/a.png" }] });
  });

  test("prompts have streams of their own, in the server's form or in that of the documentation", async () => {
    for await (const { event, data } of hermes.approvals.stream({ session_id: "a" })) {
      if (event === "initial") expectTypeOf(data.pending).toEqualTypeOf<PendingApproval | null>();
      if (event !== "approval") continue;
      if ("pending" in data) expectTypeOf(data.pending_count).toEqualTypeOf<number>();
      else expectTypeOf(data.command).toEqualTypeOf<string>();
    }
  });
});

describe("Hermes's methods", () => {
  test("resolve to the answer as it is, with its metadata beside the list", async () => {
    const { session } = await hermes.sessions.get({ session_id: "a1b2c3d4e5f6", msg_limit: 50 });
    expectTypeOf(session.messages).toEqualTypeOf<Message[]>();
    expectTypeOf(session.messages[0]?.id).toEqualTypeOf<number | undefined>();
    expectTypeOf(session.updated_at).toEqualTypeOf<number>();
    const { sessions, archived_count } = await hermes.sessions.list({ include_archived: true });
    expectTypeOf(sessions).toEqualTypeOf<SessionRow[]>();
    expectTypeOf(archived_count).toEqualTypeOf<number>();
    const { jobs } = await hermes.crons.list();
    expectTypeOf(jobs[0]).toEqualTypeOf<CronJob | undefined>();
    const { commit, status } = await hermes.git.commit({ session_id: "a", message: "Fix" });
    expectTypeOf(commit).toEqualTypeOf<string>();
    expectTypeOf(status).toEqualTypeOf<GitStatus>();
    const { response } = await hermes.settings.get().withResponse();
    expectTypeOf(response).toEqualTypeOf<Response>();
  });

  test("tell failures from success where both are 200", async () => {
    const undone = await hermes.sessions.undo({ session_id: "a" });
    if ("error" in undone) expectTypeOf(undone.error).toEqualTypeOf<string>();
    else expectTypeOf(undone.removed_count).toEqualTypeOf<number>();
    const skill = await hermes.skills.getContent({ name: "repo-digest" });
    if ("success" in skill && !skill.success) expectTypeOf(skill.available_skills).toEqualTypeOf<string[]>();
  });

  test("send files in all forms that bytes have", () => {
    const send = (file: Parameters<typeof hermes.files.upload>[0]["file"]) =>
      hermes.files.upload({ session_id: "a1b2c3d4e5f6", file });
    expectTypeOf(send).returns.toEqualTypeOf<ApiPromise<UploadedFile>>();
    send(new Blob(["x"]));
    send(new File(["x"], "notes.txt"));
    send(new Uint8Array(3));
    send(new ArrayBuffer(3));
    send(new ReadableStream<Uint8Array>());
    send(
      (async function* () {
        yield "x";
      })(),
    );
    send({ content: new Uint8Array(3), filename: "notes.txt", contentType: "text/plain" });
    hermes.voice.transcribe({ file: { content: new Blob([]), filename: "memo.webm" } });
    // @ts-expect-error a string could be a path or the content
    send("notes.txt");
    // @ts-expect-error content is required
    send({ filename: "notes.txt" });
    // @ts-expect-error the session is required
    hermes.files.upload({ file: new Blob([]) });
  });

  test("resolve to a download where the answer is a file", () => {
    expectTypeOf(hermes.files.readRaw({ session_id: "a", path: "x.pdf", range: "bytes=0-99" })).toEqualTypeOf<
      ApiPromise<Download>
    >();
    expectTypeOf(hermes.files.getMedia({ path: "/x.png", ifNoneMatch: 'W/"1"' })).toEqualTypeOf<ApiPromise<Download>>();
    expectTypeOf(hermes.files.downloadFolder).returns.toEqualTypeOf<ApiPromise<Download>>();
    expectTypeOf(hermes.voice.synthesize({ text: "Hello" })).toEqualTypeOf<ApiPromise<Download>>();
    expectTypeOf<Download["body"]>().toEqualTypeOf<ReadableStream<Uint8Array>>();
    expectTypeOf(hermes.sessions.export({ session_id: "a", format: "html" })).toEqualTypeOf<
      ApiPromise<SessionExport | string>
    >();
  });

  test("take the names that the conventions page has, though the server has others", () => {
    hermes.sessions.get({ session_id: "a", messageLimit: 50, messageBefore: 150, includeMessages: false });
    hermes.sessions.search({ query: "contact form" });
    hermes.auth.status().then(({ authenticated, password_required, logged_in }) => {
      expectTypeOf(authenticated).toEqualTypeOf<boolean | undefined>();
      expectTypeOf(password_required).toEqualTypeOf<boolean | undefined>();
      expectTypeOf(logged_in).toEqualTypeOf<boolean>();
    });
  });

  test("refuse wrong calls", () => {
    // @ts-expect-error the id is required
    hermes.sessions.get({});
    // @ts-expect-error the name on the wire is session_id
    hermes.sessions.get({ sessionId: "a" });
    // @ts-expect-error messages is 1 or 0
    hermes.sessions.get({ session_id: "a", messages: false });
    // @ts-expect-error a title is a string
    hermes.sessions.rename({ session_id: "a", title: 1 });
    // @ts-expect-error there is no such choice
    hermes.approvals.respond({ session_id: "a", choice: "yes" });
    // @ts-expect-error the paths are a list
    hermes.git.stage({ session_id: "a", paths: "README.md" });
    // @ts-expect-error there is no such section
    hermes.memory.write({ section: "project", content: "x" });
    // @ts-expect-error a rate has a unit and is a string
    hermes.voice.synthesize({ text: "Hello", rate: 1.1 });
    // @ts-expect-error there is no such theme
    hermes.settings.update({ theme: "blue" });
    // @ts-expect-error there is no such method
    hermes.sessions.duplicate({ session_id: "a" });
  });
});

describe("Hermes's errors", () => {
  test("narrow by status and code", () => {
    const read = (error: HermesError) => {
      if (error.status === 409 && error.code === "session_profile_mismatch") {
        expectTypeOf(error.body.profile).toEqualTypeOf<string>();
      }
      if (error.status === 409 && error.code === undefined && "active_stream_id" in error.body) {
        return error.body.active_stream_id;
      }
      if (error.status === 403 && error.code === "destructive_git_disabled") return error.body.error;
      if (error.status === 413 && "limit_bytes" in error.body) return error.body.limit_bytes;
      if (error.status === 416) expectTypeOf(error.body).toEqualTypeOf<undefined>();
      return undefined;
    };
    expectTypeOf(read).returns.toEqualTypeOf<string | number | undefined>();
  });

  test("have the statuses and codes that are documented, and no others", () => {
    expectTypeOf<HermesError["status"]>().toEqualTypeOf<
      400 | 401 | 403 | 404 | 409 | 413 | 416 | 429 | 500 | 501 | 502 | 503
    >();
    expectTypeOf<"not_a_repo" | "no_upstream" | "git_failed" | "active_stream">().toExtend<HermesErrorCode>();
    expectTypeOf<"NOT_A_REPO">().not.toExtend<HermesErrorCode>();
    expectTypeOf(HermesError).toHaveProperty("prototype");
    const read = (error: HermesError) => {
      if (error.status === 401) expectTypeOf(error.code).toEqualTypeOf<undefined>();
      // @ts-expect-error there is no such status
      return error.status === 405;
    };
    expectTypeOf(read).returns.toEqualTypeOf<boolean>();
  });
});

describe("Hermes's constructor", () => {
  test("takes a password, a token for browsers, and what every client takes", () => {
    new Hermes({});
    new Hermes({ baseUrl: "http://127.0.0.1:8787", password: "correct horse battery staple" });
    new Hermes({ password: async () => "correct horse battery staple", csrfToken: () => "0123" });
    new Hermes({
      headers: { "X-Api-Key": "proxy" },
      retry: { attempts: 2 },
      timeouts: { headers: 1000 },
      logger: console,
    });
  });

  test("takes no key, and nothing that does not exist", () => {
    // @ts-expect-error a server has a password
    new Hermes({ apiKey: "x" });
    // @ts-expect-error a password is a string
    new Hermes({ password: 1234 });
    // @ts-expect-error the option is called baseUrl
    new Hermes({ baseURL: "http://127.0.0.1:8787" });
  });
});
