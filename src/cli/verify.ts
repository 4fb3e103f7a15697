import { writeFileSync } from "node:fs";
import { listApis, UnknownApiError } from "../bundles.js";
import { loadDescription } from "../testing/index.js";
import { CredentialError, credentialsFor, credentialVariable } from "../verify/credentials.js";
import { FORMATS } from "../verify/formats/index.js";
import { FuzzMissingError } from "../verify/layers/fast-check.js";
import type { VerifyOptions } from "../verify/options.js";
import type { VerifyReport } from "../verify/report.js";
import { verify } from "../verify/run.js";
import { SelectionError } from "../verify/select.js";
import { UnreachableError } from "../verify/unreachable.js";
import { UsageError } from "./errors.js";
import { parseOptions } from "./options.js";
import { ProgressLine } from "./progress.js";
import { untilStopped } from "./signals.js";
import { didYouMean } from "./suggest.js";
import { print, printable, wrap } from "./terminal.js";
import type { Verb } from "./verbs.js";
import { verifyHelp } from "./verify-help.js";
import { parseDuration, parseHeaders, parseNumber, parseServer } from "./verify-options.js";
import { verifyTable } from "./verify-table.js";

const command = "agent-apis verify";

const options = {
  server: { type: "string" },
  write: { type: "boolean", default: false },
  only: { type: "string", multiple: true },
  skip: { type: "string", multiple: true },
  "skip-case": { type: "string", multiple: true },
  tag: { type: "string", multiple: true },
  budget: { type: "string" },
  seed: { type: "string", default: "1" },
  concurrency: { type: "string", default: "4" },
  timeout: { type: "string", default: "10s" },
  "max-ms": { type: "string" },
  fuzz: { type: "string", default: "0" },
  answers: { type: "boolean", default: false },
  strict: { type: "boolean", default: false },
  header: { type: "string", multiple: true },
  credential: { type: "string", multiple: true },
  format: { type: "string", default: "table" },
  output: { type: "string" },
  har: { type: "string" },
} as const;

/** `agent-apis verify`. */
export const verifyVerb: Verb = { help: verifyHelp(listApis()), run };

async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(command, options, args);
  const [api, ...others] = positionals;
  if (api === undefined || others.length > 0) {
    throw new UsageError(
      "One API has to be named.",
      `The APIs are: ${listApis().join(", ")}. See "${command} --help".`,
    );
  }
  const { format } = values;
  const formats = ["table", ...Object.keys(FORMATS)];
  if (!formats.includes(format)) {
    const hint = `The formats are: ${formats.join(", ")}.`;
    throw new UsageError(`There is no format "${format}".${didYouMean(format, formats)}`, hint);
  }
  const interruption = new AbortController();
  void untilStopped().then(() => interruption.abort());
  const progress = new ProgressLine(process.stderr);
  try {
    const description = loadDescription(api);
    const given: VerifyOptions = {
      server: parseServer(values.server),
      write: values.write,
      only: lists(values.only ?? []),
      skip: lists(values.skip ?? []),
      skipCases: values["skip-case"] ?? [],
      tags: lists(values.tag ?? []),
      ...(values.budget === undefined ? {} : { budgetMs: parseDuration("--budget", values.budget) }),
      seed: parseNumber("--seed", values.seed, 0),
      concurrency: parseNumber("--concurrency", values.concurrency, 1),
      timeoutMs: parseDuration("--timeout", values.timeout),
      ...(values["max-ms"] === undefined ? {} : { maxMs: parseNumber("--max-ms", values["max-ms"], 0) }),
      fuzz: parseNumber("--fuzz", values.fuzz, 0),
      answers: values.answers,
      strict: values.strict,
      headers: parseHeaders(values.header ?? []),
      credentials: credentialsFor(description, values.credential ?? []),
      signal: interruption.signal,
      onProgress: (state) => progress.show(state),
    };
    const { report, har } = await verify(api, given);
    progress.clear();
    write(values.output, format === "table" ? verifyTable(report) : (FORMATS[format]?.(report) ?? ""));
    if (values.har !== undefined) save(values.har, har());
    if (format !== "table" || values.output !== undefined) process.stderr.write(`${lastLine(report)}\n`);
    return exitCode(report);
  } catch (error) {
    progress.clear();
    throw asUsageError(error, api);
  }
}

function exitCode({ findings, ended, requests }: VerifyReport): number {
  if (ended === "interrupted") return 130;
  if (requests === 0) return 2;
  return findings.some(({ severity }) => severity === "error") ? 1 : 0;
}

function lastLine({ findings, requests }: VerifyReport): string {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return `${requests} requests, ${findings.length} findings, ${errors} of them errors.`;
}

function write(file: string | undefined, text: string): void {
  if (file === undefined) print(text.trimEnd());
  else save(file, text);
}

function save(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`The file ${file} cannot be written: ${(error as Error).message}.`);
  }
}

/** Turns what the arguments or the server have caused into a message; what they have not caused stays as it is. */
function asUsageError(error: unknown, api: string): unknown {
  if (error instanceof UnknownApiError) {
    const { known } = error;
    return new UsageError(`There is no API "${api}".${didYouMean(api, known)}`, `The APIs are: ${known.join(", ")}.`);
  }
  if (error instanceof SelectionError) {
    const names =
      error.known.length > 12 ? `See the operations in generated/${api}/openapi.yaml.` : error.known.join(", ");
    return new UsageError(error.message + didYouMean(error.given, error.known), names);
  }
  if (error instanceof UnreachableError) {
    const hint = "Is the server running, and is --server its address before the path of an operation?";
    return new UsageError(wrap(printable(error.message)).join("\n"), hint);
  }
  if (error instanceof CredentialError) {
    const hint = `Or set ${credentialVariable(api, "scheme")}, named after the scheme, or the same with _FILE.`;
    return new UsageError(error.message, hint);
  }
  if (error instanceof FuzzMissingError) return new UsageError(error.message);
  // Thrown by agent-apis/testing, which says how to install it.
  const lacksAjv = error instanceof Error && /needs Ajv/.test(error.message);
  return lacksAjv ? new UsageError(error.message) : error;
}

function lists(values: readonly string[]): string[] {
  return values.flatMap((value) => value.split(",")).filter((value) => value !== "");
}
