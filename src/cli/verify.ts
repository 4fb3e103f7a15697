import { listApis } from "../bundles.js";
import { loadDescription } from "../testing/index.js";
import { credentialsFor } from "../verify/credentials.js";
import type { VerifyOptions } from "../verify/options.js";
import { verify } from "../verify/run.js";
import { inputsFor } from "../verify/workflows/inputs.js";
import { UsageError } from "./errors.js";
import { oneApi } from "./one-api.js";
import { parseOptions } from "./options.js";
import { ProgressLine } from "./progress.js";
import { untilStopped } from "./signals.js";
import type { Verb } from "./verbs.js";
import { asUsageError } from "./verify-errors.js";
import { verifyHelp } from "./verify-help.js";
import { parseBase, parseDuration, parseHeaders, parseLists, parseNumber, parseServer } from "./verify-options.js";
import { checkFormat, exitCode, outputOptions, save, writeReport } from "./verify-output.js";
import { judgeFile, refuseSending } from "./verify-recording.js";

const command = "agent-apis verify";

const options = {
  server: { type: "string" },
  har: { type: "string" },
  base: { type: "string" },
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
  workflows: { type: "boolean", default: false },
  "no-workflows": { type: "boolean", default: false },
  input: { type: "string", multiple: true },
  "no-auth": { type: "boolean", default: false },
  strict: { type: "boolean", default: false },
  header: { type: "string", multiple: true },
  credential: { type: "string", multiple: true },
  ...outputOptions,
} as const;

type Values = ReturnType<typeof parseOptions<typeof options>>["values"];

/** `agent-apis verify`. */
export const verifyVerb: Verb = { help: verifyHelp(listApis()), run };

async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(command, options, args);
  const api = oneApi(command, positionals);
  checkFormat(values.format);
  try {
    if (values.server === undefined && values.har !== undefined) {
      refuseSending(args);
      const report = await judgeFile(api, values.har, { ...selectionOf(values), ...parseBase(values.base) });
      writeReport(report, values.format, values.output);
      return exitCode(report);
    }
    if (values.base !== undefined) {
      throw new UsageError("--base belongs to --har without --server.", `See "${command} --help".`);
    }
    return await send(api, values);
  } catch (error) {
    throw asUsageError(error, api);
  }
}

async function send(api: string, values: Values): Promise<number> {
  const server = parseServer(values.server);
  const interruption = new AbortController();
  void untilStopped().then(() => interruption.abort());
  const progress = new ProgressLine(process.stderr);
  try {
    const { report, har } = await verify(api, {
      ...sendingOf(api, values),
      server,
      signal: interruption.signal,
      onProgress: (state) => progress.show(state),
    });
    progress.clear();
    writeReport(report, values.format, values.output);
    if (values.har !== undefined) save(values.har, har());
    return report.ended === "interrupted" ? 130 : exitCode(report);
  } finally {
    progress.clear();
  }
}

function sendingOf(api: string, values: Values): Omit<VerifyOptions, "server"> {
  const description = loadDescription(api);
  return {
    ...selectionOf(values),
    write: values.write,
    skipCases: values["skip-case"] ?? [],
    ...(values.budget === undefined ? {} : { budgetMs: parseDuration("--budget", values.budget) }),
    seed: parseNumber("--seed", values.seed, 0),
    concurrency: parseNumber("--concurrency", values.concurrency, 1),
    timeoutMs: parseDuration("--timeout", values.timeout),
    fuzz: parseNumber("--fuzz", values.fuzz, 0),
    answers: values.answers,
    workflows: parseWorkflows(values),
    inputs: inputsFor(description, values.input ?? []),
    noAuth: values["no-auth"],
    headers: parseHeaders(values.header ?? []),
    credentials: credentialsFor(description, values.credential ?? []),
  };
}

/** What both ways of verifying know. */
function selectionOf(values: Values): Pick<VerifyOptions, "only" | "skip" | "tags" | "maxMs" | "strict"> {
  return {
    only: parseLists(values.only),
    skip: parseLists(values.skip),
    tags: parseLists(values.tag),
    strict: values.strict,
    ...(values["max-ms"] === undefined ? {} : { maxMs: parseNumber("--max-ms", values["max-ms"], 0) }),
  };
}

function parseWorkflows(values: Values): "with" | "without" | "only" {
  const { workflows, "no-workflows": without } = values;
  if (workflows && without) {
    throw new UsageError("--workflows runs nothing else, --no-workflows runs none.", "Give one of them.");
  }
  return workflows ? "only" : without ? "without" : "with";
}
