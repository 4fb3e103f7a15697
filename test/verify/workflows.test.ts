import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Listening, listen } from "../../src/server/listen.js";
import {
  describedApis,
  loadDescription,
  type Mock,
  placeholderCredentials,
  startMock,
} from "../../src/testing/index.js";
import { type VerifyOptions, verify } from "../../src/verify/index.js";
import { readWorkflows } from "../../src/verify/workflows/read-workflows.js";
import { RespectMissingError, respectCommand } from "../../src/verify/workflows/respect.js";
import { type Handle, startProxy } from "./proxy.js";
import { WORKFLOW_INPUTS } from "./workflow-inputs.js";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ port: 0, onAccess: () => {} });
});
afterAll(() => mock.close());

const SECRET = "hb_secret_of_the_workflows";

/** Runs the workflow in which a memory lives, through something that may make a mistake. */
async function memoryLife(handle: Handle, options: Partial<VerifyOptions> = {}) {
  const server = await startProxy(mock.baseUrls.herobrain ?? "", handle);
  try {
    return await verify("herobrain", {
      server: server.origin,
      write: true,
      workflows: "only",
      only: ["createMemory", "searchMemories", "updateMemory", "getMemory", "deleteMemory"],
      credentials: { apiKey: SECRET },
      inputs: { tenantId: "user_12345" },
      ...options,
    });
  } finally {
    await server.close();
  }
}

const rightly: Handle = (asked, forward) => forward(asked);

test.each(describedApis())("every workflow of %s passes with the mock, and is known by the build", async (api) => {
  const { report } = await verify(api, {
    server: mock.baseUrls[api] ?? "",
    write: true,
    workflows: "only",
    credentials: placeholderCredentials(loadDescription(api)),
    inputs: WORKFLOW_INPUTS[api] ?? {},
  });
  const known = readWorkflows(loadDescription(api)).flatMap(({ workflows }) => workflows);
  expect(report.workflows).toEqual(known.map(({ workflowId }) => ({ workflowId, outcome: "passed" })));
  expect(report.findings.map(({ check, message }) => [check, message])).toEqual([]);
});

describe("a workflow", () => {
  test("that breaks off is a finding, which names workflow, step and operation", async () => {
    const { report } = await memoryLife(async (asked, forward) => {
      const answer = await forward(asked);
      return asked.url.endsWith("/search")
        ? { ...answer, body: Buffer.from(answer.body.toString().replace('"relevance":0.89', '"relevance":0')) }
        : answer;
    });
    expect(report.findings).toMatchObject([
      {
        check: "workflow-step",
        operationId: "searchMemories",
        message: "Step search of the workflow memoryLife did not succeed.",
        expected: "$response.body#/data/results/0/relevance > 0",
        exchange: { label: "workflow memoryLife, step search", status: 200 },
      },
    ]);
    expect(report.workflows).toContainEqual({ workflowId: "memoryLife", outcome: "failed" });
  });

  test("has every answer judged as any other: what redocly respect does not look at is found as well", async () => {
    const { report } = await memoryLife(async (asked, forward) => {
      const answer = await forward(asked);
      const { "x-ratelimit-limit": _limit, ...headers } = answer.headers;
      return asked.method === "DELETE" ? { ...answer, headers } : answer;
    });
    expect(report.findings.map(({ check, operationId, location }) => [check, operationId, location])).toEqual([
      ["response-header-missing", "deleteMemory", "X-RateLimit-Limit"],
    ]);
  });

  test("that may not write, lacks an input or is not selected is not run, and the report says why", async () => {
    const reasons = async (options: Partial<VerifyOptions>) => {
      const { report } = await memoryLife(rightly, options);
      return report.workflows.find(({ workflowId }) => workflowId === "memoryLife");
    };
    const idle = { workflowId: "memoryLife", outcome: "not run" };
    expect(await reasons({ write: false })).toEqual({ ...idle, reason: "can change something: needs --write" });
    expect(await reasons({ inputs: {} })).toEqual({ ...idle, reason: "no value for --input tenantId" });
    expect(await reasons({ only: ["getMemory"] })).toEqual({ ...idle, reason: "not selected" });
    expect(await reasons({ workflows: "without", only: ["getMemory"] })).toBeUndefined();
  });

  test("that the account does not allow says nothing about the server", async () => {
    const { report } = await memoryLife((asked, forward) =>
      forward({ ...asked, headers: { ...asked.headers, prefer: "code=402", accept: "*/*" } }),
    );
    expect(report.findings).toEqual([]);
    expect(report.workflows).toContainEqual({
      workflowId: "memoryLife",
      outcome: "undecided",
      reason: "remember: it asks for payment (402)",
    });
  });

  test("is ended together with the run", async () => {
    const stop = new AbortController();
    const { report } = await memoryLife(
      async () => {
        stop.abort();
        return "silence";
      },
      { signal: stop.signal },
    );
    expect(report.ended).toBe("interrupted");
    expect(report.findings).toEqual([]);
  });
});

describe("what a workflow sends", () => {
  let stranger: Listening;
  let strangers = 0;
  beforeAll(async () => {
    stranger = await listen(
      createServer((_request, response) => {
        strangers++;
        response.end();
      }),
    );
  });
  afterAll(() => stranger.close());

  test("goes to no other server: a redirect is not followed, and a proxy of the environment not used", async () => {
    process.env.HTTP_PROXY = stranger.origin;
    process.env.http_proxy = stranger.origin;
    try {
      const { report } = await memoryLife(async (asked, forward) => {
        const answer = await forward(asked);
        return { ...answer, status: 307, headers: { location: `${stranger.origin}/taken` } };
      });
      expect(report.findings.map(({ check }) => check)).toContain("redirect-elsewhere");
    } finally {
      delete process.env.HTTP_PROXY;
      delete process.env.http_proxy;
    }
    expect(strangers).toBe(0);
  });

  test("has its credentials neither on a command line nor in the report or the recording", async () => {
    let processes = "";
    const credentials = new Set<string | undefined>();
    const { report, har } = await memoryLife(async (asked, forward) => {
      // What only looks whether somebody answers has no credential.
      if (asked.url === "/") return forward(asked);
      processes ||= execFileSync("ps", ["-A", "-ww", "-o", "args"], { encoding: "utf8" });
      credentials.add(asked.headers.authorization);
      return { ...(await forward(asked)), status: 500 };
    });
    expect([...credentials]).toEqual([`Bearer ${SECRET}`]);
    expect(processes).toMatch(/respect .*memory\.arazzo\.yaml/);
    for (const text of [processes, JSON.stringify(report), har()]) expect(text).not.toContain(SECRET);
    expect(report.findings.length).toBeGreaterThan(0);
  });

  test("carries the headers that every request is to have", async () => {
    const seen = new Set<string | undefined>();
    await memoryLife(
      (asked, forward) => {
        seen.add(asked.headers["x-team"]);
        return forward(asked);
      },
      { headers: { "X-Team": "blue" } },
    );
    expect([...seen]).toEqual(["blue"]);
  });
});

test("credentials are known to workflows by the place where they travel, whatever the input is called", () => {
  const [file] = readWorkflows(loadDescription("hermes"));
  expect(file?.workflows[0]?.inputs.get("session")).toBe("sessionCookie");
  const [hero] = readWorkflows(loadDescription("hero"));
  expect(hero?.workflows[0]?.inputs.get("apiKey")).toBe("apiKey");
});

test("without @redocly/cli there is no command, and the error says how to install it", () => {
  expect(respectCommand([join(tmpdir(), "package.json")])).toBeUndefined();
  expect(new RespectMissingError().message).toMatch(/npm install --save-dev @redocly\/cli@\d/);
});
