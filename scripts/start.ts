import { join } from "node:path";
import { untilStopped } from "../src/cli/signals.js";
import { defaultPort, startMock } from "../src/mock/index.js";
import { serveStatic } from "../src/server/static.js";
import { main, parsePort, readArguments } from "./arguments.js";
import { projectRoot } from "./project.js";
import { runBuild } from "./run.js";

const usage = `Usage: npm start [-- [options]]

Builds everything, then serves the documentation and the mocks on this machine.

  --docs-port N  port of the documentation (default 4000, else the next free one)
  --mock-port N  port of the mocks (default 4010, else the next free one)
  --help         print this
`;

await main(usage, async () => {
  const parsed = readArguments(usage, {
    "docs-port": { type: "string", default: "4000" },
    "mock-port": { type: "string", default: String(defaultPort) },
  });
  if (!parsed) return;
  const docsPort = parsePort(parsed.values["docs-port"]);
  const mockPort = parsePort(parsed.values["mock-port"]);
  if (!(await runBuild({}, {}))) {
    process.exitCode = 1;
    return;
  }
  const docs = await serveStatic(join(projectRoot, "generated", "docs"), { port: docsPort });
  const mock = await startMock({ port: mockPort });

  const lines = [];
  for (const { busyPort, port } of [docs, mock]) {
    if (busyPort) lines.push(`Port ${busyPort} is busy; using ${port}.`);
  }
  lines.push("", `Documentation  ${docs.origin}/`);
  for (const [api, url] of Object.entries(mock.baseUrls)) lines.push(`Mock           ${url}  (${api})`);
  lines.push("", "Ctrl-C stops both.", "");
  const stopped = untilStopped();
  process.stdout.write(lines.join("\n"));

  await stopped;
  process.stdout.write("\nStopping.\n");
  await Promise.all([docs.close(), mock.close()]);
});
