import type { AccessEntry } from "../mock/index.js";
import { columns, cut, printable, type Style, style, wrap } from "./terminal.js";

/**
 * Lays out a request: `14:03:22 GET    200 3 ms  /herobrain/api/v1/memories`, and after it why it was refused.
 *
 * @param narrow fit it into 80 columns, for a person at a terminal. Otherwise every request is one line, so that a
 *   program can read the log.
 */
export function accessLine(entry: AccessEntry, narrow: boolean): string {
  const { time, method, status, durationMs, reasons, error } = entry;
  const clock = time.toTimeString().slice(0, 8);
  const numbers = `${Math.round(durationMs)} ms`.padStart(6);
  const margin = `${clock} ${method.padEnd(6)} ${status} ${numbers}  `;
  const path = narrow ? cut(printable(entry.path), columns - margin.length) : printable(entry.path);
  const line = `${style("dim", clock)} ${method.padEnd(6)} ${style(colourOf(status), String(status))} ${numbers}  ${path}`;
  return line + why(reasons, narrow, columns - margin.length - path.length) + stackOf(error);
}

function why(reasons: readonly string[], narrow: boolean, space: number): string {
  const text = printable(reasons.join("; "));
  if (text === "") return "";
  if (!narrow || text.length + 2 <= space) return `  ${text}`;
  const indent = " ".repeat(9);
  return wrap(text, columns - indent.length)
    .map((part) => `\n${indent}${part}`)
    .join("");
}

function stackOf(error: unknown): string {
  if (error === undefined) return "";
  return `\n${error instanceof Error ? error.stack : String(error)}`;
}

function colourOf(status: number): Style {
  if (status >= 500) return "red";
  return status >= 400 ? "yellow" : "green";
}
