import type { ProxyEntry, ProxyFinding } from "../proxy/index.js";
import type { Severity } from "../verify/finding.js";
import { columns, cut, printable, type Style, style, wrap } from "./terminal.js";

const COLOURS: Record<Severity, Style> = { error: "red", warning: "yellow", note: "dim" };

const INDENT = " ".repeat(9);

/**
 * Lays out an exchange, `14:03:22 GET    200   3 ms  listMemories  /api/v1/memories`, and below it what is wrong.
 *
 * @param narrow fit it into 80 columns, for a person at a terminal. Otherwise an exchange is one line and a finding another,
 *   so that a program can read them.
 */
export function proxyLine(entry: ProxyEntry, narrow: boolean): string {
  const { time, method, status, durationMs, operationId, findings, remarks, isOpen } = entry;
  const clock = time.toTimeString().slice(0, 8);
  const took = isOpen ? "open" : `${Math.round(durationMs)} ms`;
  const margin = `${clock} ${method.padEnd(6)} ${status ?? "---"} ${took.padStart(6)}  `;
  const what = printable([operationId, entry.path, ...remarks.map((one) => `(${one})`)].filter(Boolean).join("  "));
  const shown = narrow ? cut(what, columns - margin.length) : what;
  const colour = findings.some(({ severity }) => severity === "error")
    ? "red"
    : findings.length > 0
      ? "yellow"
      : "green";
  const head = `${style("dim", clock)} ${method.padEnd(6)} ${style(colour, String(status ?? "---"))} ${took.padStart(6)}  ${shown}`;
  return [head, ...findings.flatMap((found) => findingLines(found, narrow))].join("\n");
}

function findingLines({ severity, check, message, location }: ProxyFinding, narrow: boolean): string[] {
  const where = location === undefined || location === "" ? "" : ` at ${location}`;
  const text = printable(`${check}${where}: ${message}`);
  const lines = narrow ? wrap(text, columns - INDENT.length - severity.length - 1) : [text];
  return lines.map((line, index) =>
    index === 0
      ? `${INDENT}${style(COLOURS[severity], severity)} ${line}`
      : `${INDENT}${" ".repeat(severity.length + 1)}${line}`,
  );
}
