import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Mock, startMock } from "../../src/mock/index.js";
import { type Listening, listen } from "../../src/server/listen.js";
import { run, start } from "./command.js";

let mock: Mock;
let folder: string;
let silent: Listening;
/** Answers everything with an empty object, be it right or wrong. */
let wrong: Listening;
beforeAll(async () => {
  mock = await startMock({ port: 0, apis: ["herobrain"] });
  folder = await mkdtemp(join(tmpdir(), "agent-apis-verify-"));
  silent = await listen(createServer(() => {}));
  wrong = await listen(
    createServer((request, response) => {
      request.resume();
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    }),
  );
});
afterAll(async () => {
  await Promise.all([mock.close(), silent.close(), wrong.close(), rm(folder, { recursive: true })]);
});

const herobrain = () => ["verify", "herobrain", "--server", mock.baseUrls.herobrain ?? ""];
/** Where nothing listens: these arguments are wrong before anything is sent. */
const closed = ["--server", "http://127.0.0.1:9"];
const secret = "hb_a_real_secret_key";
const credential = ["--credential", `apiKey=${secret}`];

describe("a server that conforms", () => {
  test("ends with code 0, and a table with what was covered", async () => {
    const { code, stdout, stderr } = await run(...herobrain(), ...credential, "--only", "listMemories,getMemory");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^operations +2 of 2 +100 %$/m);
    expect(stdout).toMatch(/^\d+ requests in [\d.]+ s, seed 1\. 1 note\.$/m);
    expect(stdout).not.toContain("\u001b");
  });

  test("is asked with the credential of the environment, or of a file that it names", async () => {
    const only = ["--only", "getMemory"];
    const direct = await start([...herobrain(), ...only], { AGENT_APIS_HEROBRAIN_API_KEY: secret }).exit;
    expect(direct.stdout).not.toContain("no credential");
    await writeFile(join(folder, "key"), `${secret}\n`);
    const named = await start([...herobrain(), ...only], { AGENT_APIS_HEROBRAIN_API_KEY_FILE: join(folder, "key") })
      .exit;
    expect(named.stdout).not.toContain("no credential");
    expect((await run(...herobrain(), ...only)).stdout).toContain("getMemory: no credential was given for it");
  });
});

describe("a server that does not", () => {
  test("ends with code 1, and the table shows what is wrong, a curl line and the call, but no credential", async () => {
    const { code, stdout } = await run(
      "verify",
      "herobrain",
      "--server",
      wrong.origin,
      ...credential,
      "--only",
      "getMemory",
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/^warning response-body F200 {2}getMemory$/m);
    expect(stdout).toMatch(/^ {2}client: await heroBrain\.memories\.get\(/m);
    expect(stdout).toContain('-H "authorization: Bearer $AGENT_APIS_HEROBRAIN_API_KEY"');
    expect(stdout).not.toContain(secret);
    expect(stdout.split("\n").filter((line) => line.length > 80 && !line.startsWith("  curl"))).toEqual([]);
  });

  test("is written to a file in another format, and its exchanges to an archive", async () => {
    const [report, archive] = [join(folder, "report.sarif"), join(folder, "all.har")];
    const files = ["--format", "sarif", "--output", report, "--har", archive];
    const { code, stdout, stderr } = await run(
      "verify",
      "herobrain",
      "--server",
      wrong.origin,
      ...credential,
      "--only",
      "getMemory",
      ...files,
    );
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^\d+ requests\. \d+ errors?.*\.\n$/);
    expect(JSON.parse(await readFile(report, "utf8")).runs[0].results.length).toBeGreaterThan(0);
    const text = await readFile(archive, "utf8");
    expect(JSON.parse(text).log.entries.length).toBeGreaterThan(0);
    expect(text).not.toContain(secret);
  });
});

describe("a recording", () => {
  test("that was made with --server and --har is judged with --har alone, and nothing is sent", async () => {
    const archive = join(folder, "judged.har");
    const made = await run(
      ...herobrain(),
      ...credential,
      "--only",
      "getUsageMetrics",
      "--no-workflows",
      "--har",
      archive,
    );
    expect(made.code).toBe(0);
    const { code, stdout } = await run("verify", "herobrain", "--har", archive);
    expect(code).toBe(0);
    expect(stdout).toContain(mock.baseUrls.herobrain);
    expect(stdout).toMatch(/^\d+ exchanges\. /m);
    expect(stdout).not.toContain(secret);
  });

  test("with a wrong answer in it ends with code 1", async () => {
    const archive = join(folder, "wrong.har");
    await run(
      "verify",
      "herobrain",
      "--server",
      wrong.origin,
      ...credential,
      "--only",
      "listMemories",
      "--har",
      archive,
    );
    const { code, stdout } = await run("verify", "herobrain", "--har", archive, "--strict");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^error response-body F200 {2}listMemories$/m);
  });
});

describe("workflows", () => {
  test("alone are run with --workflows, and what cannot be run is told with its reason", async () => {
    const { code, stdout } = await run(
      ...herobrain(),
      ...credential,
      "--workflows",
      "--write",
      ...["--input", "tenantId=user_12345"],
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^workflows +2 of 3 +66 %$/m);
    expect(stdout).toMatch(/^ {2}webhookLife: no value for --input url, --input secret$/m);
    expect(stdout).not.toContain(secret);
  });

  test("take their inputs from the environment as well", async () => {
    const command = start([...herobrain(), ...credential, "--workflows", "--write"], {
      AGENT_APIS_HEROBRAIN_TENANT_ID: "user_12345",
    });
    expect((await command.exit).stdout).toMatch(/^workflows +2 of 3 +66 %$/m);
  });
});

test("a server that asks for no credential is verified without one, and not blamed for it, with --no-auth", async () => {
  const open = await listen(
    createServer(async (request, response) => {
      const headers = { ...request.headers, authorization: "Bearer anyone" } as unknown as Record<string, string>;
      const answer = await fetch(`${mock.baseUrls.herobrain}${request.url}`, { headers });
      const {
        "x-ratelimit-limit": limit = "",
        "x-ratelimit-remaining": left = "",
        "x-ratelimit-reset": until = "",
      } = Object.fromEntries(answer.headers);
      response.writeHead(answer.status, {
        "content-type": "application/json",
        "x-ratelimit-limit": limit,
        "x-ratelimit-remaining": left,
        "x-ratelimit-reset": until,
      });
      response.end(await answer.text());
    }),
  );
  const only = ["--server", open.origin, "--only", "listWebhooks"];
  const blamed = await run("verify", "herobrain", ...only);
  const taken = await run("verify", "herobrain", ...only, "--no-auth");
  await open.close();
  expect(blamed.stdout).toMatch(/^error authentication-not-enforced/m);
  expect(taken.code).toBe(0);
  expect(taken.stdout).toMatch(/^operations +1 of 1 +100 %$/m);
});

test("a server that does not answer does not make it hang", async () => {
  const { code, stderr } = await run("verify", "herobrain", "--server", silent.origin, "--timeout", "300ms");
  expect(code).toBe(2);
  expect(stderr).toContain("no answer within 300 ms");
});

test("Ctrl-C ends it with code 130, after it has printed what it has found", async () => {
  const slow = await listen(
    createServer((request, response) => {
      request.resume();
      setTimeout(() => response.writeHead(200, { "content-type": "application/json" }).end("{}"), 150);
    }),
  );
  let asked = 0;
  const command = start([
    "verify",
    "herobrain",
    "--server",
    slow.origin,
    ...credential,
    "--concurrency",
    "1",
    "--write",
  ]);
  const counting = setInterval(async () => {
    asked++;
    if (asked === 30) command.process.kill("SIGINT");
  }, 100);
  const { code, stdout } = await command.exit;
  clearInterval(counting);
  await slow.close();
  expect(code).toBe(130);
  expect(stdout).toMatch(/Interrupted: \d+ steps not taken\.$/m);
});

test.concurrent.each([
  [[], "One API has to be named.", "herobrain"],
  [
    ["herobrian", "--server", "http://127.0.0.1:1"],
    'There is no API "herobrian". Did you mean "herobrain"?',
    "The APIs are: ",
  ],
  [["herobrain"], "The option --server is missing.", "--server http://"],
  [["herobrain", "--server", "nowhere"], '"nowhere" is no address of a server.', "--server http://"],
  [["herobrain", "--server", "http://me:pw@host"], "The address of the server holds a credential.", "--credential"],
  [["herobrain", ...closed, "--budget", "soon"], '"soon" is no time for --budget.', "60s"],
  [["herobrain", ...closed, "--concurrency", "0"], '"0" is no number for --concurrency.', "from 1 on"],
  [["herobrain", ...closed, "--format", "jsno"], 'There is no format "jsno". Did you mean "json"?', "junit"],
  [["herobrain", ...closed, "--only", "listMemory"], 'Did you mean "listMemories"?', "openapi.yaml"],
  [["herobrain", ...closed, "--credential", "key=hidden-value"], 'There is no security scheme "key".', "apiKey"],
  [["herobrain", ...closed, "--header", "hidden-value"], "A header cannot be read.", "Name: value"],
  [
    ["herobrain", ...closed, "--input", "tenant=hidden-value"],
    'No workflow has an input "tenant".',
    "The inputs are: apiKey, tenantId",
  ],
  [["herobrain", ...closed, "--workflows", "--no-workflows"], "runs nothing else", "one of them"],
  [["herobrain", "--har", "no-such.har"], "The recording no-such.har cannot be read: it does not exist.", "--server"],
  [["herobrain", "--har", "README.md"], "The recording README.md is not JSON.", "HTTP Archive"],
  [["herobrain", "--har", "package.json"], "is no HTTP Archive: it has no log.entries.", "HTTP Archive"],
  [["herobrain", "--har", "x.har", "--write"], "--write is about what is sent", "--server URL"],
  [["herobrain", ...closed, "--base", "http://x"], "--base belongs to --har", "--help"],
  [["herobrain", "--har", "x.har", "--base", "nowhere"], '"nowhere" is no address of a server.', "--base http://"],
  [["herobrain", "--server", "http://127.0.0.1:2"], "Nothing answers at http://127.0.0.1:2", "Is the server running"],
])("verify %j ends with code 2 and says how to mend it", async (args, wrong, allowed) => {
  const { code, stdout, stderr } = await run("verify", ...args);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(wrong);
  expect(stderr).toContain(allowed);
  expect(stderr).not.toContain("hidden-value");
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("its help fits 80 columns", async () => {
  const { stdout } = await run("verify", "--help");
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
});
