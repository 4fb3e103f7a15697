import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findApis } from "../../scripts/project.js";
import { npm, quietly } from "./npm.js";

const root = join(import.meta.dirname, "../..");
const run = promisify(execFile);

/** A project that has installed the packed package and nothing else. */
export interface Project {
  readonly folder: string;
  remove(): Promise<void>;
}

/**
 * Compiles and packs the package, and installs it into an empty project, which gets the program too.
 *
 * It is compiled in a copy, so that nothing is taken from the checkout's `dist` while that is written anew.
 */
export async function installPacked(): Promise<Project> {
  const temporary = await mkdtemp(join(tmpdir(), "agent-apis-packed-"));
  const remove = () => rm(temporary, { recursive: true, force: true });
  try {
    const copy = join(temporary, "copy");
    const parts = [
      "package.json",
      "tsconfig.json",
      "README.md",
      "LICENSE",
      "CHANGELOG.md",
      "scripts",
      "runtime",
      "src",
    ];
    for (const part of [...parts, "generated"]) {
      const isDocs = (path: string) => path === join(root, "generated/docs");
      await cp(join(root, part), join(copy, part), { recursive: true, filter: (path) => !isDocs(path) });
    }
    await symlink(join(root, "node_modules"), join(copy, "node_modules"), "junction");
    await run(process.execPath, ["--import", import.meta.resolve("tsx/esm"), join(copy, "scripts/dist.ts")]).catch(
      ({ stdout, message }) => {
        throw new Error(`The sources do not compile.\n${stdout || message}`);
      },
    );
    await npm(copy, "pack", "--ignore-scripts", "--pack-destination", temporary);

    const folder = join(temporary, "project");
    await mkdir(folder);
    await writeFile(join(folder, "package.json"), JSON.stringify({ name: "project", type: "module", private: true }));
    const { version } = JSON.parse(await readFile(join(copy, "package.json"), "utf8"));
    await npm(folder, "install", ...quietly, "--prefer-offline", join(temporary, `agent-apis-${version}.tgz`));
    await cp(join(import.meta.dirname, "program"), join(folder, "program"), { recursive: true });
    await writeFile(
      join(folder, "clients.mjs"),
      (await findApis(root)).map(({ name }) => `export * as ${name} from "agent-apis/${name}";\n`).join(""),
    );
    return { folder, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
