import type { Operation } from "../../testing/index.js";
import { describedResponse } from "../../testing/operation.js";
import { carrierOf } from "../carrier.js";
import { checkAnswer } from "../check-answer.js";
import { type Judging, report } from "../context.js";
import { type Exchange, succeeded } from "../exchange.js";
import type { Observation, VerifyFinding } from "../finding.js";
import { caseOf } from "./case-of.js";
import { checkRequest, type RequestFault } from "./check-request.js";
import type { Match } from "./find-operation.js";
import { maskedRequest } from "./mask-request.js";
import { isOfMask } from "./masked-values.js";
import { type Sent, sentOf } from "./sent.js";
import type { TrafficExchange } from "./traffic-exchange.js";
import { undocumentedParameters } from "./undocumented-parameters.js";

/**
 * How requests have come here. `whole`: as they were sent; `recorded`: credentials may have been left out; `own`: they are made
 * from the description, so that only the answers are judged.
 */
export type TrafficOrigin = "whole" | "recorded" | "own";

/** An exchange that was judged. */
export interface Judged {
  /** As it may be shown and written down. */
  readonly exchange: Exchange;
  /** What it showed that no exchange before it has shown. */
  readonly found: readonly VerifyFinding[];
  /** Everything that is wrong with it, seen before or not. */
  readonly seen: readonly Observation[];
}

/** Judges an exchange that somebody else has had with a server, and adds to the findings of a run. */
export async function judgeTraffic(
  run: Judging,
  traffic: TrafficExchange,
  match: Match,
  origin: TrafficOrigin,
): Promise<Judged> {
  const { operation } = match;
  const sent = sentOf(traffic);
  const exchange = await shownExchange(run, traffic, match);
  const { made } = exchange;
  run.coverage.sent(operation, made);
  const ofAnswer = await checkAnswer(run, operation, exchange);
  const ofRequest =
    origin === "own"
      ? []
      : [
          ...judgeRequest(operation, exchange, await checkRequest(run, match, sent)),
          ...undocumentedParameters(run.description, operation, sent),
          ...run.secrets.seenAgain(operation, exchange),
        ];
  const seen = [
    ...ofAnswer.filter((one) => !isOfMask(one, exchange)),
    ...ofRequest,
    ...(origin === "whole" ? withoutCredential(run, operation, exchange, sent) : []),
  ].map((one) => shown(run, one));
  return { exchange, seen, found: report(run, operation, made, exchange, seen) };
}

/** An exchange as it may be shown; learns its secrets. */
export async function shownExchange(run: Judging, traffic: TrafficExchange, match: Match): Promise<Exchange> {
  const request = await maskedRequest(run.redaction, traffic);
  run.redaction.learnCookies(traffic.answer?.headers);
  const made = caseOf(traffic, match, sentOf(traffic), request);
  const { operationId } = match.operation;
  const { label, started, durationMs, headersMs, answer, failure } = traffic;
  const outcome = { ...(answer ? { answer } : {}), ...(failure ? { failure } : {}) };
  return { operationId, made, label, request, started, durationMs, headersMs, ...outcome };
}

/** Who did wrong depends on what the server made of it. */
function judgeRequest({ responses }: Operation, exchange: Exchange, faults: readonly RequestFault[]): Observation[] {
  // Where no status for a bad request is documented, nothing says that it has to be refused.
  const refuses = responses.some(({ status }) => /^(400|422|4XX|default)$/i.test(status));
  const accepted = succeeded(exchange) && refuses;
  return faults.map((one) => ({
    ...one,
    check: accepted ? "request-accepted" : "request-invalid",
    message: `${accepted ? "An invalid request was accepted" : "The client sent what is not described"}: ${one.message}`,
  }));
}

function withoutCredential(run: Judging, operation: Operation, exchange: Exchange, sent: Sent): Observation[] {
  const { operationId, place, security, method } = operation;
  if (run.settings.noAuth || !succeeded(exchange) || security.length === 0) return [];
  const schemes = run.description.document.components?.securitySchemes ?? {};
  const isMet = (requirement: Record<string, unknown>) =>
    Object.keys(requirement).every((name) => {
      const scheme = schemes[name];
      if (!scheme || scheme.type === "mutualTLS") return true;
      const carrier = carrierOf(scheme, "");
      if (carrier.in === "header") return sent.headers.has(carrier.name);
      return (carrier.in === "query" ? sent.query : sent.cookies).some(([other]) => other === carrier.name);
    });
  if (security.some(isMet)) return [];
  const described = describedResponse(operation, 401) ? "401" : "a refusal";
  return [
    {
      check: "authentication-not-enforced",
      operationId,
      pointer: `${place.pointer}/security`,
      evidence: place.evidence,
      message: "A request without a credential was not refused.",
      expected: described,
      received: String(exchange.answer?.status),
      fault: /^(PUT|PATCH|DELETE|POST)$/.test(method) ? "F308" : "F307",
    },
  ];
}

/** What somebody else has sent can come back in any text of a finding. */
function shown({ redaction }: Judging, seen: Observation): Observation {
  const masked = Object.entries(seen).map(([name, value]) => [
    name,
    typeof value === "string" ? redaction.request(value) : value,
  ]);
  return { ...(Object.fromEntries(masked) as Observation), check: seen.check, pointer: seen.pointer };
}
