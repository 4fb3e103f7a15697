import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Copy, copyProject, root } from "./copy.js";

let copy: Copy;
let dev: ChildProcess;
let output = "";
let ended: Promise<number | null>;

beforeAll(async () => {
  copy = await copyProject();
  dev = spawn(process.execPath, ["--import", "tsx/esm", join(root, "scripts/dev.ts"), "--root", copy.root], {
    cwd: root,
  });
  const collect = (text: Buffer) => {
    output += text;
  };
  dev.stdout?.on("data", collect);
  dev.stderr?.on("data", collect);
  ended = new Promise((resolve) => dev.on("close", resolve));
});
afterAll(async () => {
  dev.kill("SIGKILL");
  await ended;
  await copy.remove();
});

/** Waits until the output since `from` says something. */
const says = (words: string, from = 0) =>
  vi.waitFor(() => expect(output.slice(from)).toContain(words), { timeout: 50_000, interval: 50 });

test("a changed file is built again, a broken one is reported, and neither ends the watching", async () => {
  await says("Watching specs/");

  let mark = output.length;
  await copy.edit("specs/herobrain/schemas/Memory.yaml", (text) => text.replace("One piece of", "A piece of"));
  await says("Watching specs/", mark);
  expect(output.slice(mark)).toContain("herobrain: types done");
  expect(await readFile(join(copy.root, "generated/herobrain/types.ts"), "utf8")).toContain("A piece of");

  mark = output.length;
  await copy.edit("specs/herobrain/schemas/Memory.yaml", (text) => text.replace("MemoryType.yaml", "MemoryTyp.yaml"));
  await says("Watching specs/", mark);
  expect(output.slice(mark)).toContain("Can't resolve $ref");

  mark = output.length;
  await copy.edit("specs/herobrain/schemas/Memory.yaml", (text) => text.replace("MemoryTyp.yaml", "MemoryType.yaml"));
  await says("Watching specs/", mark);
  expect(output.slice(mark)).not.toContain("Can't resolve $ref");
});

test("an edited lint rule takes effect at once", async () => {
  const mark = output.length;
  await copy.edit("specs/rules/redocly/operation-sdk.js", (text) =>
    text.replace("if (method === undefined) {", 'if (method !== "nothing") {'),
  );
  await says("Watching specs/", mark);
  expect(output.slice(mark)).toContain("listMemories has no `x-sdk`");
});

test("Ctrl-C ends it", async () => {
  dev.kill("SIGINT");
  expect(await ended).toBe(0);
});
