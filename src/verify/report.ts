import type { Undecided } from "./context.js";
import type { CoverageSummary } from "./coverage.js";
import type { VerifyFinding } from "./finding.js";
import type { LeftOutOperation } from "./select.js";
import type { UnmatchedRequests } from "./traffic/unmatched.js";
import type { WorkflowOutcome } from "./workflows/run-file.js";

/** What a run has found out. */
export interface VerifyReport {
  /** The name of the API. */
  readonly api: string;
  /** The title and the version of its description. */
  readonly title: string;
  readonly version: string;
  /** Where the server is. */
  readonly server: string;
  /** Whether the exchanges were had by the verifier, recorded before, or passed through a proxy. */
  readonly source: "sent" | "recorded" | "relayed";
  readonly started: Date;
  readonly durationMs: number;
  readonly seed: number;
  readonly strict: boolean;
  /** How many exchanges were judged. */
  readonly requests: number;
  /** The operations that were verified. */
  readonly operations: readonly string[];
  readonly leftOut: readonly LeftOutOperation[];
  readonly findings: readonly VerifyFinding[];
  readonly undecided: readonly Undecided[];
  /** Requests of others for which the description has no operation. */
  readonly unmatched: readonly UnmatchedRequests[];
  readonly coverage: CoverageSummary;
  /** How the documented workflows have ended; empty if they were left out. */
  readonly workflows: readonly WorkflowOutcome[];
  /** Why the run ended before everything was sent. */
  readonly ended?: "interrupted" | "budget" | "unanswered";
  /** How many steps were not taken for that reason. */
  readonly notRun: number;
}

/** A report, and what it rests on. */
export interface Verification {
  readonly report: VerifyReport;
  /** Writes every exchange as an HTTP Archive 1.2, without credentials and secrets. */
  har(): string;
}
