import type { VerifyReport } from "../report.js";

/** The whole report as JSON. */
export function json(report: VerifyReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
