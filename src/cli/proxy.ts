import { listApis } from "../bundles.js";
import { type ProxyOptions, type RunningProxy, startProxy } from "../proxy/index.js";
import { loadDescription } from "../testing/index.js";
import { UsageError } from "./errors.js";
import { oneApi } from "./one-api.js";
import { parseOptions, parsePort } from "./options.js";
import { proxyHelp } from "./proxy-help.js";
import { proxyLine } from "./proxy-line.js";
import { untilStopped } from "./signals.js";
import { style } from "./terminal.js";
import type { Verb } from "./verbs.js";
import { asUsageError } from "./verify-errors.js";
import { parseNumber, parseServer } from "./verify-options.js";
import { checkFormat, exitCode, outputOptions, writeReport } from "./verify-output.js";

const command = "agent-apis proxy";
const defaultPort = 4020;

const options = {
  target: { type: "string" },
  port: { type: "string", short: "p" },
  har: { type: "string" },
  "no-auth": { type: "boolean", default: false },
  "max-ms": { type: "string" },
  strict: { type: "boolean", default: false },
  quiet: { type: "boolean", short: "q", default: false },
  ...outputOptions,
} as const;

/** `agent-apis proxy`. */
export const proxyVerb: Verb = { help: proxyHelp(listApis(), defaultPort), run };

async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(command, options, args);
  const api = oneApi(command, positionals);
  checkFormat(values.format);
  try {
    const { title } = loadDescription(api).document.info;
    // What is printed meanwhile must not get into a report for programs.
    const stream = values.format !== "table" && values.output === undefined ? process.stderr : process.stdout;
    const tell = (text: string) => stream.write(`${text}\n`);
    const target = parseServer(values.target, "--target");
    const proxy = await listen(api, values.port, {
      target,
      noAuth: values["no-auth"],
      strict: values.strict,
      ...(values["max-ms"] === undefined ? {} : { maxMs: parseNumber("--max-ms", values["max-ms"], 0) }),
      ...(values.har === undefined ? {} : { har: values.har }),
      onExchange: (entry) => {
        const isFine = entry.findings.length === 0 && entry.status !== undefined;
        if (!values.quiet || !isFine) tell(proxyLine(entry, stream.isTTY === true));
      },
    });
    if (proxy.busyPort !== undefined) tell(`Port ${proxy.busyPort} is busy; ${proxy.port} is taken instead.`);
    tell(`${style("bold", proxy.origin)} passes everything on to ${target}`);
    tell(`and judges it as ${title}. Ctrl-C ends it, with a report.\n`);
    await untilStopped();
    const report = await proxy.close();
    tell("");
    writeReport(report, values.format, values.output);
    return exitCode(report);
  } catch (error) {
    throw asUsageError(error, api);
  }
}

async function listen(api: string, given: string | undefined, settings: ProxyOptions): Promise<RunningProxy> {
  const port = given === undefined ? defaultPort : parsePort(given);
  try {
    // A client may have been pointed at a port that was asked for, so no other is taken in its place.
    return await startProxy(api, { ...settings, port, attempts: given === undefined ? 20 : 1 });
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException;
    if (syscall === "open") throw new UsageError(`The recording ${settings.har} cannot be written: ${message}.`);
    if (code === "EADDRINUSE") {
      throw new UsageError(`Port ${port} is busy.`, "Take another with --port, or leave --port out.");
    }
    if (code === "EACCES") throw new UsageError(`Port ${port} may not be taken.`, "Ports from 1024 on may.");
    throw error;
  }
}
