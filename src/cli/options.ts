import { type ParseArgsConfig, parseArgs } from "node:util";
import { UsageError } from "./errors.js";
import { didYouMean } from "./suggest.js";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Parsed<T extends Options> = ReturnType<
  typeof parseArgs<{ options: T & typeof help; allowPositionals: true; args: string[] }>
>;

const help = { help: { type: "boolean", short: "h" } } as const;

/**
 * Parses the arguments of a command, to which `--help` and `-h` are added.
 *
 * @param command the command as it is typed, for messages: `agent-apis mock`.
 * @param options as for `parseArgs` of `node:util`.
 * @throws UsageError if there is an option that is not known, or that has a value too many or too few.
 */
export function parseOptions<T extends Options>(command: string, options: T, args: string[]): Parsed<T> {
  const known = { ...options, ...help };
  try {
    return parseArgs({ args, options: known, allowPositionals: true });
  } catch (error) {
    throw new UsageError(explain(error, Object.keys(known)), `See "${command} --help".`);
  }
}

function explain(error: unknown, known: string[]): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const named = /'(?:-\w, )?(-[^' ]*)/.exec(message)?.[1] ?? "";
  if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
    const names = known.map((name) => `--${name}`);
    return `There is no option ${named}.${didYouMean(named, names)}`;
  }
  if (code !== "ERR_PARSE_ARGS_INVALID_OPTION_VALUE") throw error;
  if (message.includes("does not take an argument")) return `The option ${named} takes no value.`;
  return `The option ${named} needs a value.`;
}

/**
 * Reads the number of a port.
 *
 * @throws UsageError if it is not an integer from 0 to 65535.
 */
export function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`"${text}" is no port.`, "A port is a number from 1 to 65535, or 0 for any free one.");
}
