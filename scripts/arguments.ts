import type { ParseArgsConfig } from "node:util";
import { UsageError } from "../src/cli/errors.js";
import { parseOptions } from "../src/cli/options.js";

export { parsePort } from "../src/cli/options.js";
export { UsageError };

/**
 * Parses the command line, with `--help`.
 *
 * @param usage what `--help` prints.
 * @returns undefined if `--help` was asked for and has been printed.
 * @throws {UsageError} when an option is unknown or misused.
 */
export function readArguments<Options extends NonNullable<ParseArgsConfig["options"]>>(
  usage: string,
  options: Options,
) {
  const parsed = parseOptions("", options, process.argv.slice(2));
  if (!(parsed.values as { help?: boolean }).help) return parsed;
  process.stdout.write(usage);
  return undefined;
}

/** Runs a script: a mistake in calling it is one line and exit code 2, anything else that fails is exit code 1. */
export async function main(usage: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n\n${usage}`);
      process.exitCode = 2;
    } else {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exitCode = 1;
    }
  }
  // Ended by hand, after all output is written: npm passes a Ctrl-C on a second time, and a process that ends by itself
  // stops handling signals before it is gone.
  process.stdout.write("", () => process.stderr.write("", () => process.exit()));
}
