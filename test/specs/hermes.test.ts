import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, test } from "vitest";
import { bundle } from "../../scripts/bundle.js";
import {
  listOperations,
  type MediaType,
  type OpenApiDocument,
  type PlacedOperation,
  pointerTokens,
  type RequestBody,
  type Response,
  resolve,
  type Schema,
} from "../../scripts/openapi.js";
import { findApis, projectRoot } from "../../scripts/project.js";
import { listStreamEvents } from "../../scripts/streams.js";
import { statements } from "./hermes-statements.js";

/** The 103 operations that a reference page describes: method, path, id and method of the client. */
const withContract = `
  GET /api/auth/status getAuthStatus auth.status
  POST /api/auth/login login auth.login
  POST /api/auth/logout logout auth.logout
  GET /api/sessions listSessions sessions.list
  GET /api/sessions/search searchSessions sessions.search
  GET /api/session getSession sessions.get
  GET /api/session/status getSessionStatus sessions.getStatus
  POST /api/session/new createSession sessions.create
  POST /api/session/rename renameSession sessions.rename
  POST /api/session/delete deleteSession sessions.delete
  POST /api/session/pin pinSession sessions.pin
  POST /api/session/archive archiveSession sessions.archive
  POST /api/session/branch branchSession sessions.branch
  POST /api/session/compress compressSession sessions.compress
  POST /api/session/undo undoLastTurn sessions.undo
  POST /api/session/retry retryLastTurn sessions.retry
  POST /api/session/truncate truncateSession sessions.truncate
  POST /api/session/update updateSession sessions.update
  POST /api/session/move moveSession sessions.move
  GET /api/session/yolo getSessionYolo sessions.getYolo
  POST /api/session/yolo setSessionYolo sessions.setYolo
  GET /api/session/export exportSession sessions.export
  POST /api/session/import importSession sessions.import
  GET /api/projects listProjects projects.list
  POST /api/projects/create createProject projects.create
  POST /api/projects/rename renameProject projects.rename
  POST /api/projects/delete deleteProject projects.delete
  POST /api/chat/start startChat chat.start
  GET /api/chat/stream streamChat chat.stream
  GET /api/chat/stream/status getChatStreamStatus chat.getStreamStatus
  GET /api/chat/cancel cancelChat chat.cancel
  POST /api/chat/steer steerChat chat.steer
  POST /api/goal controlGoal chat.goal
  POST /api/btw askSideQuestion chat.askAside
  POST /api/background startBackgroundTask chat.startBackground
  GET /api/background/status getBackgroundResults chat.listBackgroundResults
  GET /api/approval/pending getPendingApproval approvals.getPending
  GET /api/approval/stream streamApprovals approvals.stream
  POST /api/approval/respond respondApproval approvals.respond
  GET /api/clarify/pending getPendingClarification clarify.getPending
  GET /api/clarify/stream streamClarifications clarify.stream
  POST /api/clarify/respond respondClarification clarify.respond
  GET /api/models listModels models.list
  GET /api/models/live listLiveModels models.listLive
  POST /api/default-model setDefaultModel models.setDefault
  POST /api/model/set setModel models.set
  GET /api/reasoning getReasoning models.getReasoning
  POST /api/reasoning setReasoning models.setReasoning
  GET /api/providers listProviders providers.list
  GET /api/personalities listPersonalities personalities.list
  POST /api/personality/set setPersonality personalities.set
  GET /api/profiles listProfiles profiles.list
  POST /api/profile/switch switchProfile profiles.switch
  GET /api/profile/active getActiveProfile profiles.getActive
  GET /api/settings getSettings settings.get
  POST /api/settings updateSettings settings.update
  GET /api/memory getMemory memory.get
  POST /api/memory/write writeMemory memory.write
  GET /api/skills listSkills skills.list
  GET /api/skills/content getSkillContent skills.getContent
  GET /api/commands listCommands commands.list
  GET /api/commands/bundles listCommandBundles commands.listBundles
  POST /api/commands/bundles/resolve resolveCommandBundle commands.resolveBundle
  POST /api/commands/exec executeCommand commands.execute
  GET /api/workspaces listWorkspaces workspace.list
  GET /api/workspaces/suggest suggestWorkspaces workspace.suggest
  GET /api/list listDirectory files.list
  GET /api/file readFile files.read
  GET /api/file/raw readFileRaw files.readRaw
  GET /api/media getMedia files.getMedia
  GET /api/folder/download downloadFolder files.downloadFolder
  POST /api/upload uploadFile files.upload
  GET /api/git-info getGitInfo git.getInfo
  GET /api/git/status getGitStatus git.getStatus
  GET /api/git/branches listGitBranches git.listBranches
  GET /api/git/diff getGitDiff git.getDiff
  POST /api/git/stage stageFiles git.stage
  POST /api/git/unstage unstageFiles git.unstage
  POST /api/git/discard discardChanges git.discard
  POST /api/git/commit commitStaged git.commit
  POST /api/git/commit-selected commitSelected git.commitSelected
  POST /api/git/fetch gitFetch git.fetch
  POST /api/git/pull gitPull git.pull
  POST /api/git/push gitPush git.push
  POST /api/git/checkout gitCheckout git.checkout
  POST /api/git/stash-checkout gitStashCheckout git.stashCheckout
  POST /api/git/commit-message generateCommitMessage git.generateCommitMessage
  POST /api/git/commit-message-selected generateCommitMessageSelected git.generateCommitMessageSelected
  GET /api/crons listCrons crons.list
  GET /api/crons/status getCronStatus crons.getStatus
  GET /api/crons/output getCronOutput crons.listOutputs
  POST /api/crons/create createCron crons.create
  POST /api/crons/update updateCron crons.update
  POST /api/crons/delete deleteCron crons.delete
  POST /api/crons/run runCron crons.run
  POST /api/crons/pause pauseCron crons.pause
  POST /api/crons/resume resumeCron crons.resume
  POST /api/transcribe transcribeAudio voice.transcribe
  POST /api/tts synthesizeSpeech voice.synthesize
  GET /api/insights getInsights insights.get
  GET /api/updates/check getUpdateStatus updates.getStatus
  POST /api/updates/check checkForUpdates updates.check
  POST /api/updates/apply applyUpdate updates.apply
`;

/** The 7 operations that the documentation names without describing them. */
const withoutContract = `
  POST /api/providers setProviderKey providers.setKey
  POST /api/providers/delete deleteProviderKey providers.deleteKey
  POST /api/providers/self-hosted configureSelfHostedProvider providers.configureSelfHosted
  GET /api/skills/usage getSkillUsage skills.getUsage
  POST /api/skills/save saveSkill skills.save
  POST /api/skills/delete deleteSkill skills.delete
  POST /api/skills/toggle toggleSkill skills.toggle`;

/** The 3 operations that only the index of the documentation has, and what the server has in their place. */
const onlyInTheIndex = [
  ["POST /api/chat/cancel", "GET /api/chat/cancel"],
  ["GET /api/git/commit-message", "POST /api/git/commit-message"],
  ["GET /api/default-model", "POST /api/default-model"],
] as const;

const introduction = { pointer: "/info/description" };
const notes = readFileSync(join(projectRoot, "specs/hermes/NOTES.md"), "utf8");
const lines = (table: string): string[] => table.trim().split(/\s*\n\s*/);
const oneLine = (text: unknown): string => String(text).replace(/\s+/g, " ");

let document: OpenApiDocument;
let operations: PlacedOperation[];

beforeAll(async () => {
  const hermes = (await findApis(projectRoot)).find(({ name }) => name === "hermes");
  if (!hermes) throw new Error("There is no specs/hermes.");
  ({ document } = await bundle(hermes));
  operations = listOperations(document);
});

const placed = (id: string): PlacedOperation => operations.find(({ operation }) => operation.operationId === id)!;
const nameOf = ({ method, path }: PlacedOperation): string => `${method.toUpperCase()} ${path}`;
const statusesOf = ({ operation }: PlacedOperation): string[] => Object.keys(operation.responses ?? {});
const responseOf = (id: string, status: string): Response =>
  resolve<Response>(document, placed(id).operation.responses?.[status] ?? {});
const requestOf = (id: string): Record<string, MediaType> =>
  resolve<RequestBody>(document, placed(id).operation.requestBody ?? { content: {} }).content;
const answerOf = (id: string): Schema =>
  resolve<Schema>(document, responseOf(id, "200").content?.["application/json"]?.schema ?? {});
const bodyOf = (id: string): Schema => resolve<Schema>(document, requestOf(id)["application/json"]?.schema ?? {});
const parameterOf = (id: string, name: string) => placed(id).parameters.find((parameter) => parameter.name === name)!;
const schemaOf = (name: string): Schema => document.components?.schemas?.[name] ?? {};
/** The ids of the operations that have something, in alphabetical order. */
const idsWhere = (has: (one: PlacedOperation) => unknown): string[] =>
  operations
    .filter(has)
    .map(({ operation }) => operation.operationId)
    .sort();

/** What a pointer of the statements points to. */
function at(pointer: string): unknown {
  return pointerTokens(pointer).reduce<unknown>((node, token) => {
    const target = resolve(document, node as object) as Record<string, unknown>;
    if (!Array.isArray(target)) return target[token];
    return target.find((member) => (resolve(document, member) as { name?: string }).name === token);
  }, document);
}

/** Calls back for every object of the bundle, with its place. */
function visit(node: unknown, see: (node: Record<string, unknown>, place: string) => void, place = ""): void {
  if (typeof node !== "object" || node === null) return;
  see(node as Record<string, unknown>, place);
  for (const [key, child] of Object.entries(node)) visit(child, see, `${place}/${key}`);
}

function validatorOf(schema: unknown): ValidateFunction {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: "https://hermes.invalid/", ...document });
  return ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"https://hermes.invalid/#/')));
}

describe("the Hermes description has everything that is known of the API", () => {
  test("all 103 operations with a contract and the 7 without, each with its id and method, and no others", () => {
    expect(lines(withContract)).toHaveLength(103);
    expect(lines(withoutContract)).toHaveLength(7);
    expect(
      operations.map((one) => `${nameOf(one)} ${one.operation.operationId} ${one.operation["x-sdk"]}`).sort(),
    ).toEqual([...lines(withContract), ...lines(withoutContract)].sort());
  });

  test("the operations with a contract count as documented, the others as observed", () => {
    const evidence = Object.fromEntries(operations.map((one) => [nameOf(one), one.operation["x-evidence"]]));
    const named = (line: string) => line.split(" ").slice(0, 2).join(" ");
    for (const line of lines(withContract)) expect(evidence[named(line)], line).toBe("documented");
    for (const line of lines(withoutContract)) expect(evidence[named(line)], line).toBe("observed");
  });

  test.each(onlyInTheIndex)("%s is left out, and the notes name %s in its place", (absent, present) => {
    const names = operations.map(nameOf);
    expect(names).not.toContain(absent);
    expect(names).toContain(present);
    const row = notes.split("\n").find((line) => line.startsWith(`| \`${absent}\``));
    expect(row).toContain(`\`${present}\``);
  });

  test("the notes have all 41 conflicts, in order, with both sides and a decision", () => {
    const rows = notes.split("\n").flatMap((line) => (/^\| X\d+ /.test(line) ? [line.split("|").slice(1, -1)] : []));
    expect(rows.map(([number]) => number?.trim())).toEqual(Array.from({ length: 41 }, (_, index) => `X${index + 1}`));
    for (const row of rows) {
      expect(row, row[0]).toHaveLength(5);
      for (const cell of row) expect(cell.trim(), row[0]).not.toBe("");
    }
  });

  test.each(statements.map(([subject, words, { pointer } = introduction]) => ({ subject, words, pointer })))(
    "the conventions page: $subject",
    ({ words, pointer }) => {
      expect(oneLine(at(pointer))).toContain(words);
    },
  );

  test("a session's id is in the query of every GET that takes one, and in the body of every POST", () => {
    const inQuery = idsWhere(({ parameters }) => parameters.some(({ name }) => name === "session_id"));
    expect(inQuery).toHaveLength(19);
    for (const id of inQuery) {
      expect(placed(id).method, id).toBe("get");
      expect(parameterOf(id, "session_id").in, id).toBe("query");
    }
    const inBody = idsWhere(({ operation }) =>
      Object.values(requestOf(operation.operationId)).some(
        ({ schema = {} }) => resolve<Schema>(document, schema).properties?.session_id,
      ),
    );
    expect(inBody).toHaveLength(33);
    for (const id of inBody) expect(placed(id).method, id).toBe("post");
  });

  test.each([
    ["listSessions", "sessions"],
    ["searchSessions", "sessions"],
    ["listProjects", "projects"],
    ["listCrons", "jobs"],
    ["getCronOutput", "outputs"],
    ["getBackgroundResults", "results"],
    ["listModels", "groups"],
    ["listProviders", "providers"],
    ["listPersonalities", "personalities"],
    ["listProfiles", "profiles"],
    ["listSkills", "skills"],
    ["listCommands", "commands"],
    ["listCommandBundles", "bundles"],
    ["listWorkspaces", "workspaces"],
    ["suggestWorkspaces", "suggestions"],
    ["listDirectory", "entries"],
  ])("the list of %s is named %s", (id, name) => {
    const answer = answerOf(id);
    for (const kind of answer.oneOf?.map((one) => resolve<Schema>(document, one)) ?? [answer]) {
      expect(kind.required).toContain(name);
      expect(kind.properties?.[name]).toHaveProperty("type", "array");
    }
  });

  test("names that lost are there, say so, and point to the name that works", () => {
    const deprecated = new Map<string, string>();
    visit(document, (node, place) => {
      if (node.deprecated === true) {
        const name = typeof node.name === "string" ? node.name : place.split("/").pop()!;
        deprecated.set(name, oneLine(node.description));
      }
    });
    const working: Record<string, RegExp> = {
      query: /ignores it.*send `q`/,
      messageLimit: /conventions page's name for `msg_limit`.*ignores it/,
      messageBefore: /ignores it; send `msg_before`/,
      includeMessages: /ignores it.*send `messages` as 0/,
      expand_renderable: /no effect/,
      authenticated: /does not send it. Read `logged_in`/,
      password_required: /does not send it. Read `password_auth_enabled` or `auth_enabled`/,
      error: /never seen; read `message`/,
    };
    expect([...deprecated.keys()].sort()).toEqual(Object.keys(working).sort());
    for (const [name, words] of Object.entries(working)) expect(deprecated.get(name), name).toMatch(words);

    const alive = (id: string) => placed(id).parameters.filter((parameter) => !("deprecated" in parameter));
    expect(alive("searchSessions").map(({ name }) => name)).toContain("q");
    expect(alive("getSession").map(({ name }) => name)).toEqual(
      expect.arrayContaining(["msg_limit", "msg_before", "messages"]),
    );
    expect(schemaOf("AuthStatus").required).toEqual(expect.arrayContaining(["logged_in", "password_auth_enabled"]));
  });

  test("only the status and the login need no session; the others take the cookie, with or without the profile's", () => {
    expect(idsWhere(({ operation }) => operation.security)).toEqual(["getAuthStatus", "login"]);
    for (const id of ["getAuthStatus", "login"]) expect(placed(id).operation.security).toEqual([]);
    expect(document.security).toEqual([{ sessionCookie: [] }, { sessionCookie: [], profileCookie: [] }]);
    expect(document.components?.securitySchemes).toMatchObject({
      sessionCookie: { type: "apiKey", in: "cookie", name: "hermes_session" },
      profileCookie: { type: "apiKey", in: "cookie", name: "hermes_profile" },
    });
  });

  test("one server, whose origin is the operator's", () => {
    expect(document.servers).toMatchObject([
      { url: "{origin}", variables: { origin: { default: "http://127.0.0.1:8787" } } },
    ]);
  });
});

describe("the statuses of Hermes", () => {
  const having = (status: string) => idsWhere((one) => statusesOf(one).includes(status));

  test("nothing is answered with 201, 202, 204 or 405", () => {
    const all = new Set(operations.flatMap(statusesOf));
    expect([...all].sort()).toEqual(
      ["200", "206", "304", "400", "401", "403", "404", "409", "413", "416", "429", "500", "501", "502", "503"].sort(),
    );
    for (const one of operations) expect(statusesOf(one), nameOf(one)).toEqual(expect.arrayContaining(["200"]));
  });

  test("a server can fail or be overloaded everywhere, and asks everybody but one for a session or a password", () => {
    for (const one of operations) expect(statusesOf(one), nameOf(one)).toEqual(expect.arrayContaining(["500", "503"]));
    expect(idsWhere((one) => !statusesOf(one).includes("401"))).toEqual(["getAuthStatus"]);
  });

  test("a POST from another origin is refused, except the login; a body can be too large", () => {
    const refused = operations
      .filter(({ method }) => method === "post")
      .filter((one) => statusesOf(one).includes("403"));
    expect(refused).toHaveLength(operations.filter(({ method }) => method === "post").length - 1);
    expect(statusesOf(placed("login"))).not.toContain("403");
    const withBody = idsWhere(({ operation }) => operation.requestBody);
    expect(having("413")).toEqual([...withBody, "downloadFolder"].sort());
  });

  test.each([
    ["206", ["getMedia", "readFileRaw"]],
    ["304", ["getMedia"]],
    ["416", ["getMedia", "readFileRaw"]],
    ["429", ["login", "synthesizeSpeech"]],
    ["501", ["startChat"]],
    ["502", ["cancelChat", "respondApproval", "setSessionYolo", "synthesizeSpeech"]],
  ])("%s is answered by %j alone", (status, ids) => {
    expect(having(status)).toEqual(ids);
  });

  test("409 is for turns that run, stale prompts and code, other profiles, and settings that are pinned", () => {
    expect(having("409")).toEqual(
      [
        ...["getSession", "compressSession", "setSessionYolo", "startChat", "controlGoal", "askSideQuestion"],
        ...["respondApproval", "respondClarification", "switchProfile", "updateSettings"],
        ...["stageFiles", "unstageFiles", "discardChanges", "commitStaged", "commitSelected", "gitPull", "gitPush"],
        ...["gitCheckout", "gitStashCheckout", "generateCommitMessage", "generateCommitMessageSelected"],
      ].sort(),
    );
  });

  test("a range is asked for in a header, and told of in another; an entity tag goes there and back", () => {
    for (const id of ["readFileRaw", "getMedia"]) {
      expect(parameterOf(id, "Range").in).toBe("header");
      expect(Object.keys(responseOf(id, "206").headers ?? {})).toContain("Content-Range");
      expect(Object.keys(responseOf(id, "200").headers ?? {})).toContain("Accept-Ranges");
      for (const status of ["416"]) expect(responseOf(id, status).content).toBeUndefined();
    }
    expect(parameterOf("getMedia", "If-None-Match").in).toBe("header");
    for (const status of ["200", "304"])
      expect(Object.keys(responseOf("getMedia", status).headers ?? {})).toContain("ETag");
    expect(responseOf("getMedia", "304").content).toBeUndefined();
  });

  test("the codes of git, all of them and in no other errors", () => {
    expect(schemaOf("GitError").properties?.code).toHaveProperty("enum", [
      ...["not_a_repo", "path_outside_workspace", "auth_failed", "no_upstream", "non_fast_forward", "conflict"],
      ...["dirty_worktree", "invalid_ref", "hook_failed", "timeout", "missing_git", "filtered_path"],
      ...["operation_in_progress", "destructive_git_disabled", "active_stream", "git_failed"],
    ]);
    expect(Object.keys(schemaOf("ErrorBody").properties ?? {})).toEqual(["error"]);
  });

  test("a second turn is refused with the id of the first", () => {
    const refused = {
      error: "session already has an active stream",
      active_stream_id: "5e2d9b0964b44f1a8c3d7e6f5a4b3c2d",
    };
    expect(validatorOf(schemaOf("ActiveStreamError"))(refused)).toBe(true);
    expect(validatorOf(schemaOf("ActiveStreamError"))({ error: refused.error })).toBe(false);
    expect(JSON.stringify(responseOf("startChat", "409"))).toContain("ActiveStreamError");
    for (const code of ["stale_regeneration_revision", "unsupported_regeneration_backend"]) {
      expect(JSON.stringify(schemaOf("RegenerationError")), code).toContain(code);
    }
    expect(JSON.stringify(responseOf("getSession", "409"))).toContain("session_profile_mismatch");
    expect(JSON.stringify(responseOf("respondApproval", "409"))).toContain("gateway_run_unavailable");
  });
});

describe("failures and other answers that come with 200, too", () => {
  // What the server was seen to answer: an ordinary answer, and the one that a client has to tell from it.
  const repository = {
    name: "webui",
    behind: 0,
    current_sha: "3f9c2ab",
    latest_sha: "3f9c2ab",
    branch: "master",
    repo_url: "https://github.com/nesquena/hermes-webui",
    dirty: false,
    channel: "stable",
  };
  const skill = {
    success: true,
    name: "repo-digest",
    description: "Digests a repository",
    tags: [],
    related_skills: [],
    content: "# Digest",
    path: "repo-digest/SKILL.md",
    skill_dir: "/home/user/.hermes/skills/dev/repo-digest",
    linked_files: {},
  };
  const job = "c0ffee123456";
  const stream = "5e2d9b0964b44f1a8c3d7e6f5a4b3c2d";

  test.each([
    ["login", { ok: true }, { ok: true, message: "Auth not enabled" }],
    ["undoLastTurn", { ok: true, removed_count: 2, removed_preview: "Why…" }, { error: "Nothing to undo." }],
    [
      "retryLastTurn",
      { ok: true, last_user_text: "Why?", removed_count: 2 },
      { error: "No previous message to retry." },
    ],
    ["listLiveModels", { provider: "x", models: [], count: 0 }, { error: "no_provider", models: [] }],
    [
      "getSkillContent",
      skill,
      { success: false, error: "Skill 'x' not found.", available_skills: [], hint: "x", linked_files: {} },
    ],
    ["getSkillContent", skill, { content: "A file", path: "references/a.md" }],
    [
      "runCron",
      { ok: true, job_id: job, status: "running" },
      { ok: false, job_id: job, status: "already_running", elapsed: 12.4 },
    ],
    [
      "applyUpdate",
      { ok: true, message: "Updated", target: "webui", restart_scheduled: true },
      { ok: false, message: "Not a git repository" },
    ],
    ["respondApproval", { ok: true, choice: "once", stale_cleared: true }, { ok: false, choice: "once" }],
    [
      "startChat",
      {
        stream_id: stream,
        session_id: "a1b2c3d4e5f6",
        pending_started_at: 1795343362.25,
        turn_id: "20261122T102922Z-5e2d9b0964b4",
        title: "x",
      },
      { status: "suppressed", reason: "silent_control_message" },
    ],
    [
      "listCrons",
      { jobs: [], active_profile: "default", all_profiles: false, other_profile_count: 0 },
      { jobs: [], cron_unavailable: true },
    ],
    [
      "getUpdateStatus",
      { webui: repository, agent: null, checked_at: 1795343362, include_agent: true, channel: "stable" },
      { disabled: true },
    ],
  ])("%s: a variant for each, and no answer is both", (id, success, failure) => {
    const { oneOf, anyOf } = answerOf(id);
    const variants = (oneOf ?? anyOf ?? []).map(validatorOf);
    const matched = (answer: object) => variants.flatMap((validate, index) => (validate(answer) ? [index] : []));
    expect(matched(success)).toHaveLength(1);
    expect(matched(failure)).toHaveLength(1);
    expect(matched(success)).not.toEqual(matched(failure));
  });
});

describe("the streams of Hermes", () => {
  const eventsOf = (id: string) => {
    const { itemSchema = {} } = responseOf(id, "200").content?.["text/event-stream"] ?? {};
    return listStreamEvents(itemSchema, (schema) => resolve<Schema>(document, schema));
  };
  const payloadOf = (id: string, event: string) => eventsOf(id).find(({ name }) => name === event)!.data;

  // The events of a turn, each with the least that it carries. The last one is in the documentation only.
  const ofTurns: [event: string, payload: object][] = [
    ["token", { text: "Hi" }],
    ["reasoning", { text: "Hm" }],
    ["interim_assistant", { text: "Hi", already_streamed: true }],
    ["tool", { event_type: "tool.started", name: "read_file", preview: null, args: {} }],
    ["tool_complete", { event_type: "tool.completed", name: "read_file", preview: "x", args: {}, is_error: false }],
    ["title", { session_id: "a", title: "x" }],
    ["stream_end", { session_id: "a" }],
    ["cancel", { type: "cancelled", message: "Cancelled", status: "cancelled" }],
    ["apperror", { message: "There is no agent", type: "error" }],
    ["pending_steer_leftover", { session_id: "a", text: "x" }],
    [
      "metering",
      { tps: null, tps_available: false, estimated: true, high: null, low: null, active: 1, session_id: "a" },
    ],
    ["compressing", { session_id: "a", message: "x" }],
    ["warning", { type: "fallback", message: "x" }],
    [
      "context_status",
      { session_id: "a", prefill: { status: "none", source: "none", label: "No prefill", message_count: 0 } },
    ],
    [
      "todo_state",
      {
        session_id: "a",
        stream_id: "5e2d9b0964b44f1a8c3d7e6f5a4b3c2d",
        source: "tool",
        ts: 1795343362.25,
        todos: [{ id: "1", content: "Look", status: "in_progress" }],
        summary: { total: 1, pending: 0, in_progress: 1, completed: 0, cancelled: 0 },
        version: 1,
      },
    ],
    ["goal", { session_id: "a", state: "evaluating", message: "x", message_key: "goal_evaluating" }],
    [
      "approval",
      {
        approval_id: "apr_1",
        command: "rm -rf dist",
        description: "recursive delete",
        pattern_key: "recursive delete",
        pattern_keys: ["recursive delete"],
        pending_count: 1,
      },
    ],
    [
      "clarify",
      {
        clarify_id: "0a1b2c3d4e5f",
        question: "Which one?",
        choices_offered: [],
        session_id: "a",
        kind: "clarify",
        requested_at: 1795343362.25,
        timeout_seconds: 120,
        expires_at: 0,
      },
    ],
    ["title_status", { session_id: "a", status: "skipped" }],
    ["state_saved", { session_id: "a", kind: "memory", action: "saved" }],
    ["error", { error: "x" }],
  ];
  const bigger = ["done", "compressed", "goal_continue"];

  test("a turn has the server's 23 events, and the one that only the documentation has", () => {
    const names = eventsOf("streamChat").map(({ name }) => name);
    expect(names).toHaveLength(24);
    expect([...names].sort()).toEqual([...ofTurns.map(([name]) => name), ...bigger].sort());
    expect(oneLine(schemaOf("ErrorEvent").description)).toContain("never sends it: it sends `apperror`");
  });

  test.each(ofTurns)("%s carries what it carried on the wire, and no less", (event, payload) => {
    const validate = validatorOf(payloadOf("streamChat", event));
    expect(validate(payload), JSON.stringify(validate.errors)).toBe(true);
    for (const field of Object.keys(payload)) {
      expect(validate({ ...payload, [field]: undefined }), `${event} without ${field}`).toBe(false);
    }
  });

  test("done carries the session and its usage; a side question's says that it is one", () => {
    const { anyOf = [] } = resolve<Schema>(document, payloadOf("streamChat", "done"));
    expect(anyOf.map((kind) => resolve<Schema>(document, kind).required)).toEqual([
      ["session", "usage"],
      ["ephemeral", "answer", "session", "usage"],
    ]);
  });

  test("goals and compression tell of the session that comes next", () => {
    expect(resolve<Schema>(document, payloadOf("streamChat", "compressed")).required).toEqual([
      ...["session_id", "old_session_id", "new_session_id", "continuation_session_id", "message", "usage"],
    ]);
    expect(resolve<Schema>(document, payloadOf("streamChat", "goal_continue")).required).toEqual([
      ...["session_id", "continuation_prompt", "text", "message", "message_key", "message_args", "decision"],
    ]);
  });

  test.each([
    [
      "streamApprovals",
      "approval",
      { approval_id: "a", command: "ls", description: "x", pattern_key: "x", pattern_keys: [] },
    ],
    [
      "streamClarifications",
      "clarify",
      {
        clarify_id: "0a1b2c3d4e5f",
        question: "Which one?",
        choices_offered: [],
        session_id: "a",
        kind: "clarify",
        requested_at: 1,
        timeout_seconds: 120,
        expires_at: 0,
      },
    ],
  ])(
    "%s begins with what waits, and tells of changes in the server's form and in that of the docs",
    (id, event, bare) => {
      expect(eventsOf(id).map(({ name }) => name)).toEqual(["initial", event]);
      const initial = validatorOf(payloadOf(id, "initial"));
      expect(initial({ pending: null, pending_count: 0 })).toBe(true);
      expect(initial({ pending: bare, pending_count: 1 })).toBe(true);
      expect(initial(bare)).toBe(false);
      const change = validatorOf(payloadOf(id, event));
      for (const payload of [{ pending: bare, pending_count: 1 }, { pending: null, pending_count: 0 }, bare]) {
        expect(change(payload), JSON.stringify(change.errors)).toBe(true);
      }
      expect(change({ pending_count: 1 })).toBe(false);
    },
  );

  test("only a turn's stream ends and can be resumed, with the id of the last event", () => {
    expect(idsWhere(({ operation }) => operation["x-stream"])).toEqual(["streamChat"]);
    expect(placed("streamChat").operation["x-stream"]).toEqual({
      terminal: ["stream_end", "cancel", "apperror", "error", { event: "done", when: { ephemeral: true } }],
      resume: "after_event_id",
    });
    const places = Object.fromEntries(
      placed("streamChat").parameters.map((parameter) => [parameter.name, parameter.in]),
    );
    expect(places).toEqual({
      stream_id: "query",
      replay: "query",
      after_seq: "query",
      after_event_id: "query",
      "Last-Event-ID": "header",
    });
  });

  test("the events of turns have ids, those of prompts have none", () => {
    const withId = (id: string) => {
      const { itemSchema = {} } = responseOf(id, "200").content?.["text/event-stream"] ?? {};
      const kinds = (resolve<Schema>(document, itemSchema).oneOf ?? []).map((kind) => resolve<Schema>(document, kind));
      return new Set(kinds.map(({ properties = {} }) => "id" in properties));
    };
    expect(withId("streamChat")).toEqual(new Set([true]));
    expect(withId("streamApprovals")).toEqual(new Set([false]));
    expect(withId("streamClarifications")).toEqual(new Set([false]));
  });
});

describe("what is not JSON", () => {
  test.each([
    ["readFileRaw", "200", "*/*"],
    ["readFileRaw", "206", "*/*"],
    ["getMedia", "200", "*/*"],
    ["getMedia", "206", "*/*"],
    ["downloadFolder", "200", "application/zip"],
    ["synthesizeSpeech", "200", "audio/mpeg"],
  ])("%s %s answers bytes as %s", (id, status, mediaType) => {
    const { content = {} } = responseOf(id, status);
    expect(Object.keys(content)).toEqual([mediaType]);
    const schema = resolve<Schema>(document, content[mediaType]?.schema ?? {});
    expect(schema).not.toHaveProperty("type");
    expect(schema).toHaveProperty("contentMediaType");
  });

  test("a session is exported as JSON or as a page", () => {
    expect(Object.keys(responseOf("exportSession", "200").content ?? {})).toEqual(["application/json", "text/html"]);
    expect(parameterOf("exportSession", "format").schema).toMatchObject({ enum: ["json", "html"], default: "json" });
  });

  test("three operations stream", () => {
    expect(
      idsWhere(({ operation }) => responseOf(operation.operationId, "200").content?.["text/event-stream"]),
    ).toEqual(["streamApprovals", "streamChat", "streamClarifications"]);
  });

  test("two operations take files, and nothing else takes anything but JSON", () => {
    const other = idsWhere(({ operation }) =>
      Object.keys(requestOf(operation.operationId)).some((type) => !/json/.test(type)),
    );
    expect(other).toEqual(["transcribeAudio", "uploadFile"]);
    for (const [id, required] of [
      ["uploadFile", ["session_id", "file"]],
      ["transcribeAudio", ["file"]],
    ] as const) {
      expect(Object.keys(requestOf(id))).toEqual(["multipart/form-data"]);
      const schema = resolve<Schema>(document, requestOf(id)["multipart/form-data"]?.schema ?? {});
      expect(schema.required).toEqual(required);
      expect(schema.properties?.file).toMatchObject({ contentMediaType: "application/octet-stream" });
    }
  });
});

describe("limits and words that the server has", () => {
  test.each([
    ["listSessions", "sidebar_source", { enum: ["webui", "cli"] }],
    ["searchSessions", "content", { enum: [0, 1], default: 1 }],
    ["searchSessions", "depth", { default: 5 }],
    ["getSession", "messages", { enum: [0, 1], default: 1 }],
    ["listModels", "freshness", { enum: ["session_visit"] }],
    ["getCronOutput", "limit", { minimum: 1, maximum: 500, default: 5 }],
    ["getInsights", "days", { default: 30 }],
    ["getGitDiff", "kind", { enum: ["unstaged", "staged"], default: "unstaged" }],
  ])("parameters: %s %s", (id, name, expected) => {
    expect(parameterOf(id, name).schema).toMatchObject(expected);
  });

  test.each([
    ["listSessions", "archived_limit", "A number outside of 0 to 2,000 counts as the nearest"],
    ["listSessions", "archived_offset", "A number outside of 0 to 200,000 counts as the nearest"],
    ["getSession", "msg_limit", "Larger numbers count as 500"],
    ["getInsights", "days", "A number outside of 1 to 365 counts as the nearest"],
  ])("%s %s is bent to its limits by the server, and so has none", (id, name, words) => {
    const { description, schema } = parameterOf(id, name);
    expect(oneLine(description)).toContain(words);
    expect(schema).not.toHaveProperty("minimum");
    expect(schema).not.toHaveProperty("maximum");
  });

  test.each([
    ["renameSession", { required: ["session_id", "title"] }],
    ["pinSession", { required: ["session_id"], properties: { pinned: { default: true } } }],
    ["archiveSession", { required: ["session_id"], properties: { archived: { default: true } } }],
    ["branchSession", { required: ["session_id"], properties: { keep_count: { minimum: 0 } } }],
    ["truncateSession", { required: ["session_id", "keep_count"], properties: { keep_count: { minimum: 0 } } }],
    ["importSession", { required: ["messages"] }],
    ["createProject", { required: ["name"], properties: { color: { pattern: "^#[0-9a-fA-F]{3,8}$" } } }],
    ["startChat", { required: ["session_id"] }],
    ["respondApproval", { properties: { choice: { enum: ["once", "session", "always", "deny"], default: "deny" } } }],
    ["setModel", { properties: { scope: { enum: ["main", "auxiliary"] } } }],
    [
      "setReasoning",
      { properties: { effort: { enum: ["none", "minimal", "low", "medium", "high", "xhigh", "max"] } } },
    ],
    ["writeMemory", { properties: { section: { enum: ["memory", "user", "soul"] } } }],
    ["createCron", { required: ["prompt", "schedule"], properties: { deliver: { default: "local" } } }],
    ["applyUpdate", { properties: { target: { enum: ["webui", "agent"] } } }],
    [
      "synthesizeSpeech",
      {
        required: ["text"],
        properties: {
          text: { maxLength: 5000 },
          rate: { type: "string" },
          pitch: { type: "string" },
          engine: { enum: ["edge", "elevenlabs", "openai", "browser"], default: "edge" },
        },
      },
    ],
  ])("bodies: %s", (id, expected) => {
    expect(bodyOf(id)).toMatchObject(expected);
  });

  test("the three kinds of schedule", () => {
    const kinds = (schemaOf("CronSchedule").oneOf ?? []).map((kind) => resolve<Schema>(document, kind));
    expect(kinds.map(({ properties = {}, required }) => [(properties.kind as Schema).const, required])).toEqual([
      ["cron", ["kind", "expr", "display"]],
      ["interval", ["kind", "minutes", "display"]],
      ["once", ["kind", "run_at", "display"]],
    ]);
  });

  test("times of sessions are numbers, those of jobs are dates, and nanoseconds are digits", () => {
    for (const name of ["created_at", "updated_at", "last_message_at"]) {
      expect(schemaOf("SessionSummary").properties?.[name]).toHaveProperty("type", "number");
    }
    for (const name of ["next_run_at", "last_run_at"]) {
      expect(schemaOf("CronJob").properties?.[name]).toMatchObject({ type: ["string", "null"], format: "date-time" });
    }
    expect(schemaOf("DirEntry").properties?.mtime_ns).toHaveProperty("type", ["string", "null"]);
  });

  test("a message's id is an integer that need not be there", () => {
    expect(schemaOf("Message").properties?.id).toHaveProperty("type", "integer");
    expect(schemaOf("Message").required).not.toContain("id");
  });
});

describe("what tools read from the Hermes description", () => {
  test("the client's class, its errors, and that nothing refused is sent again", () => {
    expect(document["x-client"]).toEqual({
      name: "Hermes",
      error: { code: "/code", message: "/error" },
      retryRefused: false,
    });
  });

  test("two GETs are not repeated, since they change state", () => {
    expect(idsWhere(({ operation }) => operation["x-retry-safe"] === false)).toEqual([
      "cancelChat",
      "getBackgroundResults",
    ]);
    expect(idsWhere(({ operation }) => operation["x-retry-safe"] === true)).toEqual([]);
  });

  test("passwords, keys, cookies and tokens are marked", () => {
    const marked: string[] = [];
    visit(document, (node, place) => {
      if (node["x-sensitive"] === true) marked.push(place.split("/").pop()!);
    });
    expect(new Set(marked)).toEqual(
      new Set([
        ...["password", "_set_password", "_current_password", "api_key", "Set-Cookie", "share_token"],
        ...["mirror_token", "_gateway_mirror_token", "_webui_mirror_token"],
      ]),
    );
  });
});
