import type { VerifyReport } from "../report.js";
import { html } from "./html.js";
import { json } from "./json.js";
import { junit } from "./junit.js";
import { markdown } from "./markdown.js";
import { sarif } from "./sarif.js";

/** The ways to write a report down for programs and pages; the table for terminals is in `src/cli`. */
export const FORMATS: Readonly<Record<string, (report: VerifyReport) => string>> = {
  json,
  junit,
  sarif,
  markdown,
  html,
};
