import { type Case, type DocumentedAnswer, documentedAnswers, type Operation } from "../../testing/index.js";
import { validCase } from "../cases-for-run.js";
import { checkAnswer } from "../check-answer.js";
import { authorizationFor, type Run, report } from "../context.js";
import type { Observation } from "../finding.js";
import type { Task } from "./task.js";

/** Every documented answer, asked for with `Prefer` (RFC 7240): a server of its own ignores that, a mock obeys. */
export async function answerTasks(run: Run, operation: Operation): Promise<Task[]> {
  const made = await validCase(run, operation);
  if (!made) return [];
  return documentedAnswers(run.description, operation).map((answer) => ({
    operationId: operation.operationId,
    priority: 5,
    run: () => ask(run, operation, made, answer),
  }));
}

async function ask(run: Run, operation: Operation, made: Case, wanted: DocumentedAnswer): Promise<void> {
  const authorization = authorizationFor(run, operation);
  if (!authorization) return;
  const example = wanted.example === undefined ? "" : `, example=${wanted.example}`;
  const headers = {
    prefer: `code=${wanted.status}${example}`,
    ...(wanted.mediaType === undefined ? {} : { accept: wanted.mediaType }),
  };
  const label = `${operation.operationId}: the answer ${wanted.id}`;
  const exchange = await run.sender.send(made, { label, authorization, headers, keepRefusal: true });
  const seen = await checkAnswer(run, operation, exchange);
  // That the server fails is what it was asked for.
  const wished = wanted.status >= 500 ? seen.filter(({ check }) => check !== "server-error") : seen;
  report(run, operation, made, exchange, [...wished, ...otherStatus(operation, wanted, exchange.answer?.status)]);
}

function otherStatus(
  { operationId }: Operation,
  { status, id, place }: DocumentedAnswer,
  came?: number,
): Observation[] {
  if (came === undefined || came === status) return [];
  const { pointer, evidence } = place;
  const detail = { expected: String(status), received: String(came) };
  return [
    { check: "response-status", operationId, pointer, evidence, message: `The answer ${id} was asked for.`, ...detail },
  ];
}
