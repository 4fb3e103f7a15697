import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { build } from "../../scripts/pipeline.js";
import { type Copy, copyProject, runScript } from "./copy.js";

let copy: Copy;
beforeEach(async () => {
  copy = await copyProject();
});
afterEach(() => copy.remove());

/** The stages in which something of HeroBrain was made anew. */
async function madeStages(): Promise<string[]> {
  const made: string[] = [];
  await build({
    root: copy.root,
    apis: ["herobrain"],
    onStage: (_api, stage, kept) => void (kept || made.push(stage)),
  });
  return made.sort();
}

describe("generated/", () => {
  test("is what the sources make, byte for byte, with nothing kept from earlier", async () => {
    const { code, stderr } = await copy.run("build.ts", "--check");
    expect(stderr).toBe("");
    expect(code).toBe(0);
  });

  test("is refused by --check, file by file, when it is not what the sources make", async () => {
    await copy.edit("generated/herobrain/types.ts", (text) => `${text}\n`);
    await rm(join(copy.root, "generated/herobrain/openapi.json"));
    await writeFile(join(copy.root, "generated/herobrain/old.ts"), "");
    const { code, stderr } = await copy.run("build.ts", "--check");
    expect(code).toBe(1);
    expect(stderr).toContain("generated/herobrain/types.ts: different");
    expect(stderr).toContain("generated/herobrain/openapi.json: missing");
    expect(stderr).toContain("generated/herobrain/old.ts: left over");
    expect(stderr).toContain("npm run build");
    await expect(readFile(join(copy.root, "generated/herobrain/openapi.json"))).rejects.toThrow("ENOENT");
  });

  test("is brought up to date by a build: what is missing is made, what is left over goes", async () => {
    await rm(join(copy.root, "generated/herobrain/openapi.json"));
    await writeFile(join(copy.root, "generated/herobrain/old.ts"), "");
    const { differences } = await build({ root: copy.root });
    expect(differences.map(({ path }) => path).sort()).toEqual(["herobrain/old.ts", "herobrain/openapi.json"]);
    expect((await build({ root: copy.root, check: true })).differences).toEqual([]);
  });
});

describe("a second build", () => {
  test("makes nothing when nothing changed", async () => {
    expect(await madeStages()).toEqual(["bundle", "client", "conventions", "lint", "types"]);
    expect(await madeStages()).toEqual([]);
  });

  test("makes what a changed file touches: the notes nothing, a workflow only the lint, a schema everything", async () => {
    await madeStages();
    await copy.edit("specs/herobrain/NOTES.md", (text) => `${text}\n`);
    expect(await madeStages()).toEqual([]);
    await copy.edit("specs/herobrain/workflows/memory.arazzo.yaml", (text) => `${text}# \n`);
    expect(await madeStages()).toEqual(["lint"]);
    await copy.edit("specs/herobrain/schemas/Memory.yaml", (text) => text.replace("One piece", "A piece"));
    expect(await madeStages()).toEqual(["bundle", "client", "conventions", "lint", "types"]);
  });

  test("makes everything again when what was kept cannot be read", async () => {
    await madeStages();
    await writeFile(join(copy.root, ".cache/herobrain-bundle.json"), "{ not JSON");
    expect(await madeStages()).toEqual(["bundle"]);
  });
});

describe("npm run build", () => {
  test("prints a summary that fits 80 columns", async () => {
    const { stdout } = await copy.run("build.ts");
    expect(stdout).toMatch(/^herobrain +18 +\d+ +6 +\d+ % +\d+ % +\d+ % +clean$/m);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test("refuses an API that does not exist and an option that does not exist, with the usage and exit code 2", async () => {
    const unknownApi = await copy.run("build.ts", "herobrian");
    expect(unknownApi.code).toBe(2);
    expect(unknownApi.stderr).toMatch(/There is no API "herobrian". The APIs are: .*\bherobrain\b/);
    const unknownOption = await copy.run("build.ts", "--chek");
    expect(unknownOption.code).toBe(2);
    expect(unknownOption.stderr).toContain("--chek");
    expect(unknownOption.stderr).toContain("Usage:");
  });
});

test.each(["build.ts", "dev.ts", "start.ts", "new-api.ts"])("%s tells with --help what it does", async (script) => {
  const { code, stdout } = await runScript(script, ["--help"]);
  expect(code).toBe(0);
  expect(stdout).toContain("Usage: npm");
});
