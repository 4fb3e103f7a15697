import type { Operation } from "../../testing/index.js";
import type { Judging } from "../context.js";
import type { VerifyReport } from "../report.js";
import type { Unmatched } from "./unmatched.js";

/** What a report on the traffic of others says besides its findings. */
export interface TrafficFacts extends Pick<VerifyReport, "source" | "started" | "leftOut"> {
  /** When it was begun, as `performance.now()` tells it. */
  readonly startMs: number;
  /** How many exchanges were judged. */
  readonly judged: number;
  readonly selected: readonly Operation[];
  readonly unmatched: Unmatched;
}

/** The report on exchanges that others have had with a server. */
export function trafficReport(run: Judging & { settings: { strict: boolean } }, facts: TrafficFacts): VerifyReport {
  const { description, settings, redaction } = run;
  const { source, started, startMs, judged, selected, leftOut, unmatched } = facts;
  const { title, version } = description.document.info;
  return {
    api: description.api,
    title,
    version,
    server: settings.server,
    source,
    started,
    durationMs: performance.now() - startMs,
    seed: 1,
    strict: settings.strict,
    requests: judged,
    operations: selected.map(({ operationId }) => operationId),
    leftOut,
    findings: run.findings.list(description.operations.map(({ operationId }) => operationId)),
    undecided: [],
    unmatched: unmatched.list((path) => redaction.request(path)),
    coverage: run.coverage.summary(selected),
    workflows: [],
    notRun: 0,
  };
}
