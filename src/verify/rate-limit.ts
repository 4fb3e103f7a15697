import type { Operation } from "../testing/index.js";
import { describedResponse } from "../testing/operation.js";
import { below } from "../testing/place.js";
import type { VerifyCheckId } from "./checks.js";
import type { Answer } from "./exchange.js";
import type { ApiFacts } from "./facts.js";
import type { Observation } from "./finding.js";

/** As seconds since 1970 that is the year 2286; whoever sends more counts in milliseconds. */
const LATEST = 10_000_000_000;

/** A year, in seconds: nobody asks for a longer wait. */
const LONGEST_WAIT = 31_536_000;

/** Checks that the headers which `x-client.rateLimit` names can be read, and do not contradict one another. */
export function checkRateLimit(facts: ApiFacts["rateLimit"], operation: Operation, answer: Answer): Observation[] {
  const { limit, remaining, reset, resetUnit, retryAfter = "Retry-After" } = facts;
  const wrong = (check: VerifyCheckId, name: string, expected: string): Observation => {
    const described = describedResponse(operation, answer.status);
    const header = described?.headers.find((one) => one.name.toLowerCase() === name.toLowerCase());
    const place = header?.place ?? described?.place ?? below(operation.place, "responses") ?? operation.place;
    const received = JSON.stringify(answer.headers.get(name));
    const message = `The header ${name} cannot be relied on.`;
    const { operationId } = operation;
    return {
      check,
      operationId,
      pointer: place.pointer,
      evidence: place.evidence,
      message,
      location: name,
      expected,
      received,
    };
  };
  const count = (name: string | undefined): number | undefined => {
    const value = name === undefined ? null : answer.headers.get(name);
    return value === null ? undefined : /^\d+$/.test(value) ? Number(value) : Number.NaN;
  };
  const seen: Observation[] = [];
  const [most, left, until] = [count(limit), count(remaining), count(reset)];
  if (limit && Number.isNaN(most)) seen.push(wrong("rate-limit-header", limit, "a whole number of requests"));
  if (remaining && Number.isNaN(left)) seen.push(wrong("rate-limit-header", remaining, "a whole number of requests"));
  if (remaining && most !== undefined && left !== undefined && left > most) {
    seen.push(wrong("rate-limit-header", remaining, `at most ${limit}, which is ${most}`));
  }
  if (reset && until !== undefined) {
    const span = resetUnit === "delta-seconds";
    const readable = span ? until <= LONGEST_WAIT : until < LATEST;
    if (!readable) seen.push(wrong("rate-limit-header", reset, span ? "seconds from now" : "seconds since 1970"));
  }
  const wait = answer.headers.get(retryAfter);
  if (wait !== null && !isWait(wait)) {
    seen.push(wrong("retry-after", retryAfter, "seconds, or a date of HTTP (RFC 9110, 10.2.3)"));
  }
  return seen;
}

function isWait(value: string): boolean {
  if (/^\d+$/.test(value)) return Number(value) <= LONGEST_WAIT;
  return /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(value) && !Number.isNaN(Date.parse(value));
}
