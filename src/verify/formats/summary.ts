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

/** What was done: `120 requests in 2.1 s, seed 1`. */
export function effortOf({ source, requests, durationMs, seed }: VerifyReport): string {
  if (source !== "sent") return count(requests, "exchange");
  return `${count(requests, "request")} in ${(durationMs / 1000).toFixed(1)} s, seed ${seed}`;
}

/** So many are listed of what is for no operation. */
const LISTED = 20;

/** What a report leaves open, in paragraphs with a heading. */
export function openPoints({ undecided, workflows, unmatched }: VerifyReport): [heading: string, points: string[]][] {
  const idle = workflows.filter(({ outcome }) => outcome === "not run" || outcome === "undecided");
  // One reason for all of them is said once.
  const reasons = [...new Set(idle.map(({ reason = "" }) => reason))].filter((reason) => reason !== "not selected");
  const ofReason = (reason: string) => idle.filter((one) => one.reason === reason).map(({ workflowId }) => workflowId);
  const requests = unmatched.reduce((sum, one) => sum + one.count, 0);
  const shown = unmatched.slice(0, LISTED).map(({ method, path, count }) => `${count} × ${method} ${path}`);
  const more = unmatched.length > LISTED ? [`and ${unmatched.length - LISTED} more`] : [];
  const all: [string, string[]][] = [
    ["Not decided", undecided.map(({ operationId, reason }) => `${operationId}: ${reason}`)],
    [
      "Workflows that were not run, or say nothing",
      reasons.map((reason) => `${ofReason(reason).join(", ")}: ${reason}`),
    ],
    [`${count(requests, "request")} for no operation of the description`, [...shown, ...more]],
  ];
  return all.filter(([, points]) => points.length > 0);
}

/** The coverage as rows of a table: what, and how many of how many. */
export function coverageRows({ coverage, workflows }: VerifyReport): [name: string, share: string, percent: string][] {
  const names = ["operations", "parameters", "properties", "statuses"] as const;
  const ran = workflows.filter(({ outcome }) => outcome === "passed" || outcome === "failed").length;
  const share = { seen: ran, total: workflows.filter(({ reason }) => reason !== "not selected").length };
  const all = [...names.map((name) => [name, coverage[name]] as const), ["workflows", share] as const];
  return all
    .filter(([name, { total }]) => name !== "workflows" || total > 0)
    .map(([name, one]) => [name, `${one.seen} of ${one.total}`, percent(one)]);
}

/** A number with its noun: `1 error`, `2 errors`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function percent({ seen, total }: Share): string {
  return total === 0 ? "" : `${Math.floor((100 * seen) / total)} %`;
}
