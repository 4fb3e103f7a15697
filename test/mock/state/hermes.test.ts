import { describe, expect, test } from "vitest";
import { type Json, statefulMock } from "./calls.js";

const { call } = statefulMock("hermes", { cookie: "hermes_session=test" });
const post = (operationId: string, path: string, body: object) => call(operationId, `POST /api/${path}`, body);
const seeded = "a1b2c3d4e5f6";

const read = (id: string, query = "") => call("getSession", `GET /api/session?session_id=${id}${query}`);
const list = async (query = "") => (await call("listSessions", `GET /api/sessions${query}`)).body;
const ids = (sessions: Json[]) => sessions.map((one) => one.session_id);

/** A new session with its first turn. */
async function start(message: string): Promise<string> {
  const { session_id } = (await post("createSession", "session/new", {})).body.session;
  await post("startChat", "chat/start", { session_id, message });
  return session_id;
}

describe("a session", () => {
  test("is new and empty, can be used by its id, and is listed from its first message on", async () => {
    const { session } = (await post("createSession", "session/new", { model: "gpt-5" })).body;
    expect(session).toMatchObject({
      title: "Untitled",
      model: "gpt-5",
      project_id: null,
      message_count: 0,
      messages: [],
    });
    expect(session.session_id).toMatch(/^[0-9a-f]{12}$/);
    expect((await read(session.session_id)).body.session.messages).toEqual([]);
    expect(ids((await list()).sessions)).not.toContain(session.session_id);
    const turn = await post("startChat", "chat/start", { session_id: session.session_id, message: "Hello" });
    expect(turn.body.session_id).toBe(session.session_id);
    const { messages, message_count } = (await read(session.session_id)).body.session;
    expect(messages[0]).toMatchObject({ role: "user", content: "Hello" });
    expect(message_count).toBe(messages.length);
    expect(ids((await list()).sessions)).toContain(session.session_id);
  });

  test("is renamed, pinned to the top, and archived out of the list and back", async () => {
    const session_id = await start("Hello");
    await post("pinSession", "session/pin", { session_id: seeded, pinned: false });
    expect(ids((await list()).sessions)[0]).toBe(session_id);
    const renamed = await post("renameSession", "session/rename", { session_id, title: "Greetings" });
    expect(renamed.body.session.title).toBe("Greetings");
    await post("pinSession", "session/pin", { session_id: "b2c3d4e5f6a7" });
    const { sessions, archived_count } = await list();
    expect(ids(sessions)).toEqual(["b2c3d4e5f6a7", session_id, seeded]);
    expect(sessions[1]).toMatchObject({ title: "Greetings", display_title: "Greetings", pinned: false });

    const before = (await read(session_id)).body.session.updated_at;
    const { session } = (await post("archiveSession", "session/archive", { session_id })).body;
    expect([session.archived, session.updated_at]).toEqual([true, before]);
    const without = await list();
    expect(ids(without.sessions)).toEqual(["b2c3d4e5f6a7", seeded]);
    expect(without.archived_count).toBe(archived_count + 1);
    expect(ids((await list("?include_archived=true")).sessions)).toContain(session_id);
    await post("archiveSession", "session/archive", { session_id, archived: false });
    expect(ids((await list()).sessions)).toContain(session_id);
  });

  test("is listed by its application", async () => {
    expect((await list("?sidebar_source=cli")).sessions).toEqual([]);
    expect((await list("?sidebar_source=webui")).sessions).toHaveLength(2);
  });

  test("is forked with all or some of its messages, and both go their own way", async () => {
    const fork = (await post("branchSession", "session/branch", { session_id: seeded, keep_count: 1 })).body;
    expect(fork).toEqual({
      session_id: fork.session_id,
      title: "Fix the contact form (fork)",
      parent_session_id: seeded,
    });
    const { session } = (await read(fork.session_id)).body;
    expect([session.messages.length, session.message_count, session.pinned]).toEqual([1, 1, false]);
    await post("startChat", "chat/start", { session_id: fork.session_id, message: "Begin anew" });
    expect((await read(seeded)).body.session.messages).toHaveLength(4);
    const whole = await post("branchSession", "session/branch", { session_id: seeded, title: "Again" });
    expect(whole.body.title).toBe("Again");
    expect((await read(whole.body.session_id)).body.session.messages).toHaveLength(4);
  });

  test("loses its last turn to undo and retry until there is none, and its end to truncate", async () => {
    const session_id = await start("First");
    await post("startChat", "chat/start", { session_id, message: "Second, which is longer than forty characters" });
    const { messages } = (await read(session_id)).body.session;
    expect(messages.map((one: Json) => one.role)).toEqual(["user", "assistant", "user", "assistant"]);
    const undone = (await post("undoLastTurn", "session/undo", { session_id })).body;
    expect(undone).toEqual({
      ok: true,
      removed_count: 2,
      removed_preview: `${"Second, which is longer than forty characters".slice(0, 40)}...`,
    });
    expect((await read(session_id)).body.session.messages).toEqual(messages.slice(0, 2));
    const retried = (await post("retryLastTurn", "session/retry", { session_id })).body;
    expect(retried).toEqual({ ok: true, last_user_text: "First", removed_count: 2 });
    expect((await post("undoLastTurn", "session/undo", { session_id })).body.error).toBe("Nothing to undo.");
    const cut = await post("truncateSession", "session/truncate", { session_id: seeded, keep_count: 3 });
    expect(cut.body.session.messages).toHaveLength(3);
    expect((await read(seeded)).body.session.message_count).toBe(3);
  });

  test("is read in windows from its end, which join to the whole", async () => {
    const { messages } = (await read(seeded)).body.session;
    const found: Json[] = [];
    let query = "&msg_limit=3";
    for (;;) {
      const { session } = (await read(seeded, query)).body;
      found.unshift(...session.messages);
      if (!session._messages_truncated) break;
      query = `&msg_limit=3&msg_before=${session._messages_offset}`;
    }
    expect(found).toEqual(messages);
    expect((await read(seeded, "&messages=0")).body.session.messages).toEqual([]);
  });

  test("is found by its title, or else by a message, in upper and lower case", async () => {
    const find = async (query: string) => (await call("searchSessions", `GET /api/sessions/search?${query}`)).body;
    const titled = await find("q=CONTACT%20form&depth=0");
    expect(titled).toMatchObject({ query: "contact form", count: titled.sessions.length });
    expect(titled.sessions.map((one: Json) => one.match_type)).toEqual(["title", "title"]);
    const said = await find("q=no%20longer%20exists");
    expect(ids(said.sessions)).toEqual([seeded]);
    expect(said.sessions[0]).toMatchObject({ match_type: "content" });
    expect(said.sessions[0].match_preview).toContain("no longer exists");
    expect((await find("q=no%20longer%20exists&content=0")).sessions).toEqual([]);
    expect((await find("q=no%20longer%20exists&depth=2")).sessions).toEqual([]);
    const everything = await find("");
    expect(everything.sessions).toHaveLength(3);
    expect(Object.keys(everything)).not.toContain("count");
  });

  test("is exported, and a new one is made of the export", async () => {
    const exported = (await call("exportSession", `GET /api/session/export?session_id=${seeded}`)).body;
    expect(exported.messages).toHaveLength(4);
    const { messages, tool_calls, title, workspace, model, pinned } = exported;
    const sent = { messages, tool_calls, title, workspace, model, pinned };
    const { session } = (await post("importSession", "session/import", sent)).body;
    expect(session).toMatchObject({ title, message_count: 4, user_message_count: 1 });
    expect(session.session_id).not.toBe(seeded);
    const again = (await read(session.session_id)).body.session;
    expect([again.messages, again.tool_calls]).toEqual([messages, tool_calls]);
    const page = await call("getSessionStatus", `GET /api/session/status?session_id=${session.session_id}`);
    expect(page.body).toMatchObject({ title, message_count: 4, agent_running: false });
  });

  test("that was deleted is not there any more, and deleting it again succeeds as documented", async () => {
    const session_id = await start("Hello");
    const remove = () => post("deleteSession", "session/delete", { session_id });
    expect((await remove()).status).toBe(200);
    expect((await remove()).status).toBe(200);
    expect(ids((await list("?include_archived=true")).sessions)).not.toContain(session_id);
    const refused = [
      await read(session_id),
      await post("renameSession", "session/rename", { session_id, title: "Back" }),
      await post("startChat", "chat/start", { session_id, message: "Hello?" }),
      await call("getSessionStatus", `GET /api/session/status?session_id=${session_id}`),
      await call("exportSession", `GET /api/session/export?session_id=${session_id}`),
    ];
    expect(refused.map(({ status, body }) => [status, body.error])).toEqual(
      refused.map(() => [404, "Session not found"]),
    );
  });
});

describe("a project", () => {
  test("is created, renamed, filled and deleted; its sessions stay, in no project", async () => {
    const { project } = (await post("createProject", "projects/create", { name: "Shop", color: "#123456" })).body;
    expect(project).toMatchObject({ name: "Shop", color: "#123456", profile: "default" });
    const { project_id } = project;
    const changed = await post("renameProject", "projects/rename", { project_id, name: "Store", color: null });
    expect(changed.body.project).toMatchObject({ project_id, name: "Store", color: null });
    const projects = async () => (await call("listProjects", "GET /api/projects")).body.projects;
    expect((await projects())[0]).toEqual(changed.body.project);

    const moved = await post("moveSession", "session/move", { session_id: seeded, project_id });
    expect(moved.body.session.project_id).toBe(project_id);
    const strange = { session_id: seeded, project_id: "000000000000" };
    const refused = await post("moveSession", "session/move", strange);
    expect([refused.status, refused.body.error]).toEqual([404, "Project not found"]);
    expect((await post("deleteProject", "projects/delete", { project_id })).status).toBe(200);
    expect((await post("deleteProject", "projects/delete", { project_id })).status).toBe(404);
    expect(await projects()).toHaveLength(1);
    expect((await read(seeded)).body.session.project_id).toBeNull();
  });
});

describe("a cron job", () => {
  test("is created, changed, paused, resumed, run and deleted", async () => {
    const sent = { prompt: "Check that the website answers.", schedule: "*/5 * * * *" };
    const { job } = (await post("createCron", "crons/create", sent)).body;
    expect(job).toMatchObject({ name: sent.prompt, skills: [], enabled: true, schedule_display: sent.schedule });
    expect(job.schedule).toEqual({ kind: "cron", expr: sent.schedule, display: sent.schedule });
    const job_id = job.id;
    const jobs = async () => (await call("listCrons", "GET /api/crons")).body.jobs;
    expect((await jobs())[0]).toMatchObject({ id: job_id, prompt: sent.prompt });
    const changed = (await post("updateCron", "crons/update", { job_id, name: "Ping", prompt: null, model: null })).body
      .job;
    expect(changed).toMatchObject({ name: "Ping", prompt: sent.prompt, model: null, schedule: job.schedule });
    const paused = (await post("pauseCron", "crons/pause", { job_id, reason: "On holiday" })).body.job;
    expect(paused).toMatchObject({ enabled: false, state: "paused", paused_reason: "On holiday", next_run_at: null });
    expect(paused.paused_at).toMatch(/^\d{4}-\d\d-\d\dT.*\+00:00$/);
    const resumed = (await post("resumeCron", "crons/resume", { job_id })).body.job;
    expect(resumed).toMatchObject({ enabled: true, state: "scheduled", paused_at: null });
    expect((await post("runCron", "crons/run", { job_id })).body).toMatchObject({ ok: true, job_id });
    const status = () => call("getCronStatus", `GET /api/crons/status?job_id=${job_id}`);
    expect((await status()).body).toMatchObject({ job_id, running: true });
    expect((await post("deleteCron", "crons/delete", { job_id })).body).toEqual({ ok: true, job_id });
    expect((await post("runCron", "crons/run", { job_id })).status).toBe(404);
    expect((await status()).body).toEqual({ job_id, running: false, elapsed: 0 });
    expect(await jobs()).toHaveLength(1);
  });
});
