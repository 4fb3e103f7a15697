import { writeFileSync } from "node:fs";
import { FORMATS } from "../verify/formats/index.js";
import { count, verdictOf } from "../verify/formats/summary.js";
import type { VerifyReport } from "../verify/report.js";
import { UsageError } from "./errors.js";
import { didYouMean } from "./suggest.js";
import { print } from "./terminal.js";
import { verifyTable } from "./verify-table.js";

/** The options about what comes out, as `parseArgs` takes them. */
export const outputOptions = {
  format: { type: "string", default: "table" },
  output: { type: "string" },
} as const;

/**
 * Makes sure that a format exists, before anything is sent.
 *
 * @throws UsageError that names the formats there are.
 */
export function checkFormat(format: string): void {
  const formats = ["table", ...Object.keys(FORMATS)];
  if (formats.includes(format)) return;
  const hint = `The formats are: ${formats.join(", ")}.`;
  throw new UsageError(`There is no format "${format}".${didYouMean(format, formats)}`, hint);
}

/** Prints a report, or writes it to a file; then the counts go to stderr. */
export function writeReport(report: VerifyReport, format: string, output: string | undefined): void {
  const text = format === "table" ? verifyTable(report) : (FORMATS[format]?.(report) ?? "");
  if (output === undefined) print(text.trimEnd());
  else save(output, text);
  if (format !== "table" || output !== undefined) process.stderr.write(`${lastLine(report)}\n`);
}

/**
 * Writes a file.
 *
 * @throws UsageError if it cannot be written.
 */
export function save(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`The file ${file} cannot be written: ${(error as Error).message}.`);
  }
}

/** 0 if there is no error, 1 if there is one, 2 if nothing was judged. */
export function exitCode({ findings, requests }: VerifyReport): number {
  if (requests === 0) return 2;
  return findings.some(({ severity }) => severity === "error") ? 1 : 0;
}

function lastLine(report: VerifyReport): string {
  const what = count(report.requests, report.source === "sent" ? "request" : "exchange");
  return `${what}. ${verdictOf(report)}`;
}
