import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageRoot } from "../../src/package-root.js";
import { listen } from "../../src/server/listen.js";
import { runScript } from "../scripts/copy.js";
import { type Running, run, start } from "./command.js";

const { version } = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8"));

describe("agent-apis docs", () => {
  const running: Running[] = [];
  beforeAll(async () => {
    const { code, stderr } = await runScript("build.ts", ["--docs"]);
    expect(code, stderr).toBe(0);
  });
  afterAll(() => {
    for (const { process } of running) process.kill("SIGKILL");
  });

  async function serve(...args: string[]): Promise<{ command: Running; origin: string }> {
    const command = start(["docs", ...args]);
    running.push(command);
    const [, origin = ""] = await command.printed(
      /^agent-apis \S+ {2}(http:\/\/127\.0\.0\.1:\d+)\/\n[\s\S]*Press Ctrl-C/m,
    );
    return { command, origin };
  }

  test("serves the site and its Markdown, and says which version it is", async () => {
    const { command, origin } = await serve("--port", "0");
    expect(command.stdout).toContain(`agent-apis ${version}  ${origin}/\n`);
    const page = await fetch(`${origin}/`);
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    const [, llms = ""] = /^for agents +(\S+)$/m.exec(command.stdout) ?? [];
    const list = await (await fetch(llms)).text();
    const [, twin = ""] = /\]\(([^)]+\.md)\)/.exec(list) ?? [];
    const markdown = await fetch(new URL(twin, llms));
    expect([markdown.status, markdown.headers.get("content-type")]).toEqual([200, "text/markdown; charset=utf-8"]);
    expect(command.stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  test("says that a port is busy, and takes the next free one", async () => {
    const other = await listen(createServer());
    const { command, origin } = await serve("--port", String(other.port));
    expect(command.stdout).toContain(`Port ${other.port} is busy; using ${new URL(origin).port}.\n`);
    await other.close();
  });

  test.each(["SIGINT", "SIGTERM"] as const)("ends with code 0 on %s and frees the port", async (signal) => {
    const { command, origin } = await serve("--port", "0");
    await (await fetch(origin)).text();
    command.process.kill(signal);
    expect(await command.exit).toMatchObject({ code: 0, signal: null, stderr: "" });
    await expect(fetch(origin)).rejects.toThrow();
  });
});

test.concurrent.each([
  [["docs", "--prot", "1"], 'There is no option --prot. Did you mean "--port"?'],
  [["docs", "--port", "4e3"], '"4e3" is no port.'],
  [["docs", "acme"], '"acme" is too much'],
])("%j ends with code 2 and says what is wrong", async (args, wrong) => {
  const { code, stdout, stderr } = await run(...args);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(wrong);
});

test.concurrent("--help fits 80 columns and names the port", async () => {
  const { code, stdout } = await run("docs", "--help");
  expect(code).toBe(0);
  expect(stdout).toContain("4000 by default");
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
});
