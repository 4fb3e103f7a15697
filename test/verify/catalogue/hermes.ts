import { PROJECTS } from "../shelf.js";
import {
  answering,
  type CatalogueFault,
  changing,
  header,
  json,
  overlooking,
  overlookingBody,
  replacing,
  status,
  success,
  text,
  withStatus,
} from "./fault.js";

const base = { api: "hermes" } as const;
const projects = { ...base, only: ["listProjects", "createProject", "deleteProject"], shelf: PROJECTS };

/** Mistakes of a server that claims to be Hermes. */
export const HERMES_FAULTS: readonly CatalogueFault[] = [
  {
    ...base,
    name: "forgets the list",
    only: ["listSessions"],
    checks: ["response-body"],
    location: "",
    handle: json((body) => void delete body.sessions),
  },
  {
    ...base,
    name: "numbers its sessions",
    only: ["createSession"],
    checks: ["response-body"],
    location: "/session/session_id",
    handle: json((body) => {
      body.session.session_id = 12;
    }),
  },
  {
    ...base,
    name: "says yes in words",
    only: ["getSessionYolo"],
    checks: ["response-body"],
    location: "/yolo_enabled",
    handle: json((body) => {
      body.yolo_enabled = "yes";
    }),
  },
  {
    ...base,
    name: "ends a stream without an event that ends it",
    only: ["streamChat"],
    checks: ["stream-cut-off"],
    handle: text((body) =>
      body
        .split("\n\n")
        .filter((event) => !/event: (stream_end|done|cancel|apperror|error)/.test(event))
        .join("\n\n"),
    ),
  },
  {
    ...base,
    name: "breaks a stream off",
    only: ["streamChat"],
    checks: ["stream-cut-off"],
    handle: changing((answer) => ({ ...answer, breakAfter: 300 })),
  },
  {
    ...base,
    name: "names an event that nobody knows",
    only: ["streamChat"],
    checks: ["response-event-undocumented"],
    handle: text((body) => body.replace("event: token", "event: word")),
  },
  {
    ...base,
    name: "sends an event with a wrong payload",
    only: ["streamChat"],
    checks: ["response-event"],
    handle: text((body) => body.replace('{"text":"I will look "}', '{"text":7}')),
  },
  {
    ...base,
    name: "forgets a header of a download",
    only: ["readFileRaw"],
    checks: ["response-header-missing"],
    location: "Cache-Control",
    handle: header("cache-control", undefined),
  },
  {
    ...base,
    name: "takes an invalid header for a valid one",
    only: ["readFileRaw"],
    checks: ["response-header"],
    location: "Accept-Ranges",
    handle: header("accept-ranges", "pages"),
  },
  {
    ...base,
    name: "serves whoever comes without a cookie",
    only: ["listSessions"],
    checks: ["authentication-not-enforced"],
    handle: overlooking((asked) => ({ ...asked, headers: { cookie: "hermes_session=anyone", ...asked.headers } })),
  },
  {
    ...base,
    name: "renames without a title",
    only: ["renameSession"],
    checks: ["request-accepted"],
    handle: overlookingBody((body) => {
      if (!("title" in body)) body.title = "Untitled";
    }),
  },
  {
    ...base,
    name: "does without a required parameter",
    only: ["getSessionStatus"],
    checks: ["request-accepted"],
    handle: overlooking((asked) => ({
      ...asked,
      url: asked.url.includes("session_id=") ? asked.url : `${asked.url}?session_id=a1b2c3d4e5f6`,
    })),
  },
  {
    ...base,
    name: "breaks down over a bad request",
    only: ["createProject"],
    checks: ["server-error"],
    handle: replacing("hermes", "createProject", 500, withStatus(400)),
  },
  {
    ...base,
    name: "says nothing about an error",
    only: ["createProject"],
    checks: ["error-body"],
    handle: json(() => ({}), withStatus(400)),
  },
  {
    ...base,
    name: "refuses what is documented",
    only: ["createProject"],
    checks: ["request-rejected"],
    handle: answering(400, () => true),
  },
  {
    ...base,
    name: "swaps 200 for 204",
    only: ["getMemory"],
    checks: ["response-status"],
    handle: status(204),
  },
  {
    ...base,
    name: "has not implemented it",
    only: ["listCrons"],
    checks: ["server-error"],
    handle: changing((answer) => ({ ...answer, status: 501 })),
  },
  {
    ...base,
    name: "calls JSON text",
    only: ["getSettings"],
    checks: ["response-media-type"],
    handle: header("content-type", "text/plain"),
  },
  {
    ...projects,
    name: "does not delete a project",
    checks: ["delete-ineffective"],
    shelf: { ...PROJECTS, keepsDeleted: true },
    handle: (asked, forward) => forward(asked),
  },
  {
    ...projects,
    name: "does not list a new project",
    checks: ["list-item-disagree"],
    handle: json(
      (body) => void body.projects.splice(5),
      (answer, asked) => success(answer, asked) && asked.url.startsWith("/api/projects") && asked.method === "GET",
    ),
  },
];
