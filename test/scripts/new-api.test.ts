import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { type Copy, copyProject } from "./copy.js";

let copy: Copy;
beforeAll(async () => {
  copy = await copyProject();
});
afterAll(() => copy.remove());

test("another API is a folder and an entry file: it is linted, compiled and exported like the others", async () => {
  const made = await copy.run("new-api.ts", "acme-desk");
  expect(made.stderr).toBe("");
  expect(made.code).toBe(0);
  const built = await copy.run("build.ts");
  expect(built.stderr).toBe("");
  expect(built.stdout).toMatch(/^acme-desk +1 +/m);

  const client = await readFile(join(copy.root, "generated/acme-desk/client.ts"), "utf8");
  expect(client).toContain("export class AcmeDeskClient");
  expect(client).toContain("get(id: string, options?: RequestOptions): ApiPromise<Thing>");
  const { exports } = JSON.parse(await readFile(join(copy.root, "package.json"), "utf8"));
  expect(exports["./acme-desk"]).toEqual({ types: "./dist/src/acme-desk.d.ts", default: "./dist/src/acme-desk.js" });
  expect(parse(await readFile(join(copy.root, "redocly.yaml"), "utf8")).apis["acme-desk"].root).toBe(
    "specs/acme-desk/openapi.yaml",
  );
});

test("the entry file of another API compiles against its generated client", () => {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(copy.root, "tsconfig.json"),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  );
  const program = ts.createProgram([join(copy.root, "src/acme-desk.ts")], config?.options ?? {});
  const messages = ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  expect(messages).toEqual([]);
});

test("a name that is taken or unusable is refused, and nothing is made", async () => {
  const taken = await copy.run("new-api.ts", "herobrain");
  expect(taken.code).toBe(2);
  expect(taken.stderr).toContain("exists already");
  const unusable = await copy.run("new-api.ts", "Acme API");
  expect(unusable.code).toBe(2);
  expect(unusable.stderr).toContain("lower-case letters");
  await expect(stat(join(copy.root, "specs/Acme API"))).rejects.toThrow("ENOENT");
});
