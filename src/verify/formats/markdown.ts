import type { VerifyReport } from "../report.js";
import { details, subjectOf } from "./details.js";
import { coverageRows, effortOf, openPoints, verdictOf } from "./summary.js";

/** A page in Markdown, as for the summary of a CI job or an issue. */
export function markdown(report: VerifyReport): string {
  const { title, version, server, findings } = report;
  const head = [
    `# ${inline(title)} ${inline(version)}: ${verdictOf(report)}`,
    `${effortOf(report)}; ${inline(server)}, ${report.started.toISOString()}.`,
    ["| Covered | | |", "| --- | ---: | ---: |", ...coverageRows(report).map((row) => `| ${row.join(" | ")} |`)].join(
      "\n",
    ),
  ];
  const body = findings.map((found) => {
    const lines = details(found).map(([name, value]) => `- ${name}: ${code(value)}`);
    const title = `## ${found.severity}: \`${found.check}\` (${found.fault.code}), ${inline(subjectOf(found))}`;
    return [title, inline(found.message), lines.join("\n")].join("\n\n");
  });
  const rest = openPoints(report).flatMap(([heading, points]) => [
    `## ${heading}`,
    points.map((point) => `- ${inline(point)}`).join("\n"),
  ]);
  return `${[...head, ...body, ...rest].join("\n\n")}\n`;
}

/** Nothing that came from a server may become markup. */
function inline(text: string): string {
  return text.replace(/[\\`*_[\]<>|#]/g, "\\$&").replace(/\s+/g, " ");
}

function code(text: string): string {
  const flat = text.replace(/\s+/g, " ");
  const fence = "`".repeat(Math.max(0, ...[...flat.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return `${fence} ${flat} ${fence}`;
}
