import type { Share } from "../coverage.js";
import type { VerifyReport } from "../report.js";

/** The counts of a report in a sentence. */
export function verdictOf({ findings, ended, notRun }: VerifyReport): string {
  const of = (severity: string) => findings.filter((one) => one.severity === severity).length;
  const counts = [count(of("error"), "error"), count(of("warning"), "warning"), count(of("note"), "note")].filter(
    (text) => !text.startsWith("0 "),
  );
  const found = counts.length === 0 ? "No findings." : `${counts.join(", ")}.`;
  const why = {
    interrupted: "Interrupted",
    budget: "The budget is spent",
    unanswered: "The server stopped answering",
  } as const;
  return ended ? `${found} ${why[ended]}: ${count(notRun, "step")} not taken.` : found;
}

/** The coverage as rows of a table: what, and how many of how many. */
export function coverageRows({ coverage }: VerifyReport): [name: string, share: string, percent: string][] {
  const names = ["operations", "parameters", "properties", "statuses"] as const;
  return names.map((name) => [name, `${coverage[name].seen} of ${coverage[name].total}`, percent(coverage[name])]);
}

/** A number with its noun: `1 error`, `2 errors`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function percent({ seen, total }: Share): string {
  return total === 0 ? "" : `${Math.floor((100 * seen) / total)} %`;
}
