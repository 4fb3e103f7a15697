import type { Case, Operation } from "../../testing/index.js";
import { runnableCases } from "../cases-for-run.js";
import { checkAnswer } from "../check-answer.js";
import { authorizationFor, type Run, report } from "../context.js";
import { judge } from "../judge.js";
import type { Task } from "./task.js";

/** In this order a budget of time is spent: what is documented first, what is beyond a limit last. */
const PRIORITY = { unauthenticated: 1, negative: 3, positive: 4 } as const;

/** The documented examples, the boundary cases and the unauthenticated ones of an operation. */
export async function caseTasks(run: Run, operation: Operation): Promise<Task[]> {
  const cases = await runnableCases(run, operation);
  return cases.map((made, index) => ({
    operationId: operation.operationId,
    priority: index === 0 ? 0 : PRIORITY[made.kind],
    run: () => runOne(run, operation, made),
  }));
}

async function runOne(run: Run, operation: Operation, made: Case): Promise<void> {
  const isAnonymous = made.kind === "unauthenticated";
  const authorization = isAnonymous ? undefined : authorizationFor(run, operation);
  if (!isAnonymous && !authorization) {
    run.undecided.push({ operationId: made.operationId, label: made.id, reason: "no credential was given for it" });
    return;
  }
  const exchange = await run.sender.send(made, { label: made.id, ...(authorization ? { authorization } : {}) });
  if (exchange.failure?.kind === "unsendable") {
    run.undecided.push({ operationId: made.operationId, label: made.id, reason: "fetch cannot send it" });
    return;
  }
  run.coverage.sent(operation, made);
  report(run, operation, made, exchange, await checkAnswer(run, operation, exchange));
  if (!exchange.answer) return;
  const verdict = judge(operation, made, exchange.answer);
  if ("seen" in verdict) report(run, operation, made, exchange, verdict.seen);
  else run.undecided.push({ operationId: made.operationId, label: made.id, reason: verdict.undecided });
}
