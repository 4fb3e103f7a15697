import { isObject, partAt, pointerSteps } from "../../testing/json.js";
import { type Exchange, jsonOf } from "../exchange.js";
import type { Observation } from "../finding.js";
import { MASK } from "../redaction.js";

/**
 * Whether a finding is about a value in which something was masked when it was recorded: it tells nothing about what stood
 * there. That a member is missing is true nevertheless.
 */
export function isOfMask({ check, location, pointer }: Observation, exchange: Exchange): boolean {
  const { answer } = exchange;
  if (!answer || location === undefined || pointer.endsWith("/required")) return false;
  if (/header/.test(check)) return holdsMask(answer.headers.get(location));
  const values = answer.events ?? [jsonOf(exchange) ?? new TextDecoder().decode(answer.body)];
  return values.some((value) => holdsMask(valueAt(value, pointerSteps(location.startsWith("/") ? location : ""))));
}

/** In a text there may be JSON, as in the data of an event. */
function valueAt(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return value;
  if (typeof value !== "string") return valueAt(partAt(value, [step]), rest);
  try {
    return valueAt(JSON.parse(value), [step, ...rest]);
  } catch {
    return undefined;
  }
}

function holdsMask(value: unknown): boolean {
  if (typeof value === "string") return value.includes(MASK);
  if (Array.isArray(value)) return value.some(holdsMask);
  return isObject(value) && Object.values(value).some(holdsMask);
}
