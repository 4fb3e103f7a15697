import { readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listFiles } from "../../scripts/files.js";
import { findApis } from "../../scripts/project.js";
import { runScript } from "../scripts/copy.js";
import { type Consumer, installPacked, root } from "./consumer.js";

/** How large the packed package may become, in bytes. */
const largest = 6_000_000;

let consumer: Consumer;
beforeAll(async () => {
  // As `prepack` does.
  const { code, stderr } = await runScript("build.ts", ["--docs"]);
  expect(code, stderr).toBe(0);
  consumer = await installPacked();
});
afterAll(() => consumer?.remove());

async function filesBelow(folder: string): Promise<Map<string, string>> {
  const files = await listFiles(folder);
  return new Map(files.map((file) => [relative(folder, file).split(sep).join("/"), readFileSync(file, "utf8")]));
}

test("the package holds the whole site as it was built, hidden folders too", async () => {
  const [packed, built] = await Promise.all(
    [consumer.installed, root].map((folder) => filesBelow(join(folder, "generated/docs"))),
  );
  expect([...(packed ?? [])].sort()).toEqual([...(built ?? [])].filter(([path]) => !path.startsWith(".draft-")).sort());
  expect(packed?.has(".well-known/api-catalog")).toBe(true);
  expect(packed?.get("index.md")).toMatch(/^# agent-apis\n/);
});

test("its Markdown is about the descriptions beside it: the same version, and every operation of them", async () => {
  for (const { name } of await findApis(root)) {
    const folder = join(consumer.installed, "generated");
    const bundle = readFileSync(join(folder, name, "openapi.json"), "utf8");
    expect(readFileSync(join(folder, "docs", name, "openapi.json"), "utf8")).toBe(bundle);
    const { info, paths } = JSON.parse(bundle) as { info: { version: string }; paths: Record<string, object> };
    expect(readFileSync(join(folder, "docs", name, "index.md"), "utf8")).toContain(`Version: ${info.version}`);
    const operations = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item as Record<string, { operationId?: string }>).flatMap(([method, { operationId }]) =>
        operationId === undefined ? [] : [{ path, method: method.toUpperCase(), operationId }],
      ),
    );
    expect(operations.length).toBeGreaterThan(0);
    for (const { path, method, operationId } of operations) {
      const twin = readFileSync(join(folder, "docs", name, "operations", `${operationId}.md`), "utf8");
      expect(twin).toContain(`\`${method} ${path}\``);
    }
  }
});

test("the package is not larger than people put up with", async () => {
  expect((await stat(consumer.tarball)).size).toBeLessThan(largest);
});

test("the installed command serves the installed site", async () => {
  await consumer.write(
    "serve.js",
    `import { spawn } from "node:child_process";
const child = spawn(process.execPath, ["node_modules/agent-apis/dist/src/cli/main.js", "docs", "--port", "0"]);
let output = "";
child.stdout.on("data", async (text) => {
  output += text;
  const [, origin] = /(http:\\S+)\\/\\n/.exec(output) ?? [];
  if (!origin || !output.endsWith("Press Ctrl-C to stop.\\n\\n")) return;
  console.log((await (await fetch(origin + "/index.md")).text()).split("\\n")[0]);
  child.kill("SIGINT");
});
`,
  );
  expect((await consumer.node(["serve.js"])).stdout).toBe("# agent-apis\n");
});
