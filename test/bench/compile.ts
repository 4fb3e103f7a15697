import { spawnSync } from "node:child_process";
import { copyFile, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = join(import.meta.dirname, "../..");

/** A folder for what is measured, as JavaScript: the loader of the benches adds to each function what takes its time. */
export interface Workshop {
  readonly folder: string;
  /** Compiles a file of TypeScript and what it imports, less packages. @returns where to import it from. */
  compile(file: string): Promise<string>;
  remove(): Promise<void>;
}

/** Makes a folder in which the packages of this project are found. */
export async function openWorkshop(): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), "agent-apis-bench-"));
  await symlink(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module", private: true }));
  return {
    folder,
    async compile(file) {
      const outfile = join(folder, `${file.replace(/[^a-z]+/g, "-")}.js`);
      await build({
        absWorkingDir: root,
        entryPoints: [file],
        outfile,
        bundle: true,
        packages: "external",
        format: "esm",
        target: "es2022",
        logLevel: "warning",
      });
      return pathToFileURL(outfile).href;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The client that Redocly's generator makes of an API's bundle. @returns its file. */
export async function generateWithRedocly(api: string, folder: string): Promise<string> {
  // Not in this project, where the generator would read redocly.yaml.
  await copyFile(join(root, "generated", api, "openapi.yaml"), join(folder, "openapi.yaml"));
  const manifest = createRequire(import.meta.url).resolve("@redocly/cli/package.json");
  const command = join(dirname(manifest), createRequire(manifest)("./package.json").bin.redocly);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [command, "generate-client", "openapi.yaml", "--output", "redocly-client.ts"],
    {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
    },
  );
  if (status !== 0) throw new Error(`redocly generate-client ended with ${status}:\n${stdout}${stderr}`);
  return join(folder, "redocly-client.ts");
}
