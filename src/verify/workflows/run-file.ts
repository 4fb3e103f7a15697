import { startRelay } from "../../proxy/relay.js";
import type { Relayed } from "../../proxy/relayed.js";
import { trafficOf } from "../../proxy/traffic-of.js";
import { type Run, report } from "../context.js";
import { operationFinder } from "../traffic/find-operation.js";
import { judgeTraffic } from "../traffic/judge-traffic.js";
import type { WorkflowFile } from "./read-workflows.js";
import { type RespectStep, respect } from "./respect.js";
import { judgeStep } from "./step-findings.js";

/** As much is kept of a body, in bytes. */
const KEPT = 8 * 1024 * 1024;

/** How a workflow has ended. */
export interface WorkflowOutcome {
  readonly workflowId: string;
  readonly outcome: "passed" | "failed" | "undecided" | "not run";
  /** Why it was not run, or could not be judged. */
  readonly reason?: string;
}

/**
 * Runs the workflows of a file. What they send goes through a relay to the server, so that it goes nowhere else, a redirect
 * is not followed, and every exchange is judged as the verifier's own are.
 *
 * @throws Error if `redocly respect` does not run.
 */
export async function runFile(
  run: Run,
  file: WorkflowFile,
  inputs: Readonly<Record<string, string>>,
): Promise<WorkflowOutcome[]> {
  const { settings, redaction, sender } = run;
  const relayed: Relayed[] = [];
  const relay = await startRelay({
    target: settings.server,
    port: 0,
    keep: KEPT,
    redirects: "withhold",
    headers: settings.headers,
    onEnd: (one) => relayed.push(one),
  });
  try {
    const { path, source } = file;
    const { timeoutMs } = settings;
    const signal = sender.stopSignal;
    const steps = await respect({ file: path, source, server: relay.origin, inputs, timeoutMs, signal });
    return await judgeSteps(run, file, steps, relayed);
  } catch (error) {
    const reason = redaction.answer((error as Error).message, 300);
    return file.workflows.map(({ workflowId }) => ({ workflowId, outcome: "not run", reason }));
  } finally {
    await relay.close();
  }
}

async function judgeSteps(
  run: Run,
  file: WorkflowFile,
  steps: readonly RespectStep[],
  relayed: Relayed[],
): Promise<WorkflowOutcome[]> {
  const find = operationFinder(run.description);
  const outcomes = new Map<string, WorkflowOutcome>();
  for (const step of steps) {
    const { workflowId, stepId, request } = step;
    const label = `workflow ${workflowId}, step ${stepId}`;
    const at = relayed.findIndex(
      (one) => one.request.method === request?.method.toUpperCase() && request.url.endsWith(one.request.path),
    );
    const [sent] = at < 0 ? [] : relayed.splice(at, 1);
    const match = sent && find(sent.request.method, sent.request.path.replace(/\?.*$/s, ""));
    const known = outcomes.get(workflowId);
    if (!sent || !match) {
      if (step.failed.length > 0)
        outcomes.set(workflowId, { workflowId, outcome: "undecided", reason: unsent(run, step) });
      continue;
    }
    const traffic = await trafficOf(sent, label, KEPT);
    const { exchange, seen, found } = await judgeTraffic(run, traffic, match, "own");
    run.sender.keep(exchange);
    const { operation } = match;
    const verdict = judgeStep(operation, step, exchange, seen, (text) => run.redaction.answer(text, 200));
    if ("undecided" in verdict) {
      outcomes.set(workflowId, { workflowId, outcome: "undecided", reason: `${stepId}: ${verdict.undecided}` });
      continue;
    }
    report(run, operation, exchange.made, exchange, verdict.seen);
    const failed = found.length > 0 || verdict.seen.length > 0 || known?.outcome === "failed";
    if (known?.outcome !== "undecided") outcomes.set(workflowId, { workflowId, outcome: failed ? "failed" : "passed" });
  }
  return file.workflows.map(
    ({ workflowId }) =>
      outcomes.get(workflowId) ?? { workflowId, outcome: "not run", reason: "redocly respect did not come to it" },
  );
}

function unsent(run: Run, { stepId, failed }: RespectStep): string {
  const [first] = failed;
  return `${stepId} could not be sent: ${run.redaction.answer(first?.message ?? "", 200)}`;
}
