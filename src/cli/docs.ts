import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../package-root.js";
import { serveStatic } from "../server/static.js";
import { UsageError } from "./errors.js";
import { parseOptions, parsePort } from "./options.js";
import { asPortError } from "./port-errors.js";
import { untilStopped } from "./signals.js";
import { print, printError, style } from "./terminal.js";
import type { Verb } from "./verbs.js";

const command = "agent-apis docs";
const defaultPort = 4000;

const help = `Usage: agent-apis docs [--port N]

Serves the documentation of this very version on 127.0.0.1: for people as a
site, for agents as Markdown at the same addresses (llms.txt lists it).
Nothing is asked of any other host.

Options:
  -p, --port N  The port, ${defaultPort} by default; if it is busy the next free one,
                0 for any free one
  -h, --help    Print this
`;

/** `agent-apis docs`. */
export const docs: Verb = { help, run };

async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(
    command,
    { port: { type: "string", short: "p", default: String(defaultPort) } },
    args,
  );
  if (positionals.length > 0) {
    throw new UsageError(
      `"${positionals[0]}" is too much: all APIs are documented together.`,
      `See "${command} --help".`,
    );
  }
  const port = parsePort(values.port);
  const folder = join(packageRoot, "generated", "docs");
  if (!existsSync(join(folder, "index.html"))) {
    printError(`There is no documentation in ${folder}.\nIn a checkout, make it with: npm run docs`);
    return 1;
  }
  const served = await serveStatic(folder, { port }).catch((error) => {
    throw asPortError(error, port);
  });
  const stopped = untilStopped();
  if (served.busyPort !== undefined)
    print(`${style("yellow", `Port ${served.busyPort} is busy; using ${served.port}.`)}\n`);
  const { version } = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as { version: string };
  const name = `agent-apis ${version}`;
  print(`${style("bold", name)}  ${served.origin}/`);
  print(`${"for agents".padEnd(name.length)}  ${served.origin}/llms.txt\n`);
  print("Press Ctrl-C to stop.\n");
  await stopped;
  await served.close();
  print("Stopped.");
  return 0;
}
