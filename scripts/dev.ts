import { spawn } from "node:child_process";
import { existsSync, watch } from "node:fs";
import { join, resolve } from "node:path";
import { untilStopped } from "../src/cli/signals.js";
import { main, readArguments } from "./arguments.js";
import { projectRoot } from "./project.js";
import { runBuild } from "./run.js";

const usage = `Usage: npm run dev [-- options]

Builds, then watches specs/ and docs/guides/ and builds again what a change
touches, documentation included.
Ctrl-C ends it.

  --root FOLDER  the folder with specs/ and generated/ (default: this project)
  --help         print this
`;

/** How long to wait for more changes, in milliseconds: an editor writes a file in several steps. */
const settle = 100;

await main(usage, async () => {
  const parsed = readArguments(usage, { root: { type: "string" } });
  if (!parsed) return;
  const root = resolve(parsed.values.root ?? projectRoot);
  const watched = ["specs", "docs/guides"].filter((folder) => existsSync(join(root, folder)));
  let running = false;
  let changed = true;
  let rulesChanged = false;
  let timer: NodeJS.Timeout | undefined;

  const run = async () => {
    if (running) return;
    running = true;
    while (changed) {
      changed = false;
      try {
        // Node.js loads a module once, so rules that were edited take effect only in a new process.
        if (rulesChanged) await runInNewProcess(root);
        else await runBuild({ root }, {});
      } catch (error) {
        // A build that fails for another reason than the descriptions must not end the watching either.
        process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      }
    }
    running = false;
    process.stdout.write(`\nWatching ${watched.map((folder) => `${folder}/`).join(" and ")}. Ctrl-C ends it.\n`);
  };
  const onChange = (path: string) => {
    changed = true;
    rulesChanged ||= path.startsWith(join("specs", "rules"));
    clearTimeout(timer);
    timer = setTimeout(() => void run(), settle);
  };

  const watchers = [
    ...watched.map((folder) =>
      watch(join(root, folder), { recursive: true }, (_event, name) => onChange(join(folder, name ?? ""))),
    ),
    // The folder and not the file: editors put a new file in the old one's place.
    watch(root, (_event, name) => void (name === "redocly.yaml" && onChange(name))),
  ];
  const stopped = untilStopped();
  await run();
  await stopped;
  clearTimeout(timer);
  for (const watcher of watchers) watcher.close();
  process.stdout.write("\n");
});

function runInNewProcess(root: string): Promise<void> {
  const script = join(projectRoot, "scripts", "build.ts");
  return new Promise((resolve, reject) => {
    const build = spawn(process.execPath, ["--import", "tsx/esm", script, "--docs", "--root", root], {
      cwd: projectRoot,
      stdio: "inherit",
    });
    build.on("error", reject);
    build.on("close", () => resolve());
  });
}
