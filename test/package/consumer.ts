import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

export const root = join(import.meta.dirname, "../..");
const run = promisify(execFile);

/** A project that has installed the packed package. */
export interface Consumer {
  readonly folder: string;
  /** The package's tarball. */
  readonly tarball: string;
  /** The installed package. */
  readonly installed: string;
  write(path: string, text: string): Promise<void>;
  /** Runs Node.js in the project. */
  node(args: readonly string[], env?: Record<string, string>): Promise<{ stdout: string; stderr: string }>;
  remove(): Promise<void>;
}

/** Packs the package as it would be published, and unpacks it into the node_modules of an empty project. */
export async function installPacked(): Promise<Consumer> {
  const folder = await mkdtemp(join(tmpdir(), "agent-apis-consumer-"));
  const modules = join(folder, "node_modules");
  await mkdir(modules);
  // The package has been compiled by the global set-up; its `prepack` would do that again.
  const { stdout } = await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
    cwd: root,
    shell: process.platform === "win32",
  });
  const packed = JSON.parse(stdout);
  const [{ filename }] = Array.isArray(packed) ? packed : Object.values<{ filename: string }>(packed);
  const tarball = join(folder, filename);
  await run("tar", ["-xzf", tarball, "-C", modules]);
  await rename(join(modules, "package"), join(modules, "agent-apis"));
  for (const name of await readdir(join(root, "node_modules"))) {
    if (!name.startsWith(".")) await symlink(join(root, "node_modules", name), join(modules, name), "junction");
  }
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "consumer", type: "module", private: true }));
  return {
    folder,
    tarball,
    installed: join(modules, "agent-apis"),
    write: (path, text) => writeFile(join(folder, path), text),
    node: (args, env = {}) => run(process.execPath, [...args], { cwd: folder, env: { ...process.env, ...env } }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
