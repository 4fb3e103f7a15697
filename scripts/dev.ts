import { watch } from "node:fs";
import { join } from "node:path";
import { untilStopped } from "../src/cli/signals.js";
import { main, readArguments } from "./arguments.js";
import { projectRoot } from "./project.js";
import { runBuild } from "./run.js";

const usage = `Usage: npm run dev

Builds, then watches specs/ and builds again what a change touches. Ctrl-C ends it.
`;

/** How long to wait for more changes, in milliseconds: an editor writes a file in several steps. */
const settle = 100;

await main(usage, async () => {
  if (!readArguments(usage, {})) return;
  let running = false;
  let changed = true;
  let timer: NodeJS.Timeout | undefined;

  const run = async () => {
    if (running) return;
    running = true;
    while (changed) {
      changed = false;
      try {
        await runBuild({}, true);
      } catch (error) {
        // A build that fails for another reason than the descriptions must not end the watching either.
        process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      }
    }
    running = false;
    process.stdout.write("\nWatching specs/. Ctrl-C ends it.\n");
  };

  const watchers = ["specs", "redocly.yaml"].map((path) =>
    watch(join(projectRoot, path), { recursive: path === "specs" }, () => {
      changed = true;
      clearTimeout(timer);
      timer = setTimeout(() => void run(), settle);
    }),
  );
  const stopped = untilStopped();
  await run();
  await stopped;
  clearTimeout(timer);
  for (const watcher of watchers) watcher.close();
  process.stdout.write("\n");
});
