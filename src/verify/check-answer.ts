import { checkEvent, checkResponse, type Finding, type Operation } from "../testing/index.js";
import { describedResponse } from "../testing/operation.js";
import type { VerifyCheckId } from "./checks.js";
import type { Run } from "./context.js";
import type { Answer, Exchange } from "./exchange.js";
import type { Observation } from "./finding.js";
import { checkRateLimit } from "./rate-limit.js";
import { checkRedirect } from "./redirect.js";
import { checkStreamEnd, isUndocumentedEvent } from "./stream-checks.js";
import { undocumentedHeaders } from "./undocumented-headers.js";

/**
 * Everything that an answer can be judged by without knowing what it was asked for: status, headers, media type, body,
 * events, rate limit, redirects and time.
 */
export async function checkAnswer(run: Run, operation: Operation, exchange: Exchange): Promise<Observation[]> {
  const { answer, failure } = exchange;
  const { operationId, place } = operation;
  const about = { operationId, pointer: place.pointer, evidence: place.evidence };
  if (!answer) {
    const silent = failure?.kind === "timeout" || failure?.kind === "connection";
    return silent ? [{ ...about, check: "no-answer", message: failure.message }] : [];
  }
  const limits = checkRateLimit(run.facts.rateLimit, operation, answer);
  const taken = new Set(limits.map(({ location }) => location?.toLowerCase()));
  const seen = [
    ...serverError(operation, answer),
    ...(await checkShape(run, operation, answer)).filter(({ location }) => !taken.has(location?.toLowerCase())),
    ...limits,
    ...checkRedirect(run.settings.server, operation, answer),
    ...undocumentedHeaders(operation, answer),
    ...tooSlow(run, operation, exchange),
  ];
  run.secrets.collect(operation, exchange);
  run.coverage.answered(operation, answer);
  // A failure with an undocumented status is one fault, and the failure is the right name for it.
  return seen.some(({ check }) => check === "server-error")
    ? seen.filter(({ check }) => check !== "response-status")
    : seen;
}

async function checkShape({ description }: Run, operation: Operation, answer: Answer): Promise<Observation[]> {
  const { operationId } = operation;
  const { status, headers, events } = answer;
  if (!events) {
    const found = await checkResponse(description, operationId, { status, headers, body: answer.body });
    return found.map((one) => named(one, status));
  }
  const found = await checkResponse(description, operationId, { status, headers, body: "" });
  const judged = await Promise.all(
    events.map(async (event) => ({ event, found: await checkEvent(description, operationId, event, status) })),
  );
  return [
    ...found.map((one) => named(one, status)),
    ...judged.flatMap(({ event, found }) =>
      found.map((one) =>
        isUndocumentedEvent(description, operation, event, status)
          ? undocumented(one, event.event)
          : named(one, status),
      ),
    ),
    ...checkStreamEnd(operation, answer),
  ];
}

const ERROR_BODY: readonly VerifyCheckId[] = ["response-body", "response-body-missing", "response-body-syntax"];

function named(found: Finding, status: number): Observation {
  return status >= 400 && ERROR_BODY.includes(found.check) ? { ...found, check: "error-body" } : found;
}

function undocumented(found: Finding, name = "message"): Observation {
  const message = "An event of this kind is not documented.";
  return { ...found, check: "response-event-undocumented", message, location: "/event", received: name };
}

function serverError(operation: Operation, { status }: Answer): Observation[] {
  const documented = describedResponse(operation, status) !== undefined;
  // A documented 502 or 503 says that something behind the server fails, or that it is busy.
  if (status < 500 || (status !== 500 && documented)) return [];
  const { operationId, place } = operation;
  const about = { operationId, pointer: place.pointer, evidence: place.evidence };
  const fault = status === 501 ? ({ fault: "F205" } as const) : {};
  return [
    {
      ...about,
      check: "server-error",
      message: "The server failed.",
      expected: "no 5xx",
      received: String(status),
      ...fault,
    },
  ];
}

function tooSlow(
  { settings }: Run,
  { operationId, place }: Operation,
  { headersMs, durationMs, answer }: Exchange,
): Observation[] {
  const { maxMs } = settings;
  // How long a stream goes on is no measure of the server.
  const took = Math.round(answer?.events ? headersMs : durationMs);
  if (maxMs === undefined || took <= maxMs) return [];
  const { pointer, evidence } = place;
  const message = "The answer took too long.";
  return [
    {
      check: "too-slow",
      operationId,
      pointer,
      evidence,
      message,
      expected: `at most ${maxMs} ms`,
      received: `${took} ms`,
    },
  ];
}
