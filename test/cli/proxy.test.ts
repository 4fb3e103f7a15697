import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Mock, startMock } from "../../src/mock/index.js";
import { type Listening, listen } from "../../src/server/listen.js";
import { run, start } from "./command.js";

let mock: Mock;
let busy: Listening;
let folder: string;
beforeAll(async () => {
  mock = await startMock({ port: 0, apis: ["herobrain"] });
  busy = await listen(createServer(() => {}));
  folder = await mkdtemp(join(tmpdir(), "agent-apis-proxy-"));
});
afterAll(async () => {
  await Promise.all([mock.close(), busy.close(), rm(folder, { recursive: true })]);
});

const secret = "hb_a_real_secret_key";
const list = "/api/v1/memories?tenantId=user_12345";

/** Starts the proxy, has it used, and ends it with Ctrl-C. */
async function proxied(
  args: string[],
  use: (origin: string) => Promise<unknown>,
  target = mock.baseUrls.herobrain ?? "",
) {
  const command = start(["proxy", "herobrain", "--target", target, "--port", "0", ...args]);
  const [, origin = ""] = await (args.includes("json") ? told(command) : command.printed(/(http:\/\/127\S+) passes/));
  await use(origin);
  command.process.kill("SIGINT");
  return { ...(await command.exit), origin };
}

/** What is told meanwhile is on stderr, where a report for programs goes to stdout. */
async function told(command: ReturnType<typeof start>): Promise<RegExpExecArray> {
  for (;;) {
    const match = /(http:\/\/127\S+) passes/.exec(command.stderr);
    if (match) return match;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const get = (path: string) => async (origin: string) =>
  (await fetch(origin + path, { headers: { authorization: `Bearer ${secret}` } })).text();

describe("a proxy", () => {
  test("prints a line for each exchange, and a report at Ctrl-C, with code 0 if nothing is wrong", async () => {
    const { code, stdout, stderr } = await proxied([], get(list));
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^\d\d:\d\d:\d\d GET {4}200 +\d+ ms {2}listMemories {2}\/api\/v1\/memories\?tenantId=user_12345$/m,
    );
    expect(stdout).toMatch(/^operations +1 of 18 +5 %$/m);
    expect(stdout).toMatch(/^1 exchange\. No findings\.$/m);
    expect(stdout).not.toContain(secret);
  });

  test("ends with code 1 for an error, and says below the exchange what is wrong", async () => {
    const wrong = await listen(
      createServer((request, response) => {
        request.resume();
        response.writeHead(200, { "content-type": "text/html" }).end("<p>");
      }),
    );
    const { code, stdout } = await proxied(["--quiet"], get(list), wrong.origin);
    await wrong.close();
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ {9}warning response-media-type at Content-Type: The media type is not documented\.$/m);
    expect(stdout).toMatch(/^error response-header-missing F200 {2}listMemories$/m);
  });

  test("with --quiet prints nothing of an exchange with which nothing is wrong", async () => {
    const { stdout } = await proxied(["--quiet"], get(list));
    expect(stdout).not.toContain("GET");
  });

  test("through which nothing of the API has passed ends with code 2", async () => {
    const { code, stdout } = await proxied([], get("/favicon.ico"));
    expect(code).toBe(2);
    expect(stdout).toMatch(/^1 request for no operation of the description:\n {2}1 × GET \/favicon\.ico$/m);
  });

  test("records what passes, for verify --har to judge again, without credentials and for nobody else to read", async () => {
    const har = join(folder, "all.har");
    const { origin } = await proxied(["--har", har], get(`${list}&limit=500`));
    const text = await readFile(har, "utf8");
    expect(JSON.parse(text).log.entries).toHaveLength(1);
    expect(text).not.toContain(secret);
    if (process.platform !== "win32") expect((await stat(har)).mode & 0o077).toBe(0);
    expect(origin).toMatch(/^http/);
    const judged = await run("verify", "herobrain", "--har", har);
    expect(judged.code).toBe(0);
    expect(judged.stdout).toMatch(/^warning request-invalid F911 {2}listMemories$/m);
    expect(judged.stdout).toMatch(/^1 exchange\. 1 warning, 1 note\.$/m);
  });

  test("prints a report for programs by itself on stdout", async () => {
    const { stdout, stderr } = await proxied(["--format", "json"], get(list));
    expect(JSON.parse(stdout)).toMatchObject({ source: "relayed", requests: 1 });
    expect(stderr).toContain("listMemories");
  });
});

test("a target that is down is answered for, and is a finding", async () => {
  const { code, stdout } = await proxied([], get(list), "http://127.0.0.1:9");
  expect(code).toBe(1);
  expect(stdout).toMatch(/^ {9}error no-answer: The connection failed: /m);
});

test.concurrent.each([
  [[], "One API has to be named.", "herobrain"],
  [
    ["herobrian", "--target", "http://127.0.0.1:1"],
    'There is no API "herobrian". Did you mean "herobrain"?',
    "The APIs",
  ],
  [["herobrain"], "The option --target is missing.", "--target http://"],
  [["herobrain", "--target", "nowhere"], '"nowhere" is no address of a server.', "--target http://"],
  [["herobrain", "--server", "http://127.0.0.1:1"], "There is no option --server.", "--help"],
  [["herobrain", "--target", "http://127.0.0.1:1", "--port", "many"], '"many" is no port.', "1 to 65535"],
  [["herobrain", "--target", "http://127.0.0.1:1", "--format", "jsno"], 'Did you mean "json"?', "junit"],
  [
    ["herobrain", "--target", "http://127.0.0.1:1", "--har", "/no/such/folder/x.har"],
    "The recording /no/such/folder/x.har cannot be written",
    "ENOENT",
  ],
])("proxy %j ends with code 2 and says how to mend it", async (args, wrong, allowed) => {
  const { code, stdout, stderr } = await run("proxy", ...args);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(wrong);
  expect(stderr).toContain(allowed);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("a port that is busy is not replaced by another, since a client was pointed at it", async () => {
  const { code, stderr } = await run(
    "proxy",
    "herobrain",
    "--target",
    "http://127.0.0.1:1",
    "--port",
    String(busy.port),
  );
  expect([code, stderr]).toEqual([
    2,
    `Error: Port ${busy.port} is busy.\nTake another with --port, or leave --port out.\n`,
  ]);
});

test("its help fits 80 columns", async () => {
  const { stdout } = await run("proxy", "--help");
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
});
