#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../package-root.js";
import { UsageError } from "./errors.js";
import { parseOptions } from "./options.js";
import { didYouMean } from "./suggest.js";
import { exitWhenUnread, print, printError } from "./terminal.js";
import { verbs } from "./verbs.js";

const command = "agent-apis";

exitWhenUnread();
const code = await main(process.argv.slice(2)).catch(report);
// Ended by hand, and after all output is written: a process that ends by itself stops handling signals some time
// before, and npm's copy of a Ctrl-C would make it a violent end.
process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));

async function main([verb, ...args]: string[]): Promise<number> {
  if (verb === undefined || verb.startsWith("-")) return mainOptions(verb === undefined ? [] : [verb, ...args]);
  const found = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (!found) {
    const names = Object.keys(verbs);
    const hint = `The verbs are: ${names.join(", ")}. See "${command} --help".`;
    throw new UsageError(`There is no verb "${verb}".${didYouMean(verb, names)}`, hint);
  }
  const { help, run } = await found.load();
  if (!asksForHelp(args)) return run(args);
  process.stdout.write(help);
  return 0;
}

function mainOptions(args: string[]): number {
  const { values } = parseOptions(command, { version: { type: "boolean", short: "v" } }, args);
  if (values.version) print(JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")).version);
  else process.stdout.write(overview());
  return 0;
}

/** Help is given whatever else is on the line, right or wrong. */
function asksForHelp(args: string[]): boolean {
  const end = args.indexOf("--");
  return args.slice(0, end < 0 ? undefined : end).some((arg) => arg === "--help" || arg === "-h");
}

function overview(): string {
  const width = Math.max(...Object.keys(verbs).map((name) => name.length));
  const list = Object.entries(verbs).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `Usage: ${command} <verb> [arguments]

Mocks, documentation and contract tests for agent-platform HTTP APIs.

Verbs:
${list.join("\n")}

Options:
  -h, --help     Print this, or after a verb its own help
  -v, --version  Print the version
`;
}

function report(error: unknown): number {
  if (error instanceof UsageError) {
    printError(`${error.message}\n${error.hint}`);
    return 2;
  }
  // By name, so that this file does not load the mock to know its errors.
  const expected = error instanceof Error && error.name === "PrismMissingError";
  if (expected) printError(error.message);
  else printError(`this is a bug in ${command}; please report it.\n\n${(error as Error)?.stack ?? error}`);
  return 1;
}
