import type { Operation } from "../../testing/index.js";
import { describedResponse } from "../../testing/operation.js";
import type { VerifyCheckId } from "../checks.js";
import type { Exchange } from "../exchange.js";
import type { Observation } from "../finding.js";
import { STATEFUL } from "../judge.js";
import type { FailedCheck, RespectStep } from "./respect.js";

/** Refusals that are about the account and not about the workflow, whose steps make what they speak of themselves. */
const UNDECIDED = new Set([402, 403, 423, 429]);

/** What says in our words what a check of `redocly respect` says, where both find it. */
const SAME: Readonly<
  Record<string, { readonly check: VerifyCheckId; readonly own: RegExp; readonly message: string }>
> = {
  "status code check": {
    check: "response-status",
    own: /^(response-status|server-error|no-answer)$/,
    message: "The status is not documented.",
  },
  "content-type check": {
    check: "response-media-type",
    own: /^(response-media-type|response-body-missing|response-status|server-error|no-answer)$/,
    message: "The media type is not documented.",
  },
  "schema check": {
    check: "response-body",
    own: /^(response-body.*|response-event.*|error-body|response-media-type|response-status|server-error|no-answer)$/,
    message: "The body does not fit its schema.",
  },
};

/** What a step says about a server: contradictions, or why it says nothing. */
export type StepVerdict = { readonly seen: readonly Observation[] } | { readonly undecided: string };

/**
 * What is to be reported of a step that `redocly respect` has run: what is not reported already about its exchange.
 *
 * @param known what the verifier's own checks have found in the same exchange.
 * @param redact takes secrets out of a text.
 */
export function judgeStep(
  operation: Operation,
  step: RespectStep,
  exchange: Exchange,
  known: readonly Observation[],
  redact: (text: string) => string,
): StepVerdict {
  const status = exchange.answer?.status;
  const isRefused = status !== undefined && UNDECIDED.has(status) && describedResponse(operation, status);
  if (isRefused && step.failed.length > 0) return { undecided: `${STATEFUL[status]} (${status})` };
  const { operationId, place } = operation;
  const about = { operationId, pointer: place.pointer, evidence: place.evidence };
  const criteria = step.failed.filter((one) => SAME[one.name] === undefined);
  const [first] = criteria;
  // One criterion that does not hold is often why others do not.
  const broken = first ? [{ ...about, check: "workflow-step", ...wording(step, first, status, redact) } as const] : [];
  const others = step.failed.flatMap(({ name }): Observation[] => {
    const same = SAME[name];
    if (!same || known.some(({ check }) => same.own.test(check))) return [];
    return [{ ...about, check: same.check, message: same.message }];
  });
  return { seen: [...broken, ...others] };
}

function wording(
  { workflowId, stepId }: RespectStep,
  { condition, message }: FailedCheck,
  status: number | undefined,
  redact: (text: string) => string,
): Pick<Observation, "message" | "expected" | "received"> {
  const subject = `Step ${stepId} of the workflow ${workflowId} did not succeed`;
  const received = status === undefined ? {} : { received: `an answer with status ${status}` };
  if (condition !== undefined) return { message: `${subject}.`, expected: condition, ...received };
  const [reason = ""] = message.split("\n").filter((line) => line.trim() !== "");
  return { message: `${subject}: ${redact(reason.trim())}`, ...received };
}
