import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");

/** A copy of what a build reads and writes, in a folder of its own. */
export interface Copy {
  readonly root: string;
  /** Changes a file, and complains if that changed nothing. */
  edit(path: string, change: (text: string) => string): Promise<void>;
  /** Runs one of the scripts on the copy. */
  run(script: string, ...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }>;
  remove(): Promise<void>;
}

export async function copyProject(): Promise<Copy> {
  const folder = await mkdtemp(join(tmpdir(), "agent-apis-"));
  for (const name of ["specs", "generated", "runtime", "src"]) {
    await cp(join(root, name), join(folder, name), { recursive: true, filter: (path) => !path.endsWith("docs") });
  }
  for (const name of ["redocly.yaml", ".redocly.lint-ignore.yaml", "package.json", "tsconfig.json"]) {
    await cp(join(root, name), join(folder, name));
  }
  await symlink(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  return {
    root: folder,
    async edit(path, change) {
      const text = await readFile(join(folder, path), "utf8");
      const changed = change(text);
      if (changed === text) throw new Error(`${path} is as it was: the test edits something that is not there.`);
      await writeFile(join(folder, path), changed);
    },
    run: (script, ...args) => runScript(script, ["--root", folder, ...args]),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Runs a script of this project and waits for its end. */
export function runScript(script: string, args: readonly string[]): ReturnType<Copy["run"]> {
  const tsx = import.meta.resolve("tsx/esm");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", tsx, join(root, "scripts", script), ...args], {
      env: { ...process.env, NO_COLOR: "1" },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
