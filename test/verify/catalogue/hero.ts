import {
  answering,
  type CatalogueFault,
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

const base = { api: "hero" } as const;

/** Mistakes of a server that claims to be HERO. */
export const HERO_FAULTS: readonly CatalogueFault[] = [
  {
    ...base,
    name: "answers without the envelope",
    only: ["getAiUsage"],
    checks: ["response-body"],
    location: "",
    handle: json((body) => body.data),
  },
  {
    ...base,
    name: "sends a time as text",
    only: ["getWorkspace"],
    checks: ["response-body"],
    location: "/data/createdAt",
    handle: json((body) => {
      body.data.createdAt = "2025-11-19T10:00:00Z";
    }),
  },
  {
    ...base,
    name: "sends an object for a list",
    only: ["listProjects"],
    checks: ["response-body"],
    location: "/data",
    handle: json((body) => {
      body.data = {};
    }),
  },
  {
    ...base,
    name: "sends a role that nobody knows",
    only: ["getWorkspace"],
    checks: ["response-body"],
    location: "/data/collaborators/0/role",
    handle: json((body) => {
      body.data.collaborators[0].role = "emperor";
    }),
  },
  {
    ...base,
    name: "forgets the new key",
    only: ["createApiKey"],
    checks: ["response-body"],
    location: "/data",
    handle: json((body) => void delete body.data.accessToken),
  },
  { ...base, name: "swaps 201 for 200", only: ["createApiKey"], checks: ["response-status"], handle: status(200) },
  {
    ...base,
    name: "resets the rate limit tomorrow",
    only: ["getAiUsage"],
    checks: ["rate-limit-header"],
    location: "RateLimit-Reset",
    handle: header("ratelimit-reset", "tomorrow"),
  },
  {
    ...base,
    name: "gives a point in time for a span",
    only: ["getAiUsage"],
    checks: ["rate-limit-header"],
    location: "RateLimit-Reset",
    handle: header("ratelimit-reset", "1763546400"),
  },
  {
    ...base,
    name: "asks to come back at no date of HTTP",
    only: ["getAiUsage"],
    checks: ["retry-after"],
    location: "Retry-After",
    options: { answers: true },
    handle: header("retry-after", "2025-11-19T10:00:00Z", withStatus(429)),
  },
  {
    ...base,
    name: "sends an event with a wrong payload",
    only: ["streamAgent"],
    checks: ["response-event"],
    handle: text((body) => body.replace(/"content":"[^"]*"/, '"content":5')),
  },
  {
    ...base,
    name: "sends an event whose data is no JSON",
    only: ["streamAgent"],
    checks: ["response-event"],
    handle: text((body) => `data: hello\n\n${body}`),
  },
  {
    ...base,
    name: "cuts a stream off in the middle of an event",
    only: ["streamAgent"],
    checks: ["stream-cut-off"],
    handle: text((body) => body.trimEnd().slice(0, -4)),
  },
  {
    ...base,
    name: "answers JSON where a stream is described",
    only: ["streamAgent"],
    checks: ["response-media-type"],
    handle: header("content-type", "application/json"),
  },
  {
    ...base,
    name: "does without a required field",
    only: ["createApiKey"],
    checks: ["request-accepted"],
    handle: overlookingBody((body) => {
      if (!("name" in body)) body.name = "a";
    }),
  },
  {
    ...base,
    name: "serves whoever comes without a credential",
    only: ["getWorkspace"],
    checks: ["authentication-not-enforced"],
    handle: overlooking((asked) => ({ ...asked, headers: { authorization: "Bearer anyone", ...asked.headers } })),
  },
  {
    ...base,
    name: "takes numbers for a text in an error",
    only: ["createDocument"],
    checks: ["error-body"],
    handle: json((body) => {
      body.message = 400;
    }, withStatus(400)),
  },
  {
    ...base,
    name: "fails over a valid request",
    only: ["getSelfUserInfo"],
    checks: ["server-error"],
    handle: replacing("hero", "getSelfUserInfo", 500, success),
  },
  {
    ...base,
    name: "refuses what is documented",
    only: ["createSnapshot"],
    checks: ["request-rejected"],
    handle: answering(400, () => true),
  },
];
