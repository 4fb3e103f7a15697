import {
  type AccessEntry,
  defaultPort,
  listApis,
  type Mock,
  readBundle,
  startMock,
  UnknownApiError,
} from "../mock/index.js";
import { accessLine } from "./access-line.js";
import { exampleCurl } from "./curl.js";
import { UsageError } from "./errors.js";
import { parseOptions, parsePort } from "./options.js";
import { untilStopped } from "./signals.js";
import { didYouMean } from "./suggest.js";
import { print, style, wrap } from "./terminal.js";
import type { Verb } from "./verbs.js";

const command = "agent-apis mock";

const help = `Usage: ${command} [api ...] [--port N] [--quiet]

Serves the APIs on 127.0.0.1, one prefix each. Every answer is an example from
the API's description. Requests are checked: without a credential you get the
documented 401, with a wrong parameter or body the documented 400. Any value
will do as a credential.

Arguments:
  api            An API to serve; all of them by default:
${wrap(`${listApis().join(", ")}`, 60)
  .map((line) => `                 ${line}`)
  .join("\n")}

Options:
  -p, --port N   The port, ${defaultPort} by default; if it is busy the next free one,
                 0 for any free one
  -q, --quiet    Do not print a line for every request
  -h, --help     Print this

Ask for another documented answer with a header of the request:
  Prefer: code=429                the answer with this status
  Prefer: code=401, example=NAME  of that answer the example with this name
  Prefer: dynamic=true            a body made up from the schema

A refused request's answer says why in the header "sl-violations".
`;

/** `agent-apis mock`. */
export const mock: Verb = { help, run };

async function run(args: string[]): Promise<number> {
  const options = {
    port: { type: "string", short: "p", default: String(defaultPort) },
    quiet: { type: "boolean", short: "q", default: false },
  } as const;
  const { values, positionals } = parseOptions(command, options, args);
  const port = parsePort(values.port);
  const apis = positionals.length > 0 ? [...new Set(positionals)] : listApis();
  const narrow = process.stdout.isTTY === true;
  const onAccess = (entry: AccessEntry) => {
    // A failure of the mock itself is never kept quiet.
    if (!values.quiet || entry.error !== undefined) print(accessLine(entry, narrow));
  };
  const mock = await startMock({ apis, port, onAccess }).catch((error) => {
    throw asUsageError(error, port);
  });
  const stopped = untilStopped();
  greet(mock);
  await stopped;
  await mock.close();
  print("Stopped.");
  return 0;
}

/** Turns what a user's arguments have caused into a message; what they have not caused stays as it is. */
function asUsageError(error: unknown, port: number): unknown {
  if (error instanceof UnknownApiError) {
    const { api, known } = error;
    return new UsageError(`There is no API "${api}".${didYouMean(api, known)}`, `The APIs are: ${known.join(", ")}.`);
  }
  const hint = "Choose another one with --port, or any free one with --port 0.";
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") return new UsageError(`Port ${port} and those after it are busy.`, hint);
  if (code === "EACCES") return new UsageError(`The system does not let you take port ${port}.`, hint);
  return error;
}

function greet({ port, busyPort, baseUrls }: Mock): void {
  if (busyPort !== undefined) print(`${style("yellow", `Port ${busyPort} is busy; using ${port}.`)}\n`);
  for (const [api, baseUrl] of Object.entries(baseUrls)) {
    print(`${style("bold", api)}  ${baseUrl}`);
    for (const line of exampleCurl(readBundle(api), baseUrl)) print(`  ${style("dim", line)}`);
    print();
  }
  print("Press Ctrl-C to stop.\n");
}
