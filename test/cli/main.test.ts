import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../src/package-root.js";
import { run } from "./command.js";

test.concurrent.each([[[]], [["--help"]], [["-h"]]])("%j prints the verbs and ends well", async (args) => {
  const { code, stdout, stderr } = await run(...args);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^Usage: agent-apis <verb>/);
  expect(stdout).toMatch(/^ {2}mock +Serve/m);
});

test.concurrent("--version prints the version of the package and nothing else", async () => {
  const { version } = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8"));
  expect(await run("--version")).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: "" });
});

test.concurrent("a verb's help is given whatever else is on the line", async () => {
  const { code, stdout } = await run("mock", "nonsense", "--nonsense", "--help");
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Usage: agent-apis mock \[api \.\.\.\] \[--port N\] \[--quiet\]/);
  expect(stdout).toMatch(/Prefer: code=429/);
});

test.concurrent.each([[["--help"]], [["mock", "--help"]]])("%j fits 80 columns", async (args) => {
  const { stdout } = await run(...args);
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

test.concurrent.each([
  [["mokc"], 'There is no verb "mokc". Did you mean "mock"?', "The verbs are: mock"],
  [["constructor"], 'There is no verb "constructor".', "The verbs are: mock"],
  [["--hlep"], 'There is no option --hlep. Did you mean "--help"?', "agent-apis --help"],
  [["mock", "--prot", "1"], 'There is no option --prot. Did you mean "--port"?', "agent-apis mock --help"],
  [["mock", "--port"], "The option --port needs a value.", "agent-apis mock --help"],
  [["mock", "--quiet=yes"], "The option --quiet takes no value.", "agent-apis mock --help"],
  [["mock", "--port", "65536"], '"65536" is no port.', "from 1 to 65535"],
  [["mock", "--port", "4e3"], '"4e3" is no port.', "from 1 to 65535"],
  [["mock", "herobrian"], 'There is no API "herobrian". Did you mean "herobrain"?', "The APIs are: "],
])("%j ends with code 2, says what is wrong and what is allowed, without a stack", async (args, wrong, allowed) => {
  const { code, stdout, stderr } = await run(...args);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(wrong);
  expect(stderr).toContain(allowed);
  expect(stderr).not.toMatch(/^\s+at /m);
});
