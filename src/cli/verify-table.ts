import type { VerifyFinding } from "../verify/finding.js";
import { details } from "../verify/formats/details.js";
import { count, coverageRows, effortOf, openPoints, verdictOf } from "../verify/formats/summary.js";
import type { VerifyReport } from "../verify/report.js";
import { columns, cut, printable, type Style, style, wrap } from "./terminal.js";

const COLOURS: Record<VerifyFinding["severity"], Style> = { error: "red", warning: "yellow", note: "dim" };

/** A report for people at a terminal; every line but that of curl fits 80 columns. */
export function verifyTable(report: VerifyReport): string {
  const { title, version, server, findings, leftOut } = report;
  const lines = [style("bold", cut(`${printable(title)} ${printable(version)} at ${printable(server)}`, columns)), ""];
  for (const found of findings) lines.push(...paragraph(found), "");
  const rows = coverageRows(report);
  for (const [name, share, percent] of rows)
    lines.push(`${name.padEnd(12)} ${share.padStart(14)} ${percent.padStart(6)}`);
  for (const [heading, points] of openPoints(report)) {
    lines.push("", `${heading}:`);
    for (const point of points) lines.push(...indented(printable(point), "  "));
  }
  const unselected = leftOut.filter(({ reason }) => reason !== "not selected");
  if (unselected.length > 0)
    lines.push(
      "",
      ...wrap(
        `${count(unselected.length, "operation")} left out, which can change something; --write sends them, too.`,
      ),
    );
  lines.push("", `${effortOf(report)}. ${verdict(report)}`);
  return `${lines.join("\n")}\n`;
}

function verdict(report: VerifyReport): string {
  const errors = report.findings.some(({ severity }) => severity === "error");
  return style(errors ? "red" : "green", verdictOf(report));
}

function paragraph(found: VerifyFinding): string[] {
  const { check, fault, severity, operationId, method, path } = found;
  const head = `${severity} ${check} ${fault.code}`;
  const lines = [
    `${style(COLOURS[severity], severity)} ${style("bold", check)} ${fault.code}  ${cut(operationId, columns - head.length - 2)}`,
    ...indented(`${method} ${printable(path)}`, "  "),
    ...indented(printable(found.message), "  "),
  ];
  for (const [name, value] of details(found)) {
    const text = printable(value);
    // A command is for copying, so it is not broken into lines.
    if (name === "curl") lines.push(`  ${style("dim", text)}`);
    else lines.push(...hanging(`${name}: `, text));
  }
  return lines;
}

function indented(text: string, indent: string): string[] {
  return wrap(text, columns - indent.length).map((line) => indent + line);
}

function hanging(name: string, text: string): string[] {
  const [first = "", ...rest] = wrap(text, columns - 2 - name.length);
  return [`  ${style("dim", name)}${first}`, ...rest.map((line) => " ".repeat(2 + name.length) + line)];
}
