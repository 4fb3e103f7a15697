import { type ParseArgsConfig, parseArgs } from "node:util";

/** A mistake in how a command was called. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

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
  try {
    const parsed = parseArgs({
      options: { ...options, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
    });
    if (!(parsed.values as { help?: boolean }).help) return parsed;
    process.stdout.write(usage);
    return undefined;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
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
