import { UsageError } from "./errors.js";

const hint = (option: string) =>
  `Give the address before the path of an operation, as in ${option} http://127.0.0.1:4010/v1.`;

/**
 * Reads the address of a server.
 *
 * @param option what it was given with.
 * @throws UsageError if it is missing, or not an `http:` or `https:` address before the path.
 */
export function parseServer(text: string | undefined, option = "--server"): string {
  if (text === undefined) throw new UsageError(`The option ${option} is missing.`, hint(option));
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UsageError(`"${text}" is no address of a server.`, hint(option));
  if (url.username || url.password) {
    throw new UsageError("The address of the server holds a credential.", "Give credentials with --credential.");
  }
  if (url.search || url.hash) throw new UsageError("The address of the server ends before ? and #.", hint(option));
  return text.replace(/\/$/, "");
}

/** Reads where in a recording the API is, if that is said. */
export function parseBase(text: string | undefined): { base?: string } {
  return text === undefined ? {} : { base: parseServer(text, "--base") };
}

/** Reads lists that are written with commas, or by repeating an option. */
export function parseLists(values: readonly string[] = []): string[] {
  return values.flatMap((value) => value.split(",")).filter((value) => value !== "");
}

/**
 * Reads a time: `60s`, `2m`, `500ms`; a bare number means seconds.
 *
 * @returns milliseconds.
 * @throws UsageError if it is none.
 */
export function parseDuration(option: string, text: string): number {
  const [, number, unit = "s"] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  const factors: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
  const milliseconds = Number(number) * (factors[unit] ?? Number.NaN);
  // Beyond this a timer would fire at once.
  if (milliseconds > 0 && milliseconds < 2 ** 31) return milliseconds;
  throw new UsageError(`"${text}" is no time for ${option}.`, "A time is a number and a unit: 500ms, 60s, 2m, 1h.");
}

/**
 * Reads a whole number.
 *
 * @throws UsageError if it is none, or below the least.
 */
export function parseNumber(option: string, text: string, least: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= 2 ** 31) return number;
  throw new UsageError(`"${text}" is no number for ${option}.`, `It takes a whole number from ${least} on.`);
}

/**
 * Reads headers as curl takes them: `Name: value`.
 *
 * @throws UsageError if one is no header. The value is not in its message.
 */
export function parseHeaders(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => {
      const [, name = "", value = ""] = /^([\w!#$%&'*+.^`|~-]+):\s*([\t\x20-\x7e\x80-\xff]*)$/.exec(line) ?? [];
      if (name === "") throw new UsageError("A header cannot be read.", 'Headers are given as --header "Name: value".');
      return [name, value.trim()];
    }),
  );
}
