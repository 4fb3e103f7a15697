import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

export const root = join(import.meta.dirname, "../../..");
const guard = pathToFileURL(join(import.meta.dirname, "guard.js")).href;

/** The folder that samples run in. */
export interface Folder {
  readonly path: string;
  /** What every process of a sample gets; nothing else of the environment. */
  readonly env: Readonly<Record<string, string>>;
  write(name: string, content: string | Uint8Array): Promise<string>;
  remove(): Promise<void>;
}

/** Makes an empty folder within the checkout, so that modules in it find `agent-apis` by its name. */
export async function makeFolder(): Promise<Folder> {
  // The folder of the build's cache: not in the repository, not in the package.
  const parent = join(root, ".cache");
  await mkdir(parent, { recursive: true });
  const path = await mkdtemp(join(parent, "samples-"));
  const write = async (name: string, content: string | Uint8Array) => {
    const file = join(path, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
    return file;
  };
  return { path, env: environment(path), write, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Adds the commands that samples for a shell use: this package's, and an `npm install` that only looks. */
export async function addCommands({ write }: Folder): Promise<void> {
  const main = join(root, "dist/src/cli/main.js");
  const { devDependencies } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const installed = Object.entries(devDependencies).flatMap(([name, version]) => [name, `${name}@${version}`]);
  const commands = {
    // A port that a sample names may be taken; the harness reads which one it is.
    "agent-apis": `[ "$1" = mock ] && set -- "$@" --port 0\nexec "${process.execPath}" "${main}" "$@"`,
    npx: `[ "$1" = agent-apis ] || { echo "Samples run npx for agent-apis only." >&2; exit 1; }\nexec "$@"`,
    npm: `[ "$1" = install ] || { echo "Samples run npm install only." >&2; exit 1; }
for name in "\${@:2}"; do case "$name" in -*|agent-apis|${installed.join("|")}) ;;
*) echo "$name is not what package.json has." >&2; exit 1;; esac; done`,
  };
  for (const [name, script] of Object.entries(commands)) {
    await chmod(await write(join(".bin", name), `#!/usr/bin/env bash\n${script}\n`), 0o755);
  }
  // Outside a terminal curl shows how far it has come.
  await write(".curlrc", "no-progress-meter\n");
}

function environment(path: string): Record<string, string> {
  const nowhere = "http://127.0.0.1:9";
  return {
    PATH: join(path, ".bin") + delimiter + (process.env.PATH ?? ""),
    HOME: path,
    CURL_HOME: path,
    NO_COLOR: "1",
    NODE_OPTIONS: `--import ${guard}`,
    // What is on another machine, curl looks for behind a proxy that is not there.
    http_proxy: nowhere,
    https_proxy: nowhere,
    all_proxy: nowhere,
    no_proxy: "127.0.0.1,localhost",
  };
}
