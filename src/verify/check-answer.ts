import {
  checkEvent,
  checkResponse,
  type Description,
  type Finding,
  type Operation,
  type StreamEvent,
} from "../testing/index.js";
import { describedResponse } from "../testing/operation.js";
import type { VerifyCheckId } from "./checks.js";
import type { Judging } from "./context.js";
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
export async function checkAnswer(run: Judging, operation: Operation, exchange: Exchange): Promise<Observation[]> {
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

async function checkShape({ description }: Judging, operation: Operation, answer: Answer): Promise<Observation[]> {
  const { operationId } = operation;
  const { status, headers, events, end } = answer;
  if (!events) {
    const found = await checkResponse(description, operationId, { status, headers, body: answer.body });
    // The beginning of a body tells nothing about the whole.
    const judged = end === "limit" ? found.filter(({ check }) => !/^response-body/.test(check)) : found;
    return judged.map((one) => named(one, status));
  }
  const found = await checkResponse(description, operationId, { status, headers, body: "" });
  const open = events.slice(answer.judged ?? 0);
  const ofEvents = await Promise.all(open.map((event) => checkOneEvent(description, operation, event, status)));
  return [...found.map((one) => named(one, status)), ...ofEvents.flat(), ...checkStreamEnd(operation, answer)];
}

/** Checks an event of a stream that may still be open. */
export async function checkOneEvent(
  description: Description,
  operation: Operation,
  event: StreamEvent,
  status: number,
): Promise<Observation[]> {
  const found = await checkEvent(description, operation.operationId, event, status);
  const isKnown = !isUndocumentedEvent(description, operation, event, status);
  return found.map((one) => (isKnown ? named(one, status) : undocumented(one, event.event)));
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
  { settings }: Judging,
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
